package io.payonce.proof;

import io.payonce.FreePorts;
import io.payonce.ledger.redis.LongQuiet;
import io.payonce.model.Shards;
import io.payonce.redis.RawRedis;
import io.payonce.sandbox.EmbeddedRedis;
import io.payonce.sandbox.http.SandboxOptions;
import io.payonce.sandbox.http.SandboxPlatform;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** What the instances of a test share: the platform and Redis. */
final class SharedInfrastructure implements AutoCloseable {
  static final String KEY = "k_proof";

  static final String NOTIFY_SECRET = "what-the-shops-check-with";

  static final long LEASE_MILLIS = 4500;

  /** Leases end within a test's patience; a lease outlasts one exchange, as it must. */
  private static final Map<String, String> BRISK = Map.of(
      // A blow costs a payment a send; with the usual three it would stay in doubt for its window.
      "PAYONCE_RECOVERY_MAX_ATTEMPTS", "10",
      "PAYONCE_RECOVERY_FIRST_DELAY_MS", "50",
      "PAYONCE_RECOVERY_MAX_DELAY_MS", "500",
      "PAYONCE_RECOVERY_LEASE_MS", "" + LEASE_MILLIS,
      "PAYONCE_UPSTREAM_REQUEST_TIMEOUT_MS", "1500",
      "PAYONCE_UPSTREAM_CONNECT_TIMEOUT_MS", "500",
      "PAYONCE_SERVER_WAIT_BUDGET_MS", "3000",
      "PAYONCE_SERVER_DRAIN_MS", "2000",
      // A busy machine is no outage.
      "PAYONCE_REDIS_CALL_TIMEOUT_MS", "2500");

  private final Vertx vertx = Vertx.vertx();
  private final SandboxPlatform platform =
      await(SandboxPlatform.start(vertx, SandboxOptions.defaults()));
  private final EmbeddedRedis redis;

  /** For a test that kills Redis, too: all that it has said it holds is on the disk. */
  SharedInfrastructure() {
    this("always");
  }

  private SharedInfrastructure(String fsync) {
    redis = EmbeddedRedis.start(
        EmbeddedRedis.Options.defaults().withAppendOnly().withArguments("--appendfsync", fsync));
    LongQuiet.in(redis.port());
  }

  /** Where Redis outlives all others: that a busy disk holds it up is not to be shown. */
  static SharedInfrastructure withoutDisk() {
    return new SharedInfrastructure("no");
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(2, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  SandboxPlatform platform() {
    return platform;
  }

  EmbeddedRedis redis() {
    return redis;
  }

  Map<String, String> environment() {
    return environment(redis.port(), platform.actualPort());
  }

  /** For an instance of which something else is wanted too. */
  Map<String, String> environment(Map<String, String> more) {
    Map<String, String> environment = environment();
    environment.putAll(more);
    return environment;
  }

  /** For an instance that reaches Redis and platform through these ports. */
  Map<String, String> environment(int redisPort, int platformPort) {
    Map<String, String> environment = new HashMap<>(BRISK);
    environment.put("PAYONCE_SERVER_PORT", "" + FreePorts.next());
    environment.put("PAYONCE_ADMIN_PORT", "0");
    environment.put("PAYONCE_REDIS_MODE", "standalone");
    environment.put("PAYONCE_REDIS_URIS", "redis://127.0.0.1:" + redisPort);
    environment.put("PAYONCE_UPSTREAM_BASE_URL", "http://127.0.0.1:" + platformPort);
    environment.put(
        "PAYONCE_UPSTREAM_API_KEY",
        platform.settings().access().keys().iterator().next());
    environment.put("PAYONCE_CLIENT_KEYS", "proof:" + KEY);
    environment.put(
        "PAYONCE_LEDGER_ENCRYPTION_KEY", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
    return environment;
  }

  /** For an instance that stands between the platform's notifications and this port's. */
  Map<String, String> notifying(Map<String, String> environment, int shopPort) {
    int port = FreePorts.next();
    return notifying(environment, port, port, shopPort);
  }

  /** The same where the platform, and the instance, go through a wire of ours. */
  Map<String, String> notifying(
      Map<String, String> environment, int port, int publicPort, int shopPort) {
    environment.put("PAYONCE_WEBHOOK_PORT", "" + port);
    environment.put("PAYONCE_WEBHOOK_PUBLIC_URL", "http://127.0.0.1:" + publicPort);
    environment.put("PAYONCE_WEBHOOK_SECRET", platform.settings().webhooks().secret());
    environment.put("PAYONCE_NOTIFY_SECRET", NOTIFY_SECRET);
    environment.put("PAYONCE_NOTIFY_ALLOW_HOSTS", "127.0.0.1:" + shopPort);
    return environment;
  }

  /** Payments that a pod must still look at. */
  long unresolved() {
    long all = 0;
    try (RawRedis raw = new RawRedis(redis.port())) {
      for (int shard = 0; shard < Shards.COUNT; shard++) {
        all += (Long) raw.call("ZCOUNT", "payonce:{s" + shard + "}:due", "0", "+inf");
      }
    }
    return all;
  }

  /** True when the ledger has a time at which a pod must look at the payment. */
  boolean looksAfter(PaymentLog basket) {
    return isListed("due", basket);
  }

  /** True while the shop has not acknowledged how the payment ended. */
  boolean isToBeNotified(PaymentLog basket) {
    return isListed("outbox", basket);
  }

  private boolean isListed(String list, PaymentLog basket) {
    String member = basket.merchant() + "/" + basket.id();
    try (RawRedis raw = new RawRedis(redis.port())) {
      return IntStream.range(0, Shards.COUNT)
          .anyMatch(
              shard -> raw.call("ZSCORE", "payonce:{s" + shard + "}:" + list, member) != null);
    }
  }

  /** Orders that are still held by a payment. */
  long heldOrders() {
    try (RawRedis raw = new RawRedis(redis.port())) {
      return ((List<?>) raw.call("KEYS", "payonce:*:order:*"))
          .stream()
              .filter(key -> String.valueOf(raw.call("GET", key)).startsWith("held:"))
              .count();
    }
  }

  @Override
  public void close() {
    await(vertx.close());
    redis.close();
  }
}
