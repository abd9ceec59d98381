package io.payonce.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.codes.Remedy;
import io.payonce.credentials.Credential;
import io.payonce.credentials.PlatformKeys;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Intent;
import io.payonce.model.Reply;
import io.payonce.platform.Platform;
import io.payonce.platform.PlatformClock;
import io.payonce.platform.PlatformRequest;
import io.payonce.platform.http.PlatformFixture;
import io.payonce.renewal.Renewal.RenewalClock;
import io.payonce.renewal.Renewal.Surroundings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A renewal that comes too late for the store ends, and the next one has its turn. */
@ExtendWith(VertxExtension.class)
class RenewalTest {
  private static final RenewalPlan PLAN = new RenewalPlan(
      Credential.TMK,
      "POST",
      "/v1/key",
      "",
      "/data/key",
      new RenewalPlan.Life("/data/life", 1, 0, 1000));

  private final Vertx vertx;
  private final Context loop;
  private final Store store = new Store();
  private final PlatformKeys keys = new PlatformKeys(() -> PlatformFixture.access("sk_1"));

  RenewalTest(Vertx vertx) {
    this.vertx = vertx;
    this.loop = vertx.getOrCreateContext();
  }

  @Test
  void one_that_the_store_has_forgotten_ends_when_there_is_none_in_use() {
    Renewal renewal = renewal(1000);
    store.late = true;
    on(renewal::look);
    assertThat(renewal.isInUse()).isFalse();

    store.late = false;
    on(renewal::look);
    assertThat(renewal.isInUse()).isTrue();
    assertThat(store.claims).isEqualTo(2);
  }

  @Test
  void one_that_the_store_has_forgotten_ends_when_the_one_in_use_is_past_its_time() {
    Renewal renewal = renewal(1000);
    store.lifeMillis = 0;
    on(renewal::look);
    long before = renewal.version();
    store.late = true;
    assertThat(on(() -> renewal.laterThan(before))).isFalse();
    on(renewal::look);

    store.late = false;
    on(renewal::look);
    assertThat(renewal.version()).isGreaterThan(before);
    assertThat(store.claims).isEqualTo(4);
  }

  @Test
  void one_that_another_pod_has_overtaken_ends_with_what_that_pod_kept() {
    Renewal renewal = renewal(1000);
    store.late = true;
    store.others = new CredentialStore.Kept("theirs", 100, 0);
    assertThat(on(() -> renewal.laterThan(0))).isTrue();
    assertThat(keys.granted(Credential.TMK)).isEqualTo("theirs");
  }

  @Test
  void one_that_a_look_finds_while_another_pod_has_its_turn_is_not_renewed_once_more() {
    Renewal renewal = renewal(1000);
    store.taken = true;
    CompletableFuture<Boolean> waiting = new CompletableFuture<>();
    loop.runOnContext(go -> renewal.laterThan(0).onSuccess(waiting::complete));
    Awaitility.await().until(() -> store.claims > 0);
    store.others = new CredentialStore.Kept("theirs", 100, 60_000);
    on(renewal::look);
    store.taken = false;

    assertThat(waiting.orTimeout(1, TimeUnit.MINUTES).join()).isTrue();
    assertThat(renewal.version()).isEqualTo(100);
    assertThat(keys.granted(Credential.TMK)).isEqualTo("theirs");
  }

  @Test
  void one_that_never_ends_is_given_up_and_the_next_has_its_turn() {
    Renewal renewal = renewal(1);
    store.mute = true;
    assertThat(on(() -> renewal.laterThan(0))).isFalse();

    store.mute = false;
    assertThat(on(() -> renewal.laterThan(0))).isTrue();
  }

  /** Whoever signed until then had the one before, and needs no other than this one. */
  @Test
  void one_is_as_new_as_the_time_when_it_came_into_use() {
    Renewal renewal = renewal(1000);
    Thread[] thread = new Thread[1];
    on(() -> {
      thread[0] = Thread.currentThread();
      return Future.succeededFuture();
    });
    CompletableFuture<Void> looked = new CompletableFuture<>();
    long signedAt;
    synchronized (keys) {
      loop.runOnContext(go -> renewal.look().onSuccess(looked::complete));
      Awaitility.await().until(() -> thread[0].getState() == Thread.State.BLOCKED);
      assertThat(renewal.isInUse()).isFalse();
      long blockedAt = System.currentTimeMillis();
      Awaitility.await().until(() -> System.currentTimeMillis() > blockedAt);
      signedAt = System.currentTimeMillis();
    }
    looked.orTimeout(1, TimeUnit.MINUTES).join();
    assertThat(on(() -> renewal.newerThan(signedAt))).isTrue();
    assertThat(store.claims).isEqualTo(1);
  }

  private Renewal renewal(long exchangeMillis) {
    RenewalClock clock = new RenewalClock(new PlatformClock(), exchangeMillis);
    return new Renewal(
        PLAN,
        new Surroundings(vertx, keys, store, store, clock),
        remedy -> Future.succeededFuture(false),
        (what, worked) -> {});
  }

  private <T> T on(Supplier<Future<T>> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    loop.runOnContext(go -> work.get().onSuccess(done::complete));
    return done.orTimeout(1, TimeUnit.MINUTES).join();
  }

  /** Store and platform in one: each turn is ours, and what is kept is as the test says. */
  private static final class Store implements CredentialStore, Platform {
    private volatile boolean late;
    private volatile boolean mute;
    private volatile boolean taken;
    private volatile long lifeMillis = 60_000;
    private volatile Kept others;
    private volatile int claims;

    @Override
    public Future<Optional<Kept>> newest(Credential what, long knownVersion) {
      return Future.succeededFuture(Optional.ofNullable(others));
    }

    @Override
    public Future<Turn> claim(Credential what, long knownVersion, long leaseMillis) {
      claims++;
      if (taken) {
        return Future.succeededFuture(new Turn.Taken(1000));
      }
      return mute ? Future.future(never -> {}) : Future.succeededFuture(new Turn.Ours(claims, 0));
    }

    @Override
    public Future<Boolean> keep(Credential what, long fence, String value, long lifeMillis) {
      return Future.succeededFuture(!late);
    }

    @Override
    public Future<Void> rest(Credential what, long fence, long millis) {
      return Future.succeededFuture();
    }

    @Override
    public Future<Answer> call(PlatformRequest message) {
      String body = "{\"code\":\"0\",\"data\":{\"key\":\"ours\",\"life\":" + lifeMillis + "}}";
      return Future.succeededFuture(new Answer.Spoken(
          Reply.json(body.getBytes(StandardCharsets.UTF_8)),
          new Envelope("0", null, null, null, null, null, null, null),
          -1));
    }

    @Override
    public Future<Answer> send(Intent intent, PlatformRequest message) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Boolean> remedy(Remedy remedy, long signedAtMillis) {
      throw new UnsupportedOperationException();
    }
  }
}
