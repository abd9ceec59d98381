package io.payonce.redis;

import static io.payonce.redis.Lanes.COUNT;
import static io.payonce.redis.Lanes.SET;
import static io.payonce.redis.Lanes.failure;
import static io.payonce.redis.Lanes.get;
import static io.payonce.redis.Lanes.result;
import static io.payonce.redis.Lanes.set;
import static io.payonce.redis.Lanes.waiting;
import static io.payonce.redis.Lanes.works;
import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.journal.Journals;
import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.model.Shards;
import io.payonce.outcome.OutcomeCursor;
import io.payonce.outcome.OutcomeEntry;
import io.payonce.outcome.OutcomeJournal;
import io.payonce.redis.RedisSettings.Mode;
import io.payonce.redis.failure.RedisFailure;
import io.payonce.redis.failure.RedisFailure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** One cluster for all: the tests that change it for good come last. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(VertxExtension.class)
class ClusterLaneIT {
  private static RedisCluster cluster;
  private static final int OUTCOMES = 60;

  /** That the replica is there is the point, not how soon. */
  private static final Duration PATIENT = Duration.ofSeconds(30);

  private RedisLane lane;

  @BeforeAll
  static void start() {
    cluster = RedisCluster.start();
    Vertx vertx = Vertx.vertx();
    RedisLane lane = Lanes.connected(vertx, Lanes.settings(Mode.CLUSTER, cluster.uris()));
    writeOutcomes(lane);
    result(vertx.close());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void open(Vertx vertx) {
    lane = Lanes.connected(vertx, Lanes.settings(Mode.CLUSTER, cluster.uris()));
  }

  @AfterEach
  void close() {
    result(lane.close());
  }

  @Test
  @Order(1)
  void every_key_finds_its_node_and_a_script_its_slot() {
    List<Future<Response>> counts = IntStream.range(0, 300)
        .mapToObj(i -> lane.eval(COUNT, List.of("payonce:{s" + i + "}:n"), List.of()))
        .toList();
    counts.forEach(count -> assertThat(result(count).toInteger()).isEqualTo(1));
    for (int node = 0; node < 3; node++) {
      assertThat((Long) cluster.ask(node, "DBSIZE")).isPositive();
    }
  }

  @Test
  @Order(2)
  void keys_of_two_slots_are_refused_without_being_quoted() {
    RedisFailure failure = failure(lane.eval(SET, List.of("secret_a", "secret_b"), List.of("x")));
    assertThat(failure.word()).isEqualTo("CROSSSLOT");
    assertThat(failure.mayHaveRun()).isFalse();
    assertThat(failure.toString()).doesNotContain("secret");
  }

  @Test
  @Order(3)
  void the_journal_of_all_nodes_is_one_list() {
    List<OutcomeEntry> seen = Journals.walk(journal(), OutcomeCursor.START, 7);
    assertThat(seen).hasSize(OUTCOMES).isSortedAccordingTo(comparing(OutcomeEntry::cursor));
    for (int node = 0; node < 3; node++) {
      int of = node;
      assertThat(seen)
          .anyMatch(each -> cluster.ownerOf(LedgerKeys.outcomes(each.cursor().shard())) == of);
    }
  }

  /** As other tests of this class change the cluster, all shards have one from the beginning. */
  private static void writeOutcomes(RedisLane lane) {
    for (int i = 0; i < OUTCOMES; i++) {
      int shard = i * 7 % Shards.COUNT;
      Journals.add(lane, shard, (1_764_400_000_000L + i) + "-0", Journals.sale("M", "r" + i));
    }
  }

  private OutcomeJournal journal() {
    return Journals.journal(lane);
  }

  /** All, or a clear failure: a part that is away makes no shorter list. */
  private boolean tellsAll() {
    try {
      assertThat(result(journal().read(OutcomeCursor.START, 2 * OUTCOMES)).entries())
          .hasSize(OUTCOMES);
      return true;
    } catch (LedgerUnavailable away) {
      return false;
    }
  }

  @Test
  @Order(3)
  void a_replicated_script_reaches_the_shard_s_replica() {
    Response answer = result(lane.evalReplicated(SET, List.of("{s1}"), List.of("x"), 1, PATIENT));
    assertThat(answer.toString()).isEqualTo("OK");
  }

  @Test
  @Order(4)
  void a_slot_on_the_move_is_asked_for_at_its_new_home(Vertx vertx) {
    RedisLane patientLane = Lanes.connected(vertx, within(Duration.ofMinutes(1)));
    RedisLane hastyLane = Lanes.connected(vertx, within(Duration.ofMillis(500)));
    Move move = new Move("{moving}", cluster);
    result(lane.send("{moving}:old", set("{moving}:old", "here")));
    move.begin();
    // Not there yet, so the old node says ASK; scripts it does not know there, plain commands,
    // replicated ones.
    List<Future<Response>> asked = List.of(
        lane.eval(COUNT, List.of("{moving}:new"), List.of()),
        lane.send("{moving}:plain", set("{moving}:plain", "x")),
        lane.evalReplicated(SET, List.of("{moving}:safe"), List.of("x"), 1, PATIENT),
        lane.eval(COUNT, List.of("{moving}:new"), List.of()));
    asked.forEach(Lanes::result);
    assertThat(result(lane.send("{moving}:old", get("{moving}:old"))).toString())
        .isEqualTo("here");
    assertThat(move.keysAtTheNewHome()).isEqualTo(3);

    // One key here, one there: no node can run that now. Who has time gets it done all the same.
    Future<Response> patient =
        patientLane.eval(COUNT, List.of("{moving}:new", "{moving}:old"), List.of());
    waiting().until(() -> move.refusals() > 20);
    AtomicReference<RedisFailure> torn = new AtomicReference<>();
    waiting()
        .until(
            () -> { // on a busy machine a refusal may itself be late for a hasty call
              torn.set(failure(
                  hastyLane.eval(COUNT, List.of("{moving}:new", "{moving}:old"), List.of())));
              return "TRYAGAIN".equals(torn.get().word());
            });
    assertThat(torn.get().mayHaveRun()).isFalse();
    assertThat(patient.isComplete()).isFalse();

    move.finish();
    assertThat(result(patient).toInteger()).isEqualTo(3);
    assertThat(result(lane.send("{moving}:old", get("{moving}:old"))).toString())
        .isEqualTo("here");
    assertThat(result(lane.eval(COUNT, List.of("{moving}:new"), List.of())).toInteger())
        .isEqualTo(4);
    result(patientLane.close());
    result(hastyLane.close());
  }

  private static RedisSettings within(Duration callTimeout) {
    RedisSettings usual = Lanes.settings(Mode.CLUSTER, cluster.uris());
    return new RedisSettings(usual.mode(), usual.uris(), null, usual.connectTimeout(), callTimeout);
  }

  @Test
  @Order(5)
  void a_killed_primary_takes_only_its_own_slots_along_until_its_replica_takes_over() {
    String lost = "{lost}";
    int victim = cluster.ownerOf(lost);
    String healthy = IntStream.range(0, 100)
        .mapToObj(i -> "{h" + i + "}")
        .filter(key -> cluster.ownerOf(key) != victim)
        .findFirst()
        .orElseThrow();
    result(lane.send(lost, set(lost, "x")));
    cluster.node(victim).kill();
    // Until the failover is done, not one call to the others fails.
    int rounds = 0;
    boolean refused = false;
    boolean untold = false;
    do {
      assertThat(result(lane.eval(COUNT, List.of(healthy), List.of())).toInteger())
          .isEqualTo(++rounds);
      refused |= !works(lane, lost);
      untold |= !tellsAll();
    } while (!works(lane, lost));
    assertThat(refused).isTrue();
    assertThat(untold).isTrue();
    waiting().until(lane::connected);
    waiting().until(this::tellsAll);
    assertThat(result(lane.send(lost, set(lost, "y"))).toString()).isEqualTo("OK");

    cluster.node(victim).restart();
    waiting().until(() -> cluster.ask(victim, "ROLE").toString().startsWith("[slave"));
    assertThat(works(lane, lost)).isTrue();
  }

  @Test
  @Order(6)
  void a_frozen_primary_fails_its_own_calls_only() {
    String frozen = "{frozen}";
    int victim =
        IntStream.range(0, 6).filter(node -> serves(node, frozen)).findFirst().orElseThrow();
    Signals.freeze(cluster.node(victim).pid());
    try {
      RedisFailure failure = failure(lane.send(frozen, set(frozen, "x")));
      assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(failure.mayHaveRun()).isTrue();
      waiting().until(() -> lane.connected() && works(lane, frozen));
    } finally {
      Signals.thaw(cluster.node(victim).pid());
    }
    assertThat(result(lane.send(frozen, set(frozen, "y"))).toString()).isEqualTo("OK");
  }

  /** A node that does not serve a key's slot says MOVED. */
  private static boolean serves(int node, String key) {
    try {
      cluster.ask(node, "GET", key);
      return true;
    } catch (IllegalStateException moved) {
      return false;
    }
  }

  /** The migration of one key's slot to the next primary, as redis-cli does it. */
  private static final class Move {
    private final String key;
    private final RedisCluster cluster;
    private final int slot;
    private final int from;
    private final int to;

    Move(String key, RedisCluster cluster) {
      this.key = key;
      this.cluster = cluster;
      this.slot = HashSlot.of(key);
      this.from = cluster.ownerOf(key);
      this.to = (from + 1) % 3;
    }

    void begin() {
      cluster.ask(to, "CLUSTER", "SETSLOT", slot, "IMPORTING", cluster.id(from));
      cluster.ask(from, "CLUSTER", "SETSLOT", slot, "MIGRATING", cluster.id(to));
    }

    long keysAtTheNewHome() {
      return (Long) cluster.ask(to, "CLUSTER", "COUNTKEYSINSLOT", slot);
    }

    /** How often scripts have met half of their keys. */
    long refusals() {
      return LongStream.of(from, to).map(node -> refusals((int) node)).sum();
    }

    private long refusals(int node) {
      Matcher count = Pattern.compile("errorstat_TRYAGAIN:count=(\\d+)")
          .matcher(RawRedis.text(cluster.ask(node, "INFO", "errorstats")));
      return count.find() ? Long.parseLong(count.group(1)) : 0;
    }

    void finish() {
      cluster.ask(from, "MIGRATE", "127.0.0.1", cluster.node(to).port(), key + ":old", 0, 5000);
      cluster.ask(to, "CLUSTER", "SETSLOT", slot, "NODE", cluster.id(to));
      cluster.ask(from, "CLUSTER", "SETSLOT", slot, "NODE", cluster.id(to));
    }
  }
}
