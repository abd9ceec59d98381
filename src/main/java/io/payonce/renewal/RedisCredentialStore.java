package io.payonce.renewal;

import io.payonce.credentials.Credential;
import io.payonce.ledger.UnreadableRecord;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.PaymentId;
import io.payonce.redis.LuaScript;
import io.payonce.redis.RedisLane;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Credentials in Redis, one hash each: its values are sealed and bound to their name and version,
 * so that neither is readable, nor one passed off as another. One for each event loop.
 */
public final class RedisCredentialStore implements CredentialStore {
  /** A fleet that is off for longer than a month renews when it comes back. */
  private static final long KEEP_MILLIS = 30L * 86_400_000;

  private static final LuaScript NEWEST = script("newest.lua");
  private static final LuaScript CLAIM = script("claim.lua");
  private static final LuaScript KEEP = script("keep.lua");
  private static final LuaScript REST = script("rest.lua");

  private final RedisLane lane;
  private final Sealer sealer;
  private final String platform;
  private final BooleanSupplier isFirst;

  /**
   * Of one platform: none gets what another one issued.
   *
   * @param isFirst whether it is the ledger's first one
   */
  public RedisCredentialStore(
      RedisLane lane, Sealer sealer, String platform, BooleanSupplier isFirst) {
    this.lane = lane;
    this.sealer = sealer;
    this.platform = platform;
    this.isFirst = isFirst;
  }

  @Override
  public Future<Optional<Kept>> newest(Credential what, long knownVersion) {
    return run(NEWEST, what, knownVersion, platform)
        .map(response -> response.get(0).toString().equals("NEWER")
            ? Optional.ofNullable(opened(what, response))
            : Optional.empty());
  }

  @Override
  public Future<Turn> claim(Credential what, long knownVersion, long leaseMillis) {
    return run(
            CLAIM,
            what,
            knownVersion,
            leaseMillis,
            KEEP_MILLIS,
            platform,
            Renewal.LONGEST_REST_MILLIS)
        .compose(response -> {
          long number = response.get(1).toLong();
          return switch (response.get(0).toString()) {
            case "NEWER" -> {
              Kept kept = opened(what, response);
              yield kept == null
                  ? claim(what, number, leaseMillis)
                  : Future.succeededFuture(new Turn.Newer(kept));
            }
            case "TAKEN" -> Future.succeededFuture(new Turn.Taken(number));
            case "RESTING" -> Future.succeededFuture(new Turn.Resting(number));
            default ->
              Future.succeededFuture(new Turn.Ours(number, response.get(2).toInteger()));
          };
        });
  }

  @Override
  public Future<Boolean> keep(Credential what, long token, String value, long lifeMillis) {
    byte[] sealed = sealer.seal(name(what), field(token), value.getBytes(StandardCharsets.UTF_8));
    return run(KEEP, what, token, sealed, lifeMillis, KEEP_MILLIS, platform)
        .map(response -> response.get(0).toString().equals("KEPT"));
  }

  @Override
  public Future<Void> rest(Credential what, long token, long millis) {
    return run(REST, what, token, millis).mapEmpty();
  }

  /** Null when it was sealed under another key: then it is as good as not there. */
  private Kept opened(Credential what, Response response) {
    long version = response.get(1).toLong();
    try {
      byte[] plain = sealer.open(name(what), field(version), response.get(3).toBytes());
      return new Kept(
          new String(plain, StandardCharsets.UTF_8), version, response.get(2).toLong());
    } catch (UnreadableRecord e) {
      return null;
    }
  }

  private Future<Response> run(LuaScript script, Credential what, Object... args) {
    return lane.eval(script, List.of("payonce:{vault}:" + what.word() + issuer()), List.of(args));
  }

  /**
   * Those of the ledger's first platform have no name in their key: so the first version wrote
   * them. The name inside tells them apart should the ledger's platform be renamed.
   */
  private String issuer() {
    return isFirst.getAsBoolean() ? "" : ":" + platform;
  }

  /** A sealer binds to a name of two parts; no payment's fields are called so. */
  private static PaymentId name(Credential what) {
    return new PaymentId("credential", what.word());
  }

  private static String field(long version) {
    return "credential of version " + version;
  }

  private static LuaScript script(String name) {
    return LuaScript.load(RedisCredentialStore.class, name);
  }
}
