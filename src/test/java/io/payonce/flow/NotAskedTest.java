package io.payonce.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.FakeSight;
import io.payonce.model.Answer;
import io.payonce.model.Intent;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.StageName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Payments in doubt of which nothing can be learnt now, and when they are looked at again. */
class NotAskedTest {
  private static final Answer NOT_FOUND = Shop.code("C12");

  private final Shop shop = new Shop();

  private long pause() {
    return new FakeSight(shop.store).earliestDueMillis() - shop.nowMillis();
  }

  /** Works on it when it is due, so often. */
  private void workOn(int times) {
    for (int i = 0; i < times; i++) {
      shop.pass(Math.max(0, pause()));
      shop.workNow("id-1");
    }
  }

  /** From half a second, and half of it by chance. */
  @Test
  void what_finds_no_place_waits_for_up_to_four_doublings_and_no_longer() {
    shop.noQuestions(true);
    byte[] body = Shop.sale("id-1", "order-1").getBytes(StandardCharsets.UTF_8);
    Intent intent = shop.begin(new PaymentId("M1", "id-1"), Operation.SALE, "ref:order-1", body);
    shop.defer(intent, "IN_DOUBT", "1.1.1.");
    List<Long> pauses = new ArrayList<>();
    for (int times = 0; times < 10; times++) {
      workOn(1);
      pauses.add(pause());
    }
    assertThat(pauses)
        .startsWith(500L, 1000L, 2000L, 4000L)
        .endsWith(4000L, 4000L, 4000L, 4000L, 4000L, 4000L);
    assertThat(shop.payment("id-1").steps()).isEqualTo(4);
  }

  @Test
  void what_was_met_by_silence_for_long_waits_no_longer_for_a_place_than_others() {
    shop.pay(Shop.sale("id-1", "order-1"));
    shop.pass(600_000);
    workOn(20);
    int steps = shop.payment("id-1").steps();
    shop.noQuestions(true);
    workOn(1);
    assertThat(pause()).isEqualTo(4000);
    shop.noQuestions(false);
    workOn(1);
    assertThat(pause()).as("silence again").isEqualTo(45_000);
    assertThat(shop.payment("id-1").steps()).isEqualTo(steps + 1);
  }

  @Test
  void what_is_not_asked_comes_before_an_operator_all_the_same() {
    shop.pay(Shop.sale("id-1", "order-1"));
    shop.noQuestions(true);
    shop.pass(600_000);
    shop.workNow("id-1");
    assertThat(shop.payment("id-1").stage().name()).isEqualTo(StageName.ATTENTION);
    assertThat(shop.isListed("id-1")).isTrue();
  }

  @Test
  void silence_keeps_a_payment_for_review_waiting_a_third_as_long_as_an_answer() {
    shop.pay(Shop.sale("id-1", "order-1"));
    shop.pass(600_000);
    workOn(20);
    assertThat(shop.payment("id-1").stage().name()).isEqualTo(StageName.ATTENTION);
    assertThat(pause()).as("half of 90 s by chance").isEqualTo(45_000);
    shop.questions(Shop.status("P", "id-1", "order-1"));
    workOn(1);
    assertThat(pause()).as("half of 300 s").isEqualTo(150_000);
  }

  @Test
  void what_waits_for_the_budget_asks_more_and_more_seldom() {
    shop.pay(Shop.sale("id-1", "order-1"));
    shop.noBudget();
    long asked = shop.wire.size();
    while (!shop.payment("id-1").isEnded()) {
      shop.questions(NOT_FOUND);
      workOn(1);
    }
    assertThat(shop.wire.size() - asked).as("in ten minutes").isLessThan(15);
    assertThat(shop.wire.stream().filter("send"::equals)).hasSize(1);
  }
}
