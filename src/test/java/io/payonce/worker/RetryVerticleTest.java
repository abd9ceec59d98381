package io.payonce.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.payonce.codes.Remedy;
import io.payonce.flow.FlowFixture;
import io.payonce.flow.Flows;
import io.payonce.flow.Shop;
import io.payonce.flow.port.Accounts;
import io.payonce.ledger.Ledger;
import io.payonce.limit.Unlimited;
import io.payonce.logs.Logs;
import io.payonce.model.Answer;
import io.payonce.model.Intent;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Shards;
import io.payonce.platform.Platform;
import io.payonce.platform.PlatformRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rounds of recovery that meet bugs. */
class RetryVerticleTest {
  private final Vertx vertx = Vertx.vertx();
  private final PaymentId id = new PaymentId("M1", "id-1");
  private final CountDownLatch ended = new CountDownLatch(1);
  private final FlowFixture world = new FlowFixture() {
    @Override
    public void announce(PaymentId settled) {
      ended.countDown();
    }
  };

  /** How often a move of the ledger still throws. */
  private final Map<String, AtomicInteger> bugs = new ConcurrentHashMap<>();

  private final Ledger ledger = (Ledger) Proxy.newProxyInstance(
      Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, move, with) -> {
        AtomicInteger left = bugs.get(move.getName());
        if (left != null && left.getAndDecrement() > 0) {
          throw new IllegalStateException("a bug in " + move.getName());
        }
        if (move.getName().equals("glance")) {
          return Future.succeededFuture(List.of(Shards.of(id.merchantId())));
        }
        try {
          return move.invoke(world.ledger, with);
        } catch (InvocationTargetException thrown) {
          throw thrown.getCause();
        }
      });

  private final class Acquirer implements Platform {
    @Override
    public Future<Answer> send(Intent intent, PlatformRequest message) {
      return Future.failedFuture("asked only");
    }

    @Override
    public Future<Answer> call(PlatformRequest question) {
      return Future.succeededFuture(Shop.status("S", "id-1", "order-1"));
    }

    @Override
    public Future<Boolean> remedy(Remedy remedy, long signedAtMillis) {
      return Future.succeededFuture(false);
    }
  }

  private final RetryVerticle verticle = new RetryVerticle(hint -> {
    Flows flows = new Flows(
        ledger,
        Accounts.only(new Acquirer(), new Unlimited()),
        world,
        hint,
        world,
        world,
        FlowFixture.SETTINGS);
    return new LoopComponents(null, ledger, () -> flows, Future::succeededFuture);
  });

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
  }

  @Test
  @Logs("recovery round failed: the next one begins all the same")
  @Logs("recovery failed: M1/id-1")
  void what_throws_ends_neither_the_rounds_nor_keeps_its_place() throws InterruptedException {
    byte[] body = Shop.sale("id-1", "order-1").getBytes(StandardCharsets.UTF_8);
    world.defer(world.begin(id, Operation.SALE, "ref:order-1", body), "IN_DOUBT", "1.1.1.");
    world.pass(1000);
    List.of("glance", "due", "claim").forEach(move -> bugs.put(move, new AtomicInteger(1)));
    vertx.deployVerticle(verticle).toCompletionStage().toCompletableFuture().join();
    assertThat(ended.await(1, TimeUnit.MINUTES)).isTrue();
    await().until(() -> !verticle.isBusy());
    assertThat(world.ledger.find(id).result().orElseThrow().isEnded()).isTrue();
    assertThat(bugs.values()).allMatch(left -> left.get() <= 0);
  }
}
