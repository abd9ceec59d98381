package io.payonce.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.model.Account;
import io.payonce.redis.LuaScript;
import io.payonce.redis.RedisLane;
import io.payonce.redis.RedisSettings;
import io.payonce.sandbox.EmbeddedRedis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts on a real Redis: what they add up to, whatever the pace of this machine. */
@ExtendWith(VertxExtension.class)
class FleetStoreTest {
  private static EmbeddedRedis redis;
  private static final String MERCHANTS = "payonce:{limits}:merchants";

  private static RedisLane lane;

  private final FleetStore store =
      new FleetStore(lane, "pod-1", Account.DEFAULT, RetryBudget.USUAL);
  private final FleetStore other =
      new FleetStore(lane, "pod-2", Account.DEFAULT, RetryBudget.USUAL);

  @BeforeAll
  static void open(Vertx vertx) {
    redis = EmbeddedRedis.start(EmbeddedRedis.Options.defaults());
    lane = RedisLane.open(
        vertx,
        new RedisSettings(
            RedisSettings.Mode.STANDALONE,
            List.of(redis.uri()),
            null,
            Duration.ofSeconds(2),
            Duration.ofSeconds(2)));
    Awaitility.await().until(lane::connected);
  }

  @AfterAll
  static void close() {
    await(lane.close());
    redis.close();
  }

  @BeforeEach
  void forget() {
    await(lane.send("x", Request.cmd(Command.FLUSHALL)));
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private double rate(String merchant) {
    return Double.parseDouble(await(lane.send(
            "x",
            Request.cmd(Command.HGET).arg("payonce:{limits}:rate:" + merchant).arg("r")))
        .toString());
  }

  /** Makes the merchant's record older. */
  private void age(String merchant, long millis) {
    String key = "payonce:{limits}:rate:" + merchant;
    await(lane.eval(
        LuaScript.of(
            "age",
            "redis.call('HINCRBYFLOAT', KEYS[1], 'at', ARGV[1])"
                + " redis.call('HINCRBYFLOAT', KEYS[1], 'tat', ARGV[1]) return {'AGED'}"),
        List.of(key),
        List.of(-millis)));
  }

  private void warn(String merchant) {
    for (int i = 1; i < MerchantRate.WARNINGS; i++) {
      slow(store, merchant, 20);
    }
    assertThat(await(store.limited(Map.of())).merchants()).isEmpty();
    assertThat(await(store.pass(merchant, 0))).isEqualTo(FleetStore.Pass.NOW);
  }

  private void slow(FleetStore by, String merchant, long taken) {
    await(by.slow(merchant, taken));
  }

  private int drawAll() {
    int drawn = 0;
    while (await(store.draw()).granted()) {
      drawn++;
    }
    return drawn;
  }

  @Test
  void a_quiet_fleet_may_resend_a_burst_and_then_the_floor() {
    long since = System.nanoTime();
    int drawn = drawAll();
    double seconds = (System.nanoTime() - since) / 1e9;
    assertThat(drawn).isBetween((int) RetryBudget.USUAL.burst(), (int)
        (RetryBudget.USUAL.burst() + 1 + RetryBudget.USUAL.floorPerSecond() * seconds));
  }

  @Test
  void an_empty_budget_says_when_to_come_back() {
    FleetStore.Pass refused = await(store.draw());
    while (refused.granted()) {
      refused = await(store.draw());
    }
    assertThat(refused.waitMillis())
        .isBetween(1L, (long) (1000 / RetryBudget.USUAL.floorPerSecond()));
  }

  @Test
  void fresh_payments_of_all_pods_earn_a_tenth() {
    long since = System.nanoTime();
    drawAll();
    await(store.credit(500));
    await(other.credit(500));
    int drawn = drawAll();
    double seconds = (System.nanoTime() - since) / 1e9;
    assertThat(drawn)
        .isLessThanOrEqualTo((int) (100 + 1 + RetryBudget.USUAL.floorPerSecond() * seconds));
    assertThat(drawn)
        .isGreaterThan((int) (100 * Math.exp(-seconds / RetryBudget.MEMORY_SECONDS)) - 15);
  }

  @Test
  void a_resend_that_did_not_leave_is_given_back() {
    await(store.credit(1)); // who gives back does not wait, so Redis has to know the script
    drawAll();
    store.giveBack();
    assertThat(await(store.draw()).granted()).isTrue();
  }

  @Test
  void a_merchant_that_never_met_s04_has_no_rate() {
    assertThat(await(store.limited(Map.of())).merchants()).isEmpty();
    assertThat(await(store.pass("m1", 0))).isEqualTo(FleetStore.Pass.NOW);
  }

  @Test
  void s04s_that_are_no_accident_cut_what_each_pod_had_got_through() {
    warn("m1");
    slow(store, "m1", 20);
    assertThat(await(store.limited(Map.of())).merchants()).containsExactly("m1");
    assertThat(rate("m1")).isEqualTo(20 * MerchantRate.CUT);
    slow(other, "m1", 10);
    assertThat(rate("m1")).isEqualTo(30 * MerchantRate.CUT);
  }

  @Test
  void those_whose_rate_is_over_go_a_part_at_a_time_and_are_named_no_more() {
    warn("m1");
    slow(store, "m1", 20);
    for (int i = 0; i < 250; i++) {
      await(lane.send("x", Request.cmd(Command.ZADD).arg(MERCHANTS).arg(i).arg("over-" + i)));
    }
    for (int left : new int[] {151, 51, 1, 1}) {
      assertThat(await(store.limited(Map.of())).merchants()).containsExactly("m1");
      assertThat(
              await(lane.send("x", Request.cmd(Command.ZCARD).arg(MERCHANTS))).toInteger())
          .isEqualTo(left);
    }
  }

  @Test
  void s04s_of_one_moment_are_one_piece_of_news() {
    long since;
    do { // until this machine makes it one moment
      forget();
      warn("m1");
      since = System.nanoTime();
      for (int i = 0; i < 50; i++) {
        slow(store, "m1", 20);
      }
    } while (System.nanoTime() - since > MerchantRate.EPISODE_MILLIS * 1_000_000);
    assertThat(rate("m1")).isEqualTo(20 * MerchantRate.CUT);
  }

  @Test
  void a_later_s04_cuts_again_from_what_passed_lately_but_never_to_nothing() {
    warn("m1");
    slow(store, "m1", 20);
    for (int i = 0; i < 12; i++) {
      age("m1", MerchantRate.EPISODE_MILLIS);
      slow(store, "m1", 20);
    }
    assertThat(rate("m1")).isEqualTo(MerchantRate.LEAST);
  }

  @Test
  void turns_are_given_out_one_after_the_other() {
    warn("m1");
    slow(store, "m1", 10); // 7 a second: 143 ms each
    long interval = (long) (1000 / (10 * MerchantRate.CUT));
    long slack = MerchantRate.SLACK_MILLIS;
    age("m1", slack);
    for (long used = 0; used <= slack; used += interval) {
      assertThat(await(store.pass("m1", 0)).granted()).isTrue();
    }
    FleetStore.Pass refused = await(other.pass("m1", 0));
    while (refused.granted()) { // turns that came while this machine was busy
      refused = await(other.pass("m1", 0));
    }
    assertThat(refused.waitMillis()).isBetween(1L, interval + 1);
    long since = System.nanoTime();
    long first = await(store.pass("m1", 10_000)).waitMillis();
    long second = await(store.pass("m1", 10_000)).waitMillis();
    long passed = (System.nanoTime() - since) / 1_000_000;
    assertThat(first).isLessThanOrEqualTo(interval + 1);
    assertThat(second).isBetween(first + interval - passed - 2, first + interval + 1);
  }

  @Test
  void the_rate_grows_with_time() {
    warn("m1");
    slow(store, "m1", 10);
    age("m1", 100_000); // from 7 by 0.2 a second to 27
    long since = System.nanoTime();
    int passes = 0;
    while (await(store.pass("m1", 0)).granted()) {
      passes++;
    }
    double seconds = (System.nanoTime() - since) / 1e9 + MerchantRate.SLACK_MILLIS / 1000.0;
    assertThat(passes)
        .isBetween((int) (21 * MerchantRate.SLACK_MILLIS / 1000), (int) (1 + 28 * seconds));
  }

  /** The merchant of the same number is another account's customer. */
  @Test
  void what_slows_a_merchant_of_one_account_slows_no_other_account() {
    Account north = new Account("north");
    FleetStore northern = new FleetStore(lane, "pod-1", north, RetryBudget.USUAL);
    for (int i = 0; i <= MerchantRate.WARNINGS; i++) {
      slow(northern, "m1", 20);
    }
    assertThat(await(store.limited(Map.of())).merchants()).containsExactly("north/m1");
    PodLimits ofAll = limits();
    PodLimits ofNorth = limits();
    PodLimits ofSouth = limits();
    Map<Account, PodLimits> accounts =
        Map.of(Account.DEFAULT, ofAll, north, ofNorth, new Account("south"), ofSouth);
    await(exchange("pod-2", accounts, new PlatformReports(() -> System.nanoTime() / 1_000_000)));
    assertThat(ofNorth.merchants().isLimited("m1")).isTrue();
    assertThat(ofNorth.slowed()).containsExactly("m1");
    assertThat(ofAll.slowed()).as("a figure of its own").isEmpty();
    assertThat(ofAll.merchants().isLimited("m1")).isFalse();
    assertThat(ofSouth.merchants().isLimited("m1")).isFalse();
    for (int i = 0; i < 1000; i++) {
      assertThat(await(store.pass("m1", 0))).isEqualTo(FleetStore.Pass.NOW);
    }
  }

  @Test
  void thousands_of_one_account_hide_no_merchant_of_another_that_is_slowed_now() {
    long soon = System.currentTimeMillis() + 30_000;
    Request many = Request.cmd(Command.ZADD).arg("payonce:{limits}:merchants");
    for (int i = 0; i < 2000; i++) {
      many.arg(soon).arg("north/m" + i);
    }
    await(lane.send("x", many));
    for (int i = 0; i <= MerchantRate.WARNINGS; i++) {
      slow(store, "m1", 10);
    }
    assertThat(await(other.limited(Map.of())).merchants()).hasSize(1000).contains("m1");
  }

  @Test
  void what_one_pod_was_reported_all_know_and_how_long_ago() {
    assertThat(await(other.limited(Map.of())).reportedAgoMillis()).isEmpty();
    await(store.limited(Map.of("", 5000L, "acme.eu", 90_000L)));
    Map<String, Long> known =
        await(other.limited(Map.of("acme.eu", 400_000L, "late", 0L))).reportedAgoMillis();
    assertThat(known).containsOnlyKeys("", "acme.eu", "late");
    assertThat(known.get("")).isBetween(5000L, 65_000L);
    assertThat(known.get("acme.eu")).as("the younger one").isBetween(90_000L, 150_000L);
    assertThat(known.get("late")).isLessThan(60_000);
  }

  /** As after a failover to a server whose clock is an hour behind. */
  @Test
  void a_turn_of_a_clock_that_has_gone_back_is_not_waited_for() {
    warn("m1");
    slow(store, "m1", 10);
    await(store.pass("m1", 2000));
    age("m1", -3_600_000);
    assertThat(await(store.pass("m1", 2000)))
        .returns(true, FleetStore.Pass::granted)
        .returns(0L, FleetStore.Pass::waitMillis);
    assertThat(await(other.pass("m1", 2000)).waitMillis()).isLessThan(1000);
  }

  @Test
  void a_cut_of_a_clock_that_has_gone_back_is_no_news_of_this_moment() {
    warn("m1");
    slow(store, "m1", 20);
    age("m1", -3_600_000);
    slow(store, "m1", 20);
    assertThat(rate("m1")).isLessThan(20 * MerchantRate.CUT);
  }

  /** As after a failover to a server whose clock is behind. */
  @Test
  void a_report_from_the_future_ages_from_now_on_and_hides_no_other() {
    String ahead = String.valueOf(System.currentTimeMillis() + 3_600_000);
    for (String account : List.of("told", "untold")) {
      await(lane.send(
          "x",
          Request.cmd(Command.HSET).arg("payonce:{limits}:reports").arg(account).arg(ahead)));
    }
    Map<String, Long> known = await(store.limited(Map.of("told", 50_000L))).reportedAgoMillis();
    assertThat(known.values()).allMatch(ago -> ago >= 0 && ago < 50_000);
    for (String account : List.of("told", "untold")) {
      Awaitility.await()
          .until(() -> await(other.limited(Map.of())).reportedAgoMillis().get(account) > 0);
    }
  }

  @Test
  void a_pod_that_was_not_reported_to_knows_within_an_exchange_that_another_was() {
    PlatformReports one = new PlatformReports(() -> System.nanoTime() / 1_000_000);
    PlatformReports two = new PlatformReports(() -> System.nanoTime() / 1_000_000);
    one.reported("");
    await(exchange("pod-1", Map.of(Account.DEFAULT, limits()), one));
    assertThat(two.sinceMillis("")).isEqualTo(PlatformReports.NEVER);
    await(exchange("pod-2", Map.of(Account.DEFAULT, limits()), two));
    assertThat(two.sinceMillis("")).isLessThan(60_000);
  }

  private static PodLimits limits() {
    return new PodLimits("p", 10, () -> System.nanoTime() / 1_000_000);
  }

  private Future<Void> exchange(
      String pod, Map<Account, PodLimits> accounts, PlatformReports reports) {
    return new FleetExchange(accounts, reports, lane, pod, RetryBudget.USUAL).exchange();
  }

  static Stream<LuaScript> scripts() {
    return Stream.of(
        FleetStore.DRAW, FleetStore.CREDIT, FleetStore.PASS, FleetStore.SLOW, FleetStore.LIMITED);
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void a_scripts_header_says_what_its_body_takes_and_answers(LuaScript script) {
    String own = script.source().substring(script.source().indexOf("-- " + script.name() + ": "));
    for (String table : List.of("KEYS", "ARGV")) {
      String inHeader =
          String.join(" ", all("(?m)^-- " + table + ": ?(.*)$", own)).strip();
      String inBody = String.join(" ", all("local ([^=]+) = unpack\\(" + table + "\\)", own))
          .replace(",", "");
      assertThat(inBody).isEqualTo(inHeader);
    }
    List<String> returned = all("(?m)^-- returns: (.*)$", own).stream()
        .flatMap(line -> Stream.of(line.split("\\|")))
        .map(word -> word.strip().split(" ")[0])
        .toList();
    assertThat(all("return \\{'([A-Z_]+)'", own).stream().distinct())
        .containsExactlyInAnyOrderElementsOf(returned);
    assertThat(returned).containsExactlyInAnyOrderElementsOf(words(script));
  }

  private static List<String> words(LuaScript script) {
    Enum<?>[] words = switch (script.name()) {
      case "draw" -> FleetStore.OnDraw.values();
      case "credit" -> FleetStore.OnCredit.values();
      case "pass" -> FleetStore.OnPass.values();
      case "slow" -> FleetStore.OnSlow.values();
      default -> FleetStore.OnLimited.values();
    };
    return Stream.of(words).map(Enum::name).toList();
  }

  private static List<String> all(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }
}
