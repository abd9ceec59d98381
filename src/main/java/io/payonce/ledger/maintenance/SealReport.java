package io.payonce.ledger.maintenance;

import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.ledger.redis.LedgerScript;
import io.payonce.ledger.redis.LedgerScript.OnSeal;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.ledger.redis.ScriptRunner;
import io.payonce.ledger.sealing.EncryptionKeyRing;
import io.payonce.redis.RedisLane;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Shows an operator what may be done with the keys of a ledger; changes nothing. */
public final class SealReport {
  private SealReport() {}

  /** One line a key. Fails with {@link LedgerUnavailable} when the ledger did not answer. */
  public static Future<List<String>> of(
      RedisLane lane, LedgerSettings settings, EncryptionKeyRing keys) {
    return new ScriptRunner(lane, settings)
        .make(LedgerScript.SEAL, List.of(LedgerKeys.seals()), List.of("", "", ""))
        .map(reply -> reply.word() == OnSeal.SEALED
            ? lines(SealRegister.read(reply.rest(), settings), keys)
            : List.of("nothing says yet which key seals this ledger: key " + keys.preferred()
                + " will, when the first pod starts"));
  }

  static List<String> lines(SealRegister register, EncryptionKeyRing keys) {
    List<String> lines = new ArrayList<>();
    Set<String> all = new TreeSet<>(register.names());
    keys.ring().opening().forEach(key -> all.add(key.name()));
    all.forEach(name -> lines.add("key " + name + ", " + place(name, keys) + ": "
        + (name.equals(register.name())
            ? "seals; a pod without it is not ready"
            : other(name, register, keys))));
    Long unknown = register.counts().get(SealRegister.UNKNOWN);
    if (unknown != null) {
      lines.add(unknown + " records are sealed with a key that no pod has");
    }
    return lines;
  }

  private static String place(String name, EncryptionKeyRing keys) {
    if (keys.preferred().equals(name)) {
      return "ledger.encryptionKey";
    }
    return keys.ring().named(name).isPresent() ? "in ledger.formerKeys" : "not configured here";
  }

  private static String other(String name, SealRegister register, EncryptionKeyRing keys) {
    if (!register.names().contains(name)) {
      return keys.preferred().equals(name)
          ? "seals nothing yet; it will when all live pods have it as ledger.encryptionKey"
          : "has sealed nothing yet";
    }
    Long count = register.counts().get(name);
    if (count == null) {
      return "the records that need it are not counted yet: keep it";
    }
    String gone = keys.lost().contains(name) ? " (and it is among ledger.lostKeys)" : "";
    String can = keys.ring().named(name).isPresent() ? ": it can go from ledger.formerKeys" : "";
    return count == 0
        ? "no record needs it any more" + can
        : "needed by " + count + " records: a pod without it is not ready" + gone;
  }
}
