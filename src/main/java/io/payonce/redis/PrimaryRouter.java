package io.payonce.redis;

import io.payonce.redis.failure.RedisAddress;
import io.payonce.redis.failure.RedisBulletin;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import java.util.List;

/** All tasks go to one primary: a fixed one, or the one the sentinels name. */
final class PrimaryRouter implements Router {
  private final Node primary;
  private final List<SentinelWatch> watches;

  private PrimaryRouter(Node primary, List<SentinelWatch> watches) {
    this.primary = primary;
    this.watches = watches;
  }

  static PrimaryRouter standalone(
      Vertx vertx, RedisSettings settings, Connector dial, RedisBulletin bulletin) {
    RedisAddress endpoint = settings.endpoints().get(0);
    return new PrimaryRouter(
        new Node(vertx, endpoint.address(), () -> dial.wire(endpoint), bulletin), List.of());
  }

  static PrimaryRouter sentinel(
      Vertx vertx, RedisSettings settings, Connector dial, RedisBulletin bulletin) {
    Sentinels sentinels = new Sentinels(vertx, settings, dial);
    Node primary = new Node(vertx, settings.sentinelMaster(), sentinels::dialPrimary, bulletin);
    List<SentinelWatch> watches = settings.endpoints().stream()
        .map(sentinel -> new SentinelWatch(
            vertx,
            dial,
            sentinel.asSentinel(),
            settings.sentinelMaster(),
            primary::redial,
            () -> redialIfMoved(sentinels, primary)))
        .toList();
    return new PrimaryRouter(primary, watches);
  }

  /** A sentinel that comes and goes must not cost us a good connection each time. */
  private static void redialIfMoved(Sentinels sentinels, Node primary) {
    sentinels.moved().onSuccess(moved -> {
      if (moved) {
        primary.redial();
      }
    });
  }

  @Override
  public void start() {
    primary.start();
    watches.forEach(SentinelWatch::start);
  }

  @Override
  public Future<Response> run(RedisCommand task) {
    return primary.run(task, false);
  }

  @Override
  public void tick(long nowNanos) {
    primary.tick(nowNanos);
  }

  @Override
  public boolean calm(long untilNanos) {
    return primary.calm(untilNanos);
  }

  @Override
  public void onChange(Runnable action) {
    primary.onChange(action);
  }

  @Override
  public boolean spansSlots() {
    return true;
  }

  @Override
  public boolean connected() {
    return primary.ready();
  }

  @Override
  public List<ServedSlots> parts() {
    return List.of(ServedSlots.whole(primary.name(), primary.ready(), primary.dials()));
  }

  @Override
  public int inFlight() {
    return primary.inFlight();
  }

  @Override
  public void close() {
    primary.close();
    watches.forEach(SentinelWatch::close);
  }
}
