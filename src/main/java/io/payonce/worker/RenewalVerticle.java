package io.payonce.worker;

import io.payonce.platform.Platform;
import io.payonce.redis.RedisLane;
import io.payonce.renewal.CredentialStore;
import io.payonce.renewal.Renewals;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.function.Function;
import java.util.function.Supplier;

/** Renews this pod's credentials, on one event loop with connections of its own. */
public final class RenewalVerticle extends VerticleBase {
  private final Renewals renewals;
  private final Supplier<RedisLane> openLane;
  private final Function<RedisLane, CredentialStore> openStore;
  private final Supplier<Platform> openPlatform;
  private final long exchangeMillis;
  private RedisLane lane;
  private Platform platform;

  public RenewalVerticle(
      Renewals renewals,
      Supplier<RedisLane> openLane,
      Function<RedisLane, CredentialStore> openStore,
      Supplier<Platform> openPlatform,
      long exchangeMillis) {
    this.renewals = renewals;
    this.openLane = openLane;
    this.openStore = openStore;
    this.openPlatform = openPlatform;
    this.exchangeMillis = exchangeMillis;
  }

  /**
   * Does not wait for the platform: a pod that starts while it is unavailable must start all the
   * same.
   */
  @Override
  public Future<?> start() {
    lane = openLane.get();
    platform = openPlatform.get();
    renewals.start(vertx, platform, openStore.apply(lane), exchangeMillis);
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    renewals.stop();
    return platform.close().eventually(lane::close);
  }
}
