package io.payonce.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.credentials.Credential;
import io.payonce.ledger.redis.HomePlatform;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.Account;
import io.payonce.redis.RedisLane;
import io.payonce.redis.RedisSettings;
import io.payonce.renewal.CredentialStore.Kept;
import io.payonce.renewal.CredentialStore.Turn;
import io.payonce.sandbox.EmbeddedRedis;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Turns, fences and seals, on a real Redis. */
@ExtendWith(VertxExtension.class)
class RedisCredentialStoreTest {
  private static final HomePlatform HOME = new HomePlatform("platform", 1, 1, System::nanoTime);
  private static EmbeddedRedis redis;
  private static RedisLane lane;
  private static io.vertx.core.Context loop;

  private final RedisCredentialStore store = store(key(1), HOME);

  private static RedisCredentialStore store(byte[] key, HomePlatform home) {
    return new RedisCredentialStore(
        lane, new Sealer(key), home.own(), () -> home.own().equals(home.first()));
  }

  @BeforeAll
  static void open(Vertx vertx) {
    redis = EmbeddedRedis.start(EmbeddedRedis.Options.defaults());
    loop = vertx.getOrCreateContext();
    lane = on(
        () -> Future.succeededFuture(RedisLane.open(vertx, RedisSettings.standalone(redis.uri()))));
    Awaitility.await().until(lane::connected);
  }

  @AfterAll
  static void close() {
    on(() -> lane.close());
    redis.close();
  }

  @BeforeEach
  void forget() {
    on(() -> lane.send("x", Request.cmd(Command.FLUSHALL)));
  }

  @Test
  void one_at_a_time_has_the_turn_and_the_others_find_what_it_kept() {
    Turn.Ours first = ours(0);
    assertThat(claim(0)).isInstanceOf(Turn.Taken.class);

    assertThat(keep(first.fence(), "the-key", 60_000)).isTrue();

    Kept kept = ((Turn.Newer) claim(0)).kept();
    assertThat(kept.value()).isEqualTo("the-key");
    assertThat(kept.version()).isEqualTo(first.fence());
    assertThat(kept.leftMillis()).isBetween(1L, 60_000L);
    assertThat(newest(0)).isEqualTo("the-key");
    assertThat(newest(kept.version())).isNull();
  }

  @Test
  void what_one_platform_lent_is_never_shown_to_another() {
    Turn.Ours first = ours(0);
    keep(first.fence(), "the-key", 60_000);
    HomePlatform renamed = new HomePlatform("other.example", 1, 1, System::nanoTime);
    RedisCredentialStore others = store(key(1), renamed);
    assertThat(on(() -> others.newest(Credential.TMK, 0))).isEmpty();
    Turn.Ours turn = (Turn.Ours) on(() -> others.claim(Credential.TMK, 0, 1000));
    assertThat(on(() -> others.keep(Credential.TMK, turn.fence(), "their-key", 60_000)))
        .isTrue();
    assertThat(on(() -> others.newest(Credential.TMK, 0)).orElseThrow().value())
        .isEqualTo("their-key");
    assertThat(newest(0)).isNull();
    renamed.first("platform");
    assertThat(on(() -> others.newest(Credential.TMK, 0)))
        .as("a key of its own")
        .isEmpty();
  }

  @Test
  void what_one_account_was_lent_is_never_shown_to_another() {
    RedisCredentialStore north = new RedisCredentialStore(
        lane, new Sealer(key(1)), HOME.of(new Account("north")), () -> false);
    keep(ours(0).fence(), "the-key-of-all", 60_000);
    assertThat(on(() -> north.newest(Credential.TMK, 0))).isEmpty();
    Turn.Ours turn = (Turn.Ours) on(() -> north.claim(Credential.TMK, 0, 1000));
    assertThat(on(() -> north.keep(Credential.TMK, turn.fence(), "northern", 60_000)))
        .isTrue();
    assertThat(on(() -> north.newest(Credential.TMK, 0)).orElseThrow().value())
        .isEqualTo("northern");
    assertThat(newest(0)).isEqualTo("the-key-of-all");
  }

  @Test
  void who_comes_too_late_changes_nothing() {
    Turn.Ours slow = (Turn.Ours) on(() -> store.claim(Credential.TMK, 0, 1));
    Awaitility.await().until(() -> claim(0) instanceof Turn.Ours);

    assertThat(keep(slow.fence(), "stale", -1)).isFalse();
    assertThat(newest(0)).isNull();
  }

  @Test
  void after_a_failure_no_pod_has_a_turn_until_the_pause_is_over() {
    Turn.Ours ours = ours(0);
    assertThat(ours.failures()).isZero();
    on(() -> store.rest(Credential.TMK, ours.fence(), Renewal.LONGEST_REST_MILLIS));
    assertThat(claim(0)).isInstanceOf(Turn.Resting.class);

    on(() -> lane.send("x", Request.cmd(Command.HDEL).arg("payonce:{vault}:tmk").arg("rest")));
    assertThat(ours(0).failures()).isEqualTo(1);
  }

  /** As after a failover to a server whose clock is an hour behind. */
  @ParameterizedTest
  @ValueSource(strings = {"lease", "rest"})
  void a_turn_or_a_pause_of_a_clock_that_has_gone_back_is_over(String what) {
    ours(0);
    on(() -> lane.send(
        "x",
        Request.cmd(Command.HSET)
            .arg("payonce:{vault}:tmk")
            .arg("lease")
            .arg("0")
            .arg(what)
            .arg(String.valueOf(System.currentTimeMillis() + 3_600_000))));
    assertThat(claim(0)).isInstanceOf(Turn.Ours.class);
  }

  @Test
  void fences_go_on_rising_when_redis_has_forgotten() {
    long before = ours(0).fence();
    forget();
    assertThat(ours(before).fence()).isGreaterThanOrEqualTo(before);
  }

  @Test
  void what_has_expired_is_no_reason_not_to_renew() {
    keep(ours(0).fence(), "short", 0);
    assertThat(claim(0)).isInstanceOf(Turn.Ours.class);
  }

  @Test
  void nothing_in_redis_can_be_read_or_passed_off_as_another() {
    Turn.Ours ours = ours(0);
    keep(ours.fence(), "the-key", -1);
    String dump = on(() -> lane.send("x", Request.cmd(Command.HGETALL).arg("payonce:{vault}:tmk")))
        .toString();
    assertThat(dump).doesNotContain("the-key");

    on(() -> lane.send(
        "x", Request.cmd(Command.COPY).arg("payonce:{vault}:tmk").arg("payonce:{vault}:session")));
    assertThat(on(() -> store.newest(Credential.SESSION, 0))).isEmpty();
    RedisCredentialStore other = store(key(2), HOME);
    assertThat(on(() -> other.newest(Credential.TMK, 0))).isEmpty();
    assertThat(on(() -> other.claim(Credential.TMK, 0, 1000))).isInstanceOf(Turn.Ours.class);
  }

  private Turn claim(long known) {
    return on(() -> store.claim(Credential.TMK, known, 60_000));
  }

  private Turn.Ours ours(long known) {
    return (Turn.Ours) claim(known);
  }

  private boolean keep(long fence, String value, long lifeMillis) {
    return on(() -> store.keep(Credential.TMK, fence, value, lifeMillis));
  }

  private String newest(long known) {
    return on(() -> store.newest(Credential.TMK, known)).map(Kept::value).orElse(null);
  }

  private static byte[] key(int fill) {
    byte[] key = new byte[Sealer.KEY_BYTES];
    java.util.Arrays.fill(key, (byte) fill);
    return key;
  }

  private static <T> T on(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    loop.runOnContext(v -> work.get().onComplete(done));
    try {
      return done.future().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
