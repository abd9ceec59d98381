package io.payonce.ledger.maintenance;

import static io.payonce.ledger.LedgerWords.await;
import static io.payonce.ledger.LedgerWords.begun;
import static io.payonce.ledger.LedgerWords.fresh;
import static io.payonce.ledger.LedgerWords.sale;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.ledger.redis.ScriptRunner;
import io.payonce.ledger.redis.TestRedis;
import io.payonce.logs.Logs;
import io.payonce.model.PaymentId;
import io.payonce.model.Shards;
import io.payonce.redis.ForwardingLane;
import io.payonce.redis.RawRedis;
import io.payonce.redis.RedisLane;
import io.payonce.redis.failure.RedisFailure;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which run of Redis is trusted, and when it is asked. */
class RunTrustTest {
  private static final Pattern ASKED = Pattern.compile("cmdstat_info:calls=(\\d+)");

  private final TestRedis redis = new TestRedis();
  private final LedgerSettings settings = LedgerSettings.of(15_000, 86_400_000, 604_800_000);
  private final RunTrust trust = trust(settings);

  private boolean saysNothing;

  /** The same lane, on which {@code INFO} may go unanswered. */
  private final RedisLane silent = new ForwardingLane() {
    @Override
    public RedisLane lane() {
      return redis.lane;
    }

    @Override
    public Future<Response> send(String key, Request request) {
      return saysNothing && request.command() == Command.INFO
          ? Future.failedFuture(RedisFailure.of(RedisFailure.Reason.TIMEOUT, "no answer"))
          : redis.lane.send(key, request);
    }
  };

  @AfterEach
  void stop() {
    redis.close();
  }

  private RunTrust trust(LedgerSettings of) {
    return new RunTrust(
        new ScriptRunner(redis.lane, of), of.epochs(), rest -> Future.succeededFuture());
  }

  @Test
  void a_server_is_asked_which_run_it_is_once_and_again_when_it_was_reached_anew() {
    await(trust.establish());
    long asked = asked();
    for (int i = 0; i < 70; i++) {
      await(trust.renew(Map.of()));
    }
    assertThat(asked()).isEqualTo(asked + 1); // which is this question
    RawRedis.ask(redis.redis.port(), "CLIENT", "KILL", "TYPE", "normal");
    reachedAgain();
    await(trust.renew(Map.of()));
    assertThat(asked()).isEqualTo(asked + 3);
  }

  @Test
  @Logs("the ledger has gone back in time")
  void a_redis_that_comes_back_without_its_memory_is_noticed_before_anything_is_asked_of_it() {
    await(trust.establish());
    PaymentId id = fresh();
    begun(redis.ledger(settings), sale(id, "ref:1"));
    await(trust.renew(Map.of()));
    restart();
    await(trust.renew(Map.of()));
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() ->
            settings.epochs().asksFirst(Shards.of(id.merchantId()), System.currentTimeMillis()));
  }

  @Test
  void who_lives_through_a_restart_vouches_for_the_new_run_at_its_next_look() {
    PaymentId id = fresh();
    begun(redis.ledger(settings), sale(id, "ref:1"));
    await(trust.establish());
    int shard = Shards.of(id.merchantId());
    String epoch = redis.run(Command.GET, LedgerKeys.epoch(shard)).toString();
    restart();
    redis.run(Command.SET, LedgerKeys.epoch(shard), epoch); // it had a file
    redis.run(Command.SET, LedgerKeys.run(shard), "run_id:former");
    await(trust.renew(Map.of()));
    LedgerSettings cold = LedgerSettings.of(15_000, 86_400_000, 604_800_000);
    await(trust(cold).establish());
    assertThat(cold.epochs().asksFirst(shard, System.currentTimeMillis())).isFalse();
  }

  @Test
  void behind_a_proxy_that_keeps_its_connections_what_others_have_seen_is_news() {
    await(trust.establish());
    String server = redis.lane.parts().get(0).name();
    long asked = asked();
    await(trust.renew(Map.of(server, "another")));
    assertThat(asked()).isEqualTo(asked + 2);
    await(trust.renew(Map.of(server, "another")));
    assertThat(asked()).as("seen once").isEqualTo(asked + 3);
  }

  @Test
  void a_server_that_does_not_say_which_run_it_is_is_asked_again_at_the_next_look() {
    RunTrust half = new RunTrust(
        new ScriptRunner(silent, settings), settings.epochs(), rest -> Future.succeededFuture());
    await(half.establish());
    Map<String, String> seen = Map.of(redis.lane.parts().get(0).name(), "another");
    saysNothing = true;
    assertThat(failure(half.renew(seen))).isInstanceOf(LedgerUnavailable.class);
    saysNothing = false;
    long asked = asked();
    await(half.renew(seen));
    assertThat(asked()).isEqualTo(asked + 2);
  }

  private static Throwable failure(Future<?> of) {
    return await(of.map((Throwable) null).recover(Future::succeededFuture));
  }

  private void restart() {
    redis.redis.kill();
    redis.redis.restart();
    reachedAgain();
  }

  private void reachedAgain() {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofMinutes(1))
        .until(() -> redis.lane.connected() && redis.lane.parts().get(0).dials() > 1);
  }

  private long asked() {
    Matcher found = ASKED.matcher(redis.run(Command.INFO, "commandstats").toString());
    return found.find() ? Long.parseLong(found.group(1)) : 0;
  }
}
