package io.payonce.limit;

import static io.payonce.limit.Breaker.Call.FRESH;
import static io.payonce.limit.Breaker.Call.QUIET;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.model.Amount;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Reply;
import io.payonce.model.SendFailure;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

/** Whose sickness it is, and what shows it. */
class PodBreakerTest {
  private static final Answer SICK = new Answer.Silent("timeout");
  private static final Answer WELL = new Answer.Spoken(
      Reply.json(new byte[0]),
      new Envelope("0", null, null, null, null, null, null, Amount.UNSAID),
      -1);

  private long now = 1_000_000;
  private final PodBreaker circuit = new PodBreaker("platform", () -> now);

  private boolean pay(String merchantId, Answer answer) {
    boolean admitted = circuit.ask(FRESH, merchantId);
    if (admitted) {
      circuit.observed(merchantId, answer, now);
    }
    return admitted;
  }

  private int paid(String merchantId, int times, Answer answer) {
    int admitted = 0;
    for (int i = 0; i < times; i++) {
      admitted += pay(merchantId, answer) ? 1 : 0;
    }
    return admitted;
  }

  @Test
  void one_merchants_sickness_stops_that_merchant_alone() {
    for (int round = 0; round < 20; round++) {
      assertThat(pay("well", WELL)).as("round %d", round).isTrue();
      paid("sick", 5, SICK);
      now += 300;
    }
    assertThat(pay("sick", SICK)).isFalse();
    assertThat(circuit.pauseMillis("sick")).isPositive();
    assertThat(circuit.pauseMillis("well")).isZero();
    assertThat(paid("other", 20, WELL)).isEqualTo(20);
    assertThat(circuit.figure()).isEqualTo(1);
  }

  @Test
  void several_merchants_sickness_is_the_platforms() {
    for (int merchant = 0; merchant < Breaker.LEAST_ANSWERS; merchant++) {
      pay("sick" + merchant, SICK);
    }
    assertThat(pay("other", WELL)).isFalse();
    assertThat(circuit.word()).isEqualTo("open");
  }

  @Test
  void a_merchant_that_is_well_again_is_served_again() {
    paid("sick", Breaker.LEAST_ANSWERS, SICK);
    assertThat(pay("sick", WELL)).isFalse();
    now += Breaker.FIRST_PAUSE_MILLIS;
    assertThat(paid("sick", 10, WELL)).isEqualTo(10);
    assertThat(circuit.figure()).isZero();
  }

  @Test
  void what_questions_are_answered_says_nothing_of_payments() {
    for (int round = 0; round < 300; round++) {
      if (circuit.question() == FRESH) {
        circuit.answered("query " + round % 100, SICK, now);
      }
      assertThat(pay("m" + round % 3, WELL)).as("round %d", round).isTrue();
      now += 100;
    }
    assertThat(circuit.figure()).isZero();
  }

  @Test
  void ten_payments_whose_questions_are_answered_badly_slow_no_other_question() {
    for (int round = 0; round < 300; round++) {
      assertThat(circuit.question()).as("round %d", round).isEqualTo(FRESH);
      circuit.answered("query " + round % 10, SICK, now);
      assertThat(circuit.question()).isEqualTo(FRESH);
      circuit.answered("query of another", WELL, now);
      now += 50;
    }
  }

  @Test
  void while_no_question_is_answered_they_go_on_slowly() {
    for (int each = 0; each < 2 * Breaker.LEAST_ANSWERS; each++) {
      circuit.answered("query " + each, SICK, now);
    }
    assertThat(circuit.question()).isNull();
    now += Breaker.QUIET_GAP_MILLIS;
    assertThat(circuit.question()).isEqualTo(QUIET);
    assertThat(circuit.question()).isNull();
    now += Breaker.FIRST_PAUSE_MILLIS;
    assertThat(circuit.question()).isEqualTo(FRESH);
    assertThat(circuit.question()).isEqualTo(QUIET);
    assertThat(circuit.question()).isNull();
  }

  /** Calls that are on their way, and what they will be answered. */
  private record Event(long atMillis, Runnable deed) {}

  private final PriorityQueue<Event> agenda =
      new PriorityQueue<>((a, b) -> Long.compare(a.atMillis(), b.atMillis()));

  /** Runs for so long; a call before {@code back} gets no answer for ten seconds. */
  private void run(long millis, long sendsBack, long questionsBack) {
    for (long end = now + millis; now < end; now += 10) {
      while (!agenda.isEmpty() && agenda.peek().atMillis() <= now) {
        agenda.poll().deed().run();
      }
      long asked = now;
      String merchantId = "m" + now / 10 % 50;
      if (circuit.ask(FRESH, merchantId)) {
        boolean well = asked >= sendsBack;
        sent++;
        agenda.add(new Event(
            asked + (well ? 50 : 10_000),
            () -> circuit.observed(merchantId, well ? WELL : SICK, asked)));
      }
      if (circuit.question() != null) {
        boolean well = asked >= questionsBack;
        agenda.add(new Event(
            asked + (well ? 50 : 10_000),
            () -> circuit.answered("query " + asked, well ? WELL : SICK, asked)));
      }
    }
  }

  private int sent;

  @Test
  void when_the_platform_is_back_a_probe_that_hangs_keeps_no_payment_waiting() {
    long slowest = 0;
    long sum = 0;
    for (long silence = 60_000; silence < 75_000; silence += 1000) {
      PodBreakerTest other = new PodBreakerTest();
      long back = other.now + silence;
      other.run(silence, back, back);
      assertThat(other.circuit.figure()).as("silent").isPositive();
      while (other.circuit.figure() != 0 || !other.circuit.asksNow()) {
        other.run(10, back, back);
      }
      slowest = Math.max(slowest, other.now - back);
      sum += other.now - back;
    }
    assertThat(slowest).isLessThan(Breaker.LAST_PAUSE_MILLIS + 1500);
    assertThat(sum / 15).as("usually").isLessThan(3000);
  }

  @Test
  void a_platform_that_answers_questions_alone_gets_one_probe_more_each_time() {
    run(60_000, Long.MAX_VALUE, now + 30_000);
    int before = sent;
    run(140_000, Long.MAX_VALUE, 0);
    assertThat(sent - before).as("ten times two, in fourteen seconds each").isBetween(15, 22);
  }

  @Test
  void our_own_faults_open_nothing() {
    for (SendFailure reason : SendFailure.values()) {
      if (SendFailure.isOurs(reason.word())) {
        paid("m" + reason, 50, new Answer.Unsent(reason.word()));
      }
    }
    assertThat(circuit.figure()).isZero();
  }

  @Test
  void a_place_that_was_not_needed_is_given_back_on_both_sides() {
    paid("sick", Breaker.LEAST_ANSWERS, SICK);
    now += Breaker.FIRST_PAUSE_MILLIS;
    assertThat(circuit.ask(FRESH, "sick")).isTrue();
    assertThat(circuit.ask(FRESH, "sick")).isFalse();
    circuit.unused(FRESH, "sick");
    assertThat(circuit.ask(FRESH, "sick")).isTrue();
  }
}
