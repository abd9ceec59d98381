package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import io.payonce.redis.Signals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** More calls at once than can be begun: some wait at the door, some are turned away there. */
class CrowdIT {
  /** More than enough to fill the entrances of a few event loops. */
  private static final int CALLS = 700 * Math.max(2, Runtime.getRuntime().availableProcessors());

  /** A frozen Redis is waited for: it stands for one that has too much to do. */
  private static final Map<String, String> PATIENT = Map.of(
      "redis.callTimeoutMs",
      "10000",
      "recovery.leaseMs",
      "40000",
      "upstream.maxConnections",
      "5000");

  @Test
  void a_crowd_that_comes_at_once_waits_and_is_served() {
    try (House house = house()) {
      Map<String, CompletableFuture<Got>> calls = new LinkedHashMap<>();
      Signals.freeze(house.redis().pid());
      try {
        crowd(house, calls);
      } finally {
        Signals.thaw(house.redis().pid());
      }
      calls.forEach((id, call) ->
          assertThat(call.join().isPaid()).as(id + ": " + call.join().body()).isTrue());
      assertThat(house.platform().charges().all()).hasSize(1 + CALLS);
    }
  }

  @Test
  void who_waits_too_long_is_turned_away_and_has_cost_nothing() {
    try (House house = house()) {
      Map<String, CompletableFuture<Got>> calls = new LinkedHashMap<>();
      Signals.freeze(house.redis().pid());
      try {
        crowd(house, calls);
        House.until(() -> calls.values().stream().anyMatch(CompletableFuture::isDone));
      } finally {
        Signals.thaw(house.redis().pid());
      }
      List<String> turnedAway = new ArrayList<>();
      List<String> late = new ArrayList<>();
      calls.forEach((id, call) -> {
        Got got = call.join();
        if (got.body().contains("too many calls at once")) {
          turnedAway.add(id);
          assertThat(got.code() + " " + got.header("Payonce-Source")).isEqualTo("E01 proxy");
          assertThat(got.header("Payonce-Sent")).isEqualTo("unknown");
          assertThat(got.header("Retry-After")).isEqualTo("1");
          assertThat(got.header("Connection")).as("the connection is kept").isNull();
        } else if (got.code().equals("E01")) {
          late.add(id); // let in, and the ledger took too long
          assertThat(got.header("Payonce-Sent")).isEqualTo("no");
        } else {
          assertThat(got.isPaid()).as(got.body()).isTrue();
        }
      });
      assertThat(turnedAway.size()).isBetween(1, CALLS - 1);
      int served = CALLS - turnedAway.size() - late.size();
      assertThat(house.platform().charges().all()).hasSize(1 + served);
      assertThat(house.admin(0))
          .contains("payonce_payments_total{operation=\"sale\",outcome=\"crowded\"} "
              + (double) turnedAway.size());
      String one = turnedAway.get(0);
      assertThat(house
              .operator()
              .get("/admin/payments/" + Caller.MERCHANT + "/" + one)
              .status())
          .isEqualTo(404);
      Got again = house.caller().pay(Caller.sale("order-" + one.substring(6), one));
      assertThat(again.isPaid()).as(again.body()).isTrue();
      assertThat(again.header("Payonce-Replayed")).isNull();
    }
  }

  private static House house() {
    House house = new House(PATIENT);
    Got first =
        house.patiently(() -> house.caller().pay(Caller.sale("order-first", "crowd-first")));
    assertThat(first.isPaid()).as(first.body()).isTrue();
    return house;
  }

  private static void crowd(House house, Map<String, CompletableFuture<Got>> calls) {
    for (int i = 0; i < CALLS; i++) {
      String id = "crowd-" + i;
      calls.put(
          id,
          house.caller().postAsync(Caller.SALE, Caller.sale("order-" + i, id).encode()));
    }
  }
}
