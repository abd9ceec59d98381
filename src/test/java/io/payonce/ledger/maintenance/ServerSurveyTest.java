package io.payonce.ledger.maintenance;

import static io.payonce.ledger.LedgerWords.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.redis.EmptyRedis;
import io.payonce.redis.CommandRight;
import io.payonce.redis.DryRun.Objection;
import io.payonce.redis.RawRedis;
import io.payonce.redis.RedisLane;
import io.payonce.redis.RedisSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerSurveyTest extends EmptyRedis {

  @AfterEach
  void restore() {
    ask("CONFIG", "SET", "maxmemory", "0");
    ask("CONFIG", "SET", "maxmemory-policy", "noeviction");
    ask("CONFIG", "SET", "min-replicas-to-write", "0");
  }

  @Test
  void a_redis_says_what_it_is() {
    ask("CONFIG", "SET", "maxmemory", "100mb");
    ask("CONFIG", "SET", "maxmemory-policy", "volatile-lru");
    RedisDurability keeping =
        await(new ServerSurvey(redis.lane).look()).values().iterator().next().get();
    assertThat(keeping.replication().isPrimary()).isTrue();
    assertThat(keeping.memory().policy()).isEqualTo("volatile-lru");
    assertThat(keeping.memory().max()).isEqualTo(100L << 20);
    assertThat(keeping.memory().used()).isPositive();
    assertThat(keeping.files().appendOnly()).isFalse();
    assertThat(keeping.files().writesWell()).isTrue();
    assertThat(keeping.replication().replicas()).isZero();
  }

  @Test
  void replicas_count_that_have_caught_up() {
    RedisDurability keeping = ServerSurvey.read("""
        run_id:r1
        role:master
        connected_slaves:2
        slave0:ip=10.0.0.1,port=6379,state=online,offset=1,lag=0
        slave1:ip=10.0.0.2,port=6379,state=wait_bgsave,offset=0,lag=0
        maxmemory_policy:noeviction
        evicted_keys:3
        aof_enabled:1
        aof_last_write_status:err
        """).orElseThrow();
    assertThat(keeping.run()).isEqualTo("r1");
    assertThat(keeping.replication().replicas()).isEqualTo(1);
    assertThat(keeping.memory().evictedKeys()).isEqualTo(3);
    assertThat(keeping.files().writesWell()).isFalse();
  }

  @Test
  void what_leaves_the_policy_out_is_unchecked() {
    assertThat(ServerSurvey.read("# Server\nredis_version:7.0.0\n")).isEmpty();
  }

  @Test
  void whoever_may_do_all_meets_no_objection_and_leaves_nothing() {
    assertThat(await(new ServerSurvey(redis.lane).tryAll(true)).objections()).isEmpty();
    assertThat(ask("DBSIZE")).isEqualTo(0L);
  }

  /** Exactly the user that the documents describe; a database is chosen by a command of its own. */
  @Test
  void the_documented_user_may_do_all_that_is_tried_and_what_comes_after() {
    for (String database : List.of("", "/3")) {
      RedisLane lane = user("payonce", CommandRight.acl("payonce"), database);
      ServerSurvey survey = new ServerSurvey(lane, true);
      assertThat(await(survey.tryAll(true)).objections()).isEmpty();
      assertThat(await(survey.look()).values()).allMatch(Optional::isPresent);
      await(lane.close());
    }
  }

  @Test
  void each_command_that_is_missing_is_named() {
    RedisLane lane = user("few", "resetchannels -@all ~payonce:* +@all -zadd -hincrby");
    assertThat(await(new ServerSurvey(lane).tryAll(false)).objections())
        .containsExactly(new Objection("NOPERM", List.of("HINCRBY", "ZADD")));
    await(lane.close());
  }

  @Test
  void replicas_that_may_not_be_waited_for_are_objected_to_where_they_are() {
    RedisLane lane = user("hasty", "resetchannels +@all ~payonce:* -wait");
    assertThat(await(new ServerSurvey(lane, false).tryAll(false)).objections()).isEmpty();
    assertThat(await(new ServerSurvey(lane, true).tryAll(false)).objections())
        .containsExactly(new Objection("NOPERM", List.of("WAIT")));
    await(lane.close());
  }

  @Test
  void other_keys_than_the_shards_are_tried_too() {
    RedisLane lane = user("shards", "resetchannels +@all ~payonce:{s*");
    assertThat(await(new ServerSurvey(lane).tryAll(false)).objections())
        .containsExactly(new Objection("NOPERM", List.of()));
    await(lane.close());
  }

  @Test
  void scripts_that_cannot_be_sent_whole_show_although_the_known_ones_run() {
    await(new ServerSurvey(redis.lane).tryAll(false));
    RedisLane lane = user("known", "resetchannels ~payonce:* +@all -eval");
    assertThat(await(new ServerSurvey(lane).tryAll(false)).objections())
        .containsExactly(new Objection("NOPERM", List.of()));
    await(lane.close());
  }

  @Test
  void info_that_may_not_be_asked_for_is_unchecked() {
    RedisLane lane = user("blind", "resetchannels ~payonce:* +@all -info");
    assertThat(await(new ServerSurvey(lane).look()).values()).containsExactly(Optional.empty());
    await(lane.close());
  }

  @Test
  void what_redis_takes_no_writes_for_is_objected_to() {
    ask("CONFIG", "SET", "min-replicas-to-write", "1");
    assertThat(words()).containsExactly("NOREPLICAS");
    ask("CONFIG", "SET", "min-replicas-to-write", "0");
    ask("CONFIG", "SET", "maxmemory", "100kb");
    assertThat(words()).containsExactly("OOM");
  }

  private static Stream<String> words() {
    return await(new ServerSurvey(redis.lane).tryAll(false)).objections().stream()
        .map(Objection::word);
  }

  private static RedisLane user(String name, String rules) {
    return user(name, rules, "");
  }

  private static RedisLane user(String name, String rules, String database) {
    String[] words = ("ACL SETUSER " + name + " reset on >pw " + rules).split(" ");
    RawRedis.ask(redis.redis.port(), (Object[]) words);
    RedisLane lane = RedisLane.open(
        redis.vertx,
        RedisSettings.standalone(
            "redis://" + name + ":pw@127.0.0.1:" + redis.redis.port() + database));
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> lane.connected()
            && lane.parts().stream().allMatch(part -> part.connected())
            && !lane.parts().isEmpty());
    return lane;
  }

  private static Object ask(Object... words) {
    return RawRedis.ask(redis.redis.port(), words);
  }
}
