package io.payonce.limit;

import io.payonce.model.Account;
import io.payonce.redis.LuaScript;
import io.payonce.redis.RedisLane;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the fleet's limits in Redis: one script for each step, all keys under one hash tag. Its
 * futures fail only where it says so.
 */
final class FleetStore {
  private static final Logger LOG = LoggerFactory.getLogger(FleetStore.class);

  private static final String BUDGET = "payonce:{limits}:resends";
  private static final String MERCHANTS = "payonce:{limits}:merchants";
  private static final String REPORTS = "payonce:{limits}:reports";
  private static final String RATE = "payonce:{limits}:rate:";

  static final LuaScript DRAW = script("draw");
  static final LuaScript CREDIT = script("credit");
  static final LuaScript PASS = script("pass");
  static final LuaScript SLOW = script("slow");
  static final LuaScript LIMITED = script("limited");

  /** The words of the scripts, spelled as there. */
  enum OnDraw {
    DRAWN,
    EMPTY
  }

  enum OnCredit {
    CREDITED
  }

  enum OnPass {
    PASS,
    LATER,
    FREE
  }

  enum OnSlow {
    WARNED,
    SLOWED,
    KNOWN
  }

  enum OnLimited {
    LIMITED
  }

  /** Without Redis nothing is sent again; it is asked once a second. */
  private static final long AWAY_PAUSE_MILLIS = 1000;

  /** What was not reported for an hour is no longer news. */
  private static final long KEEP_REPORTS_MILLIS = 3_600_000;

  private final RedisLane lane;
  private final String podName;
  private final RetryBudget budget;
  private final Account account;

  /** @param account whose limits they are */
  FleetStore(RedisLane lane, String podName, Account account, RetryBudget budget) {
    this.account = account;
    this.lane = lane;
    this.podName = podName;
    this.budget = budget;
  }

  /** A merchant's rate is of one key: under another the platform may allow it another one. */
  static String named(Account account, String merchantId) {
    return account.isDefault() ? merchantId : account.name() + "/" + merchantId;
  }

  private String budgetKey() {
    return account.isDefault() ? BUDGET : BUDGET + "/" + account.name();
  }

  /** Leave for a send, or a refusal, and after how many milliseconds. */
  record Pass(boolean granted, long waitMillis) {
    static final Pass NOW = new Pass(true, 0);
  }

  /** Takes one resend out of the budget; Redis away: there is none. Never fails. */
  Future<Pass> draw() {
    return lane.eval(DRAW, List.of(budgetKey()), budget(Stream.of()))
        .map(response -> word(OnDraw.class, response) == OnDraw.DRAWN
            ? Pass.NOW
            : new Pass(false, response.get(1).toLong()))
        .otherwise(new Pass(false, AWAY_PAUSE_MILLIS));
  }

  /** Fails when Redis is unavailable. */
  Future<Void> credit(long fresh) {
    return fresh == 0 ? Future.succeededFuture() : add(RetryBudget.credit(fresh));
  }

  /** A resend that was drawn did not leave. When Redis misses it, less is sent again. */
  void giveBack() {
    add(1).onFailure(failure -> LOG.debug("resend not given back: {}", failure.getMessage()));
  }

  private Future<Void> add(double amount) {
    return lane.eval(CREDIT, List.of(budgetKey()), budget(Stream.of(Double.toString(amount))))
        .map(response -> word(OnCredit.class, response))
        .mapEmpty();
  }

  private List<Object> budget(Stream<String> more) {
    return Stream.<Object>concat(
            Stream.of(budget.floorPerSecond(), budget.burst(), RetryBudget.MEMORY_SECONDS)
                .map(number -> Double.toString(number)),
            more)
        .toList();
  }

  /**
   * A turn under the merchant's rate; Redis away: granted, for the ledger will not. Never fails.
   */
  Future<Pass> pass(String merchantId, long mostMillis) {
    return lane.eval(
            PASS,
            List.of(RATE + named(account, merchantId), MERCHANTS),
            List.of(
                named(account, merchantId),
                mostMillis,
                MerchantRate.SLACK_MILLIS,
                MerchantRate.KEEP_MILLIS,
                Double.toString(MerchantRate.LEAST)))
        .map(response -> switch (word(OnPass.class, response)) {
          case PASS -> new Pass(true, response.get(1).toLong());
          case LATER -> new Pass(false, response.get(1).toLong());
          case FREE -> Pass.NOW;
        })
        .otherwise(Pass.NOW);
  }

  /**
   * Brings the merchant's rate down for all pods; the next S04 tries again if Redis is unavailable.
   */
  Future<Boolean> slow(String merchantId, long takenPerSecond) {
    return lane.eval(
            SLOW,
            List.of(RATE + named(account, merchantId), MERCHANTS),
            List.of(
                named(account, merchantId),
                podName,
                takenPerSecond,
                Double.toString(MerchantRate.CUT),
                Double.toString(MerchantRate.GROWTH),
                Double.toString(MerchantRate.LEAST_GROWTH),
                Double.toString(MerchantRate.LEAST),
                MerchantRate.WARNINGS,
                MerchantRate.EPISODE_MILLIS,
                MerchantRate.KEEP_MILLIS))
        .map(response -> isSlowed(merchantId, response))
        .otherwise(false);
  }

  private boolean isSlowed(String merchantId, Response response) {
    OnSlow word = word(OnSlow.class, response);
    if (word == OnSlow.SLOWED) {
      double rate = response.get(1).toLong() / 1000.0;
      String merchant = named(account, merchantId);
      LOG.info("merchant slowed: {}, {} sends a second on all pods, S04", merchant, rate);
    }
    return word != OnSlow.WARNED;
  }

  /**
   * The fleet's knowledge.
   *
   * @param merchants those that have a rate
   * @param heardAgoMillis how long ago the platform last reported to any pod, by account
   */
  record Known(List<String> merchants, Map<String, Long> reportedAgoMillis) {}

  /**
   * Fails when Redis is unavailable.
   *
   * @param heardAgoMillis what was reported to this pod itself, by account
   */
  Future<Known> limited(Map<String, Long> reportedAgoMillis) {
    String news = reportedAgoMillis.entrySet().stream()
        .map(reported -> reported.getValue() + " " + reported.getKey() + "\n")
        .collect(Collectors.joining());
    return lane.eval(LIMITED, List.of(MERCHANTS, REPORTS), List.of(news, KEEP_REPORTS_MILLIS))
        .map(response -> {
          word(OnLimited.class, response);
          return new Known(
              response.get(1).stream().map(Response::toString).toList(), reported(response.get(2)));
        });
  }

  private static Map<String, Long> reported(Response pairs) {
    Map<String, Long> reported = new HashMap<>();
    for (int i = 0; i + 1 < pairs.size(); i += 2) {
      reported.put(pairs.get(i).toString(), pairs.get(i + 1).toLong());
    }
    return reported;
  }

  private static <W extends Enum<W>> W word(Class<W> words, Response response) {
    return Enum.valueOf(words, response.get(0).toString());
  }

  private static LuaScript script(String name) {
    String common = LuaScript.load(FleetStore.class, "common.lua").source();
    return LuaScript.of(
        name, common + LuaScript.load(FleetStore.class, name + ".lua").source());
  }
}
