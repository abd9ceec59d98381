package io.payonce.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.maintenance.Auditor;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.logs.Logs;
import io.payonce.redis.ForwardingLane;
import io.payonce.redis.HalfLane;
import io.payonce.redis.RedisLane;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class PeriodicVerticleTest {
  @Test
  void the_next_time_comes_when_the_last_is_over_however_it_ended(Vertx vertx) {
    List<Promise<Void>> times = new CopyOnWriteArrayList<>();
    PeriodicVerticle verticle = new PeriodicVerticle(1, () -> new HalfLane(null), lane -> () -> {
      Promise<Void> time = Promise.promise();
      times.add(time);
      return time.future();
    });
    await(vertx.deployVerticle(verticle));
    until(() -> times.size() == 1);
    await(vertx.timer(20));
    assertThat(times).as("while it works there is no other").hasSize(1);
    times.get(0).fail("away");
    until(() -> times.size() == 2);
    await(vertx.undeploy(verticle.deploymentID()));
    times.get(1).complete();
    await(vertx.timer(20));
    assertThat(times).as("and none when it has ended").hasSize(2);
  }

  @Test
  @Logs("round failed: the next one begins all the same")
  void what_throws_ends_one_round_and_no_more(Vertx vertx) {
    AtomicInteger rounds = new AtomicInteger();
    PeriodicVerticle verticle = new PeriodicVerticle(1, () -> new HalfLane(null), lane -> () -> {
      if (rounds.incrementAndGet() == 1) {
        throw new IllegalStateException("a bug");
      }
      return Future.succeededFuture();
    });
    await(vertx.deployVerticle(verticle));
    until(() -> rounds.get() > 1);
    await(vertx.undeploy(verticle.deploymentID()));
  }

  /** A pod that is not announced counts no more: others would write what it cannot read. */
  @Test
  @Logs("round failed: the next one begins all the same")
  void a_bug_ends_no_announcements(Vertx vertx) {
    AtomicInteger words = new AtomicInteger();
    AbilitiesVerticle verticle = new AbilitiesVerticle(
        () -> new HalfLane(null),
        lane -> new AbilitiesVerticle.Fleet(
            () -> {
              if (words.incrementAndGet() == 2) {
                throw new IllegalStateException("a bug");
              }
              return Future.succeededFuture();
            },
            Future::succeededFuture,
            Future::succeededFuture),
        () -> true);
    await(vertx.deployVerticle(verticle));
    until(() -> words.get() > 2);
    await(vertx.undeploy(verticle.deploymentID()));
  }

  @Test
  @Logs("round failed: the next one begins all the same")
  void a_bug_ends_no_audit(Vertx vertx) {
    LedgerSettings settings = LedgerSettings.of(1, 1, 1);
    AtomicInteger rounds = new AtomicInteger();
    RedisLane lane = new ForwardingLane() {
      @Override
      public RedisLane lane() {
        throw new IllegalStateException("a bug " + rounds.incrementAndGet());
      }

      @Override
      public Future<Void> close() {
        return Future.succeededFuture();
      }
    };
    AuditVerticle verticle = new AuditVerticle(
        () -> new AuditVerticle.Tools(lane, new Auditor(lane, settings)), null, 1);
    await(vertx.deployVerticle(verticle));
    until(() -> rounds.get() > 1);
    await(vertx.undeploy(verticle.deploymentID()));
  }

  private static void until(Callable<Boolean> so) {
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(so);
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
