package io.payonce.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.payonce.ledger.LedgerUnavailable;
import io.payonce.model.PaymentId;
import io.payonce.model.Shards;
import io.payonce.outcome.FakeOutbox;
import io.payonce.outcome.Notice;
import io.payonce.outcome.NotificationFigures;
import io.payonce.outcome.NotificationSettings;
import io.payonce.outcome.Notifier;
import io.payonce.outcome.NotifyUrlGuard;
import io.payonce.outcome.Outbox;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Who looks for notifications, where and when. */
@Execution(ExecutionMode.CONCURRENT)
class NotificationVerticleTest {
  private final Vertx vertx = Vertx.vertx();
  private final PaymentId id = new PaymentId("M1", "id-1");
  private final int shard = Shards.of("M1");
  private final Map<Integer, AtomicInteger> looks = new ConcurrentHashMap<>();
  private final Map<PaymentId, AtomicInteger> claims = new ConcurrentHashMap<>();
  private final NotificationFigures figures = new NotificationFigures();
  private volatile Outbox.Shard state = new Outbox.Shard(List.of(), 0, 0, 0, -1);
  private volatile boolean away;
  private volatile Future<Optional<Notice>> claimed = Future.succeededFuture(Optional.empty());

  private final NotificationVerticle verticle = new NotificationVerticle(
      () -> new NotificationVerticle.Tools(
          new Box(),
          new Notifier(
              new Box(),
              (url, notice, body) -> Future.failedFuture("nobody sends"),
              new NotificationSettings(new NotifyUrlGuard(List.of()), any -> new byte[0], 1),
              figures,
              () -> 0,
              () -> 0),
          Future::succeededFuture),
      figures,
      () -> 1);

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
  }

  @Test
  void the_page_for_operators_says_how_often_shards_are_looked_at() throws IOException {
    long looks = Math.round(Shards.COUNT * 1000.0 / NotificationVerticle.ROUND_MILLIS);
    assertThat(Files.readString(Path.of("src/site/markdown/operations.md")))
        .contains("one for each shard, " + looks + " a second.");
  }

  @Test
  void every_shard_is_looked_at_without_a_signal() {
    deploy();
    await().until(() -> looks.size() == Shards.COUNT);
  }

  @Test
  void what_this_process_has_settled_is_looked_at_at_once_and_what_is_due_is_claimed() {
    deploy();
    verticle.announced(id);
    state = new Outbox.Shard(List.of(id), 1, 2, 3000, -1);
    await().until(() -> claims.containsKey(id));
    await().until(() -> figures.waitedMillis() == 3000); // set as the last of them
    assertThat(figures.pending()).isPositive();
    assertThat(figures.undelivered()).isPositive();
  }

  @Test
  void a_shard_that_has_more_soon_is_looked_at_then() {
    deploy();
    state = new Outbox.Shard(List.of(), 1, 0, 0, 100);
    await().until(() -> count() >= 3 && count() > 2 * smallest());
  }

  @Test
  void a_ledger_that_is_unavailable_is_asked_again() {
    away = true;
    deploy();
    verticle.announced(id);
    await().until(() -> count() > 0);
    away = false;
    state = new Outbox.Shard(List.of(id), 1, 0, 0, -1);
    await().until(() -> claims.containsKey(id));
  }

  @Test
  void who_rests_begins_nothing_and_is_busy_until_what_is_on_its_way_has_ended() {
    Promise<Optional<Notice>> late = Promise.promise();
    claimed = late.future();
    state = new Outbox.Shard(List.of(id), 1, 0, 0, -1);
    deploy();
    await().until(() -> claims.containsKey(id));
    assertThat(verticle.isBusy()).isTrue();
    verticle.rest();
    int before = claims.get(id).get();
    late.complete(Optional.empty());
    await().until(() -> !verticle.isBusy());
    int looked = looks.values().stream().mapToInt(AtomicInteger::get).sum();
    verticle.announced(id);
    vertx.timer(300).toCompletionStage().toCompletableFuture().join();
    assertThat(looks.values().stream().mapToInt(AtomicInteger::get).sum()).isEqualTo(looked);
    assertThat(claims.get(id).get()).isEqualTo(before);
  }

  private int count() {
    return looks.getOrDefault(shard, new AtomicInteger()).get();
  }

  private int smallest() {
    return looks.values().stream().mapToInt(AtomicInteger::get).min().orElse(0);
  }

  private void deploy() {
    vertx.deployVerticle(verticle).toCompletionStage().toCompletableFuture().join();
  }

  /** Counts who asks for what. */
  private final class Box extends FakeOutbox {
    @Override
    public Future<Shard> look(int at, int most) {
      looks.computeIfAbsent(at, first -> new AtomicInteger()).incrementAndGet();
      return away
          ? Future.failedFuture(new LedgerUnavailable("away", true))
          : Future.succeededFuture(at == shard ? state : new Shard(List.of(), 0, 0, 0, -1));
    }

    @Override
    public Future<Optional<Notice>> claim(PaymentId of, long leaseMillis) {
      claims.computeIfAbsent(of, first -> new AtomicInteger()).incrementAndGet();
      return claimed;
    }
  }
}
