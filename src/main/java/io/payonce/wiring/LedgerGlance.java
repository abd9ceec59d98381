package io.payonce.wiring;

import io.payonce.ledger.maintenance.SealReport;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.ledger.sealing.EncryptionKeyRing;
import io.payonce.redis.PrefixedLane;
import io.payonce.redis.RedisLane;
import io.payonce.settings.LiveSettings;
import io.payonce.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads, from outside a pod, which of the ledger's keys are needed for what. */
public final class LedgerGlance {
  /** At half, a slow Redis is not seen; at double, who checks a file offline waits for nothing. */
  private static final long PATIENCE_MILLIS = 1000;

  private static final long PAUSE_MILLIS = 20;

  private final Settings settings;

  private LedgerGlance(Settings settings) {
    this.settings = settings;
  }

  /**
   * Blocks for a moment. Never fails: when Redis cannot be asked, a line says so. Not a word of it
   * comes into the log, which may go where a configuration is printed.
   */
  public static List<String> keys(Settings settings) {
    CompletableFuture<List<String>> lines = new CompletableFuture<>();
    ThreadGroup group = new ThreadGroup("payonce-look");
    Thread thread =
        new Thread(group, () -> lines.complete(hushed(group, settings)), group.getName());
    thread.setDaemon(true);
    thread.start();
    return lines.join();
  }

  private static List<String> hushed(ThreadGroup group, Settings settings) {
    Runnable unmute = ThreadLogFilter.over(group);
    Vertx vertx = Vertx.vertx();
    try {
      return wait(new LedgerGlance(settings).look(vertx), PATIENCE_MILLIS);
    } catch (TimeoutException late) {
      return List.of("unchecked: Redis was not reached");
    } catch (Exception failure) {
      return List.of("unchecked: Redis did not say it");
    } finally {
      vertx.close().onComplete(closed -> unmute.run());
    }
  }

  private static <T> T wait(Future<T> future, long millis) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(millis, TimeUnit.MILLISECONDS);
  }

  private Future<List<String>> look(Vertx vertx) {
    RedisLane lane = new PrefixedLane(
        RedisLane.open(vertx, LedgerWiring.redis(settings)), settings.redis().keyPrefix());
    EncryptionKeyRing keys = new RecordKeyFiles(LiveSettings.constant(settings)).keys();
    return connected(vertx, lane).compose(on -> SealReport.of(lane, ledger(), keys));
  }

  private static Future<Void> connected(Vertx vertx, RedisLane lane) {
    return lane.connected()
        ? Future.succeededFuture()
        : vertx.timer(PAUSE_MILLIS).compose(rested -> connected(vertx, lane));
  }

  private LedgerSettings ledger() {
    return LedgerSettings.of(
        settings.recovery().leaseMs(),
        settings.ledger().retentionMs(),
        settings.ledger().tombstoneMs());
  }
}
