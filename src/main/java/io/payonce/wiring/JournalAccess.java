package io.payonce.wiring;

import io.payonce.outcome.OutcomeJournal;
import io.payonce.redis.RedisLane;
import io.payonce.redis.failure.RedisBulletin;
import io.payonce.settings.LiveSettings;
import io.payonce.settings.Settings;
import io.payonce.telemetry.CallObserver;
import io.payonce.telemetry.Metrics;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The journal as a pod with these settings would read it, for a command that is no pod: it connects
 * in the background, takes no part in the fleet and writes nothing. Not a word of it comes into the
 * log, which may go where outcomes are printed; {@link #trouble} has them.
 */
public final class JournalAccess implements AutoCloseable {
  private final Runnable heardAgain;
  private final Vertx vertx;
  private final RedisBulletin bulletin;
  private final OutcomeJournal journal;

  private JournalAccess(ThreadGroup group, Settings settings) {
    heardAgain = ThreadLogFilter.over(group);
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    LiveSettings live = LiveSettings.constant(settings);
    Metrics metrics = new Metrics(CallObserver.OFF);
    PlatformWiring platform = new PlatformWiring(vertx, live, metrics, 1);
    LedgerWiring ledger = new LedgerWiring(vertx, live, metrics, platform.clock(), "command");
    ledger.withoutCharter();
    bulletin = ledger.health().bulletin();
    RedisLane lane = ledger.lane();
    journal = ledger.journal(lane);
  }

  /** Blocks for a moment; the threads that it starts are of a group of their own. */
  public static JournalAccess open(Settings settings) {
    ThreadGroup group = new ThreadGroup("payonce-journal");
    CompletableFuture<JournalAccess> opened = new CompletableFuture<>();
    Thread thread = new Thread(
        group,
        () -> {
          try {
            opened.complete(new JournalAccess(group, settings));
          } catch (RuntimeException failure) {
            opened.completeExceptionally(failure);
          }
        },
        group.getName());
    thread.start();
    return opened.join();
  }

  public OutcomeJournal journal() {
    return journal;
  }

  /** What is wrong with Redis, for operators; empty when nothing is known to be. */
  public String trouble() {
    return bulletin.lines().stream()
        .map(RedisBulletin.Line::toString)
        .distinct()
        .collect(Collectors.joining("; "));
  }

  /** Waits for it, but not long: there is nothing to lose. */
  @Override
  public void close() {
    vertx
        .close()
        .onComplete(closed -> heardAgain.run())
        .toCompletionStage()
        .toCompletableFuture()
        .completeOnTimeout(null, 5, TimeUnit.SECONDS)
        .join();
  }
}
