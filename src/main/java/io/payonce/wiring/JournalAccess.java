package io.payonce.wiring;

import io.payonce.flow.operator.ReconcileFlow;
import io.payonce.flow.operator.ReconcileFlow.Reconciled;
import io.payonce.flow.port.Sightings;
import io.payonce.outcome.OutcomeBatch;
import io.payonce.outcome.OutcomeCursor;
import io.payonce.outcome.OutcomeEntry;
import io.payonce.outcome.OutcomeJournal;
import io.payonce.redis.RedisLane;
import io.payonce.redis.failure.RedisBulletin;
import io.payonce.settings.LiveSettings;
import io.payonce.settings.Settings;
import io.payonce.telemetry.CallObserver;
import io.payonce.telemetry.Metrics;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The journal as a pod with these settings would read it, for a command that is no pod: it connects
 * in the background, takes no part in the fleet and writes nothing. Not a word of it comes into the
 * log, which may go where outcomes are printed; {@link #trouble} has them.
 */
public final class JournalAccess implements AutoCloseable {
  private final Runnable unmute;
  private final Vertx vertx;
  private final Context loop;
  private final RedisBulletin bulletin;
  private final RedisLane lane;
  private final OutcomeJournal journal;
  private final AccountsWiring accounts;
  private final LedgerWiring ledger;

  private JournalAccess(ThreadGroup group, Settings settings) {
    unmute = ThreadLogFilter.over(group);
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    loop = vertx.getOrCreateContext();
    LiveSettings live = LiveSettings.constant(settings);
    Metrics metrics = new Metrics(CallObserver.OFF);
    accounts = new AccountsWiring(vertx, live, metrics, 1);
    ledger = new LedgerWiring(vertx, live, metrics, (account, millis) -> millis, "command");
    ledger.withoutCharter();
    bulletin = ledger.health().bulletin();
    lane = ledger.lane();
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

  /** Reads on, and waits for it. */
  public OutcomeBatch read(OutcomeCursor after, int most)
      throws ExecutionException, InterruptedException {
    return onLoop(() -> journal.read(after, most));
  }

  /** Asks the platform about one outcome, and waits for it. */
  public Reconciled ask(ReconcileFlow questions, OutcomeEntry entry, Predicate<OutcomeEntry> undone)
      throws ExecutionException, InterruptedException {
    return onLoop(() -> questions.ask(entry, undone));
  }

  /** What works on one event loop is made and used on it. */
  private <T> T onLoop(Supplier<Future<T>> call) throws ExecutionException, InterruptedException {
    Promise<T> promise = Promise.promise();
    loop.runOnContext(
        on -> Future.succeededFuture().compose(now -> call.get()).onComplete(promise));
    return promise.future().toCompletionStage().toCompletableFuture().get();
  }

  /**
   * What asks the platform, with a pod's keys. Where those are renewed it shares them with the
   * pods, and renews like one.
   *
   * @param perSecond questions, at most
   */
  public ReconcileFlow reconciling(double perSecond)
      throws ExecutionException, InterruptedException {
    accounts.renewing(ledger::lane, ledger::credentials).forEach(vertx::deployVerticle);
    return onLoop(() -> Future.succeededFuture(new ReconcileFlow(
        accounts.open(lane, "command", false),
        ledger::whose,
        new VertxTime(vertx, new Sightings(System::nanoTime)),
        perSecond)));
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
        .onComplete(closed -> unmute.run())
        .toCompletionStage()
        .toCompletableFuture()
        .completeOnTimeout(null, 5, TimeUnit.SECONDS)
        .join();
  }
}
