package io.payonce.ledger.maintenance;

import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.UnreadableRecord;
import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.ledger.redis.LedgerScript;
import io.payonce.ledger.redis.LedgerScript.OnReseal;
import io.payonce.ledger.redis.LedgerScript.OnSeal;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.ledger.redis.ScriptRunner;
import io.payonce.ledger.sealing.EncryptionKey;
import io.payonce.ledger.sealing.EncryptionKeyRing;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.Ability;
import io.payonce.model.PaymentId;
import io.payonce.redis.RedisLane;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds this pod's keys against the ledger: something sealed stands in it, and who cannot open that
 * must not work here, for it would take every payment for broken. Which key seals is agreed on: it
 * changes when all live pods want the same other one, so none ever meets what it cannot open.
 */
public final class KeyAgreement {
  private static final Logger LOG = LoggerFactory.getLogger(KeyAgreement.class);

  /** A sealer binds to a name of two parts; no payment's fields are called so. */
  private static final PaymentId CANARY = new PaymentId("ledger", "canary");

  private static final String FIELD = "canary";

  private final ScriptRunner moves;
  private final LedgerSettings settings;
  private final EncryptionKeyRing keys;
  private final RedisAbilities abilities;
  private final Sealer sealer;
  private volatile SealRegister register;
  private Opened opened;

  /**
   * The canary that was opened last, and the key that opened it: the same need not be tried again
   * every two seconds.
   */
  private record Opened(byte[] canary, EncryptionKey with) {
    boolean covers(SealRegister found, EncryptionKey key) {
      return key == with && Arrays.equals(canary, found.canary());
    }
  }

  /** The keys of this pod do not open the ledger; the message says what an operator can do. */
  public static final class Unopened extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unopened(String message) {
      super(message, null, false, false);
    }
  }

  public KeyAgreement(
      RedisLane lane, LedgerSettings settings, EncryptionKeyRing keys, RedisAbilities abilities) {
    this.moves = new ScriptRunner(lane, settings);
    this.settings = settings;
    this.keys = keys;
    this.abilities = abilities;
    this.sealer = new Sealer(keys);
  }

  /**
   * To be called before anything else is read or written, and every two seconds from then on. Fails
   * with {@link Unopened}, or with {@link LedgerUnavailable} when the ledger did not answer.
   */
  public Future<Void> check() {
    String sealing = register == null ? "" : keys.ring().sealing().name();
    return look("", new byte[0], sealing).compose(known -> {
      Future<SealRegister> now = known == null ? begin() : Future.succeededFuture(known);
      return now.compose(this::judge);
    });
  }

  /** Null when nothing seals this ledger yet. */
  private Future<SealRegister> look(String name, byte[] canary, String sealing) {
    return moves
        .make(LedgerScript.SEAL, List.of(LedgerKeys.seals()), List.of(name, canary, sealing))
        .map(reply ->
            reply.word() == OnSeal.SEALED ? SealRegister.read(reply.rest(), settings) : null);
  }

  /** Pods of the first version have sealed without saying with what, and have one key only. */
  private Future<SealRegister> begin() {
    return new SealSample(moves, sealer).test().compose(opening -> {
      EncryptionKeyRing with = keys.sealing(first(opening));
      List<String> all = keys.ring().opening().stream().map(EncryptionKey::name).toList();
      return look(with.ring().sealing().name(), canary(new Sealer(with)), String.join(" ", all));
    });
  }

  /** @param opening names of our keys that open what is there */
  private EncryptionKey first(Set<String> opening) {
    // A ledger that has lost its memory goes on with the key that all have.
    if (register != null || abilities.all(Ability.KEYS)) {
      return keys.ring().sealing();
    }
    List<EncryptionKey> all = keys.ring().opening();
    return all.stream()
        .filter(key -> opening.isEmpty() || opening.contains(key.name()))
        .reduce((former, last) -> last)
        .orElse(keys.ring().sealing());
  }

  private static byte[] canary(Sealer with) {
    return with.seal(CANARY, FIELD, FIELD.getBytes(StandardCharsets.US_ASCII));
  }

  private Future<Void> judge(SealRegister found) {
    Set<String> lacking = new TreeSet<>(found.needed());
    lacking.removeIf(name -> keys.ring().named(name).isPresent());
    boolean sealedByLost = lacking.contains(found.name()) && keys.lost().contains(found.name());
    lacking.removeAll(keys.lost());
    if (!lacking.isEmpty()) {
      return Future.failedFuture(new Unopened(EncryptionKeyRing.lacks(lacking)));
    }
    if (sealedByLost) {
      return reseal(found.name()).compose(done -> check());
    }
    if (!opens(found)) {
      return Future.failedFuture(
          new Unopened("what the ledger was sealed with cannot be opened, though this pod has key "
              + found.name()));
    }
    register = found;
    keys.sealWith(found.name());
    keys.need(found.needed());
    keys.retired(found.names().stream().anyMatch(name -> keys.ring().named(name).isEmpty()));
    return moveOn(found);
  }

  private boolean opens(SealRegister found) {
    EncryptionKey key = keys.ring().named(found.name()).orElse(null);
    if (opened == null || !opened.covers(found, key)) {
      try {
        sealer.open(CANARY, FIELD, found.canary());
        opened = new Opened(found.canary(), key);
      } catch (UnreadableRecord torn) {
        opened = null;
        return false;
      }
    }
    return true;
  }

  /** What all want and all can open, seals from now on. */
  private Future<Void> moveOn(SealRegister found) {
    String preferred = keys.preferred();
    boolean agreed = abilities.preferredByAll().filter(preferred::equals).isPresent();
    return agreed && !preferred.equals(found.name())
        ? reseal(found.name()).compose(done -> check())
        : Future.succeededFuture();
  }

  private Future<Void> reseal(String from) {
    String to = keys.preferred();
    return moves
        .make(
            LedgerScript.RESEAL,
            List.of(LedgerKeys.seals()),
            List.of(from, to, canary(new Sealer(keys.sealing(keys.preferredKey())))))
        .map(reply -> {
          if (reply.word() == OnReseal.RESEALED) {
            LOG.info("the ledger is sealed with key {} from now on; it was {}", to, from);
          }
          return null;
        });
  }

  /** How many records need each key; null for those not counted yet. */
  public Map<String, Long> counts() {
    SealRegister now = register;
    return now == null ? Map.of() : now.counts();
  }

  /** One word on each key, for operators. */
  public Map<String, String> uses() {
    Map<String, String> uses = new LinkedHashMap<>();
    SealRegister now = register;
    if (now != null) {
      now.names().forEach(name -> uses.put(name, use(now, name)));
    }
    return uses;
  }

  private String use(SealRegister now, String name) {
    if (name.equals(now.name())) {
      return "sealing";
    }
    return keys.ring().named(name).isPresent() ? "former" : "missing";
  }
}
