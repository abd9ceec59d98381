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
  private static final Map<String, String> PATIENT =
      Map.of("redis.callTimeoutMs", "5000", "recovery.leaseMs", "30000");

  @Test
  void who_is_turned_away_has_cost_nothing_and_who_is_let_in_is_served() {
    try (House house = new House(PATIENT)) {
      Got first =
          house.patiently(() -> house.caller().pay(Caller.sale("order-first", "crowd-first")));
      assertThat(first.isPaid()).as(first.body()).isTrue();
      Map<String, CompletableFuture<Got>> calls = new LinkedHashMap<>();
      Signals.freeze(house.redis().pid());
      try {
        for (int i = 0; i < CALLS; i++) {
          String id = "crowd-" + i;
          String sale = Caller.sale("order-" + i, id).encode();
          calls.put(id, house.caller().postAsync(Caller.SALE, sale));
        }
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
      assertThat(house.admin("/api/payments/" + Caller.MERCHANT + "/" + one)).contains("not");
      Got again = house.caller().pay(Caller.sale("order-" + one.substring(6), one));
      assertThat(again.isPaid()).as(again.body()).isTrue();
      assertThat(again.header("Payonce-Replayed")).isNull();
    }
  }
}
