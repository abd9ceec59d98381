package io.payonce.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.model.Amount;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Reply;
import io.payonce.model.SendFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** How many questions run at once, in virtual time. */
class ConfirmRoomTest {
  static final Answer WELL = new Answer.Spoken(
      Reply.json(new byte[0]),
      new Envelope("0", null, null, null, null, null, null, Amount.UNSAID),
      -1);
  private static final Answer SILENCE = new Answer.Silent("timeout");
  private static final int PART = 256;
  private static final long QUICK = 50;
  private static final long HANGS = 10_000;

  private long now = 1_000_000;
  private final ConfirmRoom room = new ConfirmRoom(PART, () -> now);

  private record Asked(long doneAt, Promise<Answer> promise, Answer answer) {}

  private final PriorityQueue<Asked> out =
      new PriorityQueue<>((a, b) -> Long.compare(a.doneAt(), b.doneAt()));
  private int answered;

  private boolean ask(String merchantId, long takes, Answer answer) {
    return ask(room, PART, merchantId, takes, answer);
  }

  private boolean ask(ConfirmRoom places, int part, String merchantId, long takes, Answer answer) {
    return places
        .enter(merchantId, part)
        .map(place -> {
          Promise<Answer> promise = Promise.promise();
          out.add(new Asked(now + takes, promise, answer));
          place.over(promise::future).onSuccess(said -> answered += said == WELL ? 1 : 0);
          return true;
        })
        .orElse(false);
  }

  /** Asks as often as it may, each millisecond. */
  private int run(long millis, Runnable asking) {
    answered = 0;
    for (long end = now + millis; now < end; now++) {
      while (!out.isEmpty() && out.peek().doneAt() <= now) {
        Asked done = out.poll();
        done.promise().complete(done.answer());
      }
      asking.run();
    }
    return answered;
  }

  private void quick() {
    for (int merchant = 0; ask("m" + merchant % 50, QUICK, WELL); merchant++) {}
  }

  private void silent() {
    for (int merchant = 0; ask("s" + merchant % 50, HANGS, SILENCE); merchant++) {}
  }

  @Test
  void it_begins_with_few_and_grows_while_the_platform_answers() {
    assertThat(room.places(PART)).isEqualTo(ConfirmRoom.LEAST);
    run(1000, this::quick);
    int soon = room.places(PART);
    assertThat(soon).isBetween(ConfirmRoom.LEAST + 1, ConfirmRoom.USUAL);
    run(10_000, this::quick);
    assertThat(room.places(PART)).isGreaterThan(3 * soon);
    run(60_000, this::quick);
    assertThat(room.places(PART)).isEqualTo(PART);
  }

  @Test
  void it_grows_in_time_where_an_answer_takes_long() {
    run(20_000, () -> {
      for (int merchant = 0; ask("m" + merchant % 50, 900, WELL); merchant++) {}
    });
    assertThat(room.places(PART)).isGreaterThanOrEqualTo(ConfirmRoom.USUAL);
  }

  @Test
  void half_of_100_000_is_asked_about_in_three_minutes_though_sends_are_few() {
    int few = AdaptiveLimit.FLOOR / 4;
    ConfirmRoom beside = new ConfirmRoom(PART, () -> now);
    int asked = run(180_000, () -> {
      for (int merchant = 0; ask(beside, few, "m" + merchant % 50, QUICK, WELL); merchant++) {}
    });
    assertThat(asked).isGreaterThan(50_000);
  }

  @Test
  void a_platform_that_falls_silent_is_asked_less_and_less() {
    run(60_000, this::quick);
    run(120_000, this::silent);
    assertThat(room.places(PART)).isEqualTo(ConfirmRoom.LEAST);
  }

  @Test
  void a_platform_that_gets_slower_by_what_it_is_asked_is_asked_less() {
    run(60_000, this::quick);
    int before = room.places(PART);
    run(20_000, () -> {
      for (int merchant = 0; ask("m" + merchant % 50, 400, WELL); merchant++) {}
    });
    assertThat(room.places(PART)).isLessThan(before / 2);
  }

  @Test
  void a_hundred_that_hang_do_not_keep_out_what_is_answered() {
    run(20_000, this::quick);
    int alone = run(10_000, this::quick);
    int[] hanging = {0};
    int beside = run(10_000, () -> {
      while (hanging[0] < 100 && ask("h" + hanging[0], HANGS, SILENCE)) {
        hanging[0]++;
      }
      quick();
    });
    assertThat(hanging[0]).isEqualTo(100);
    assertThat(beside).isGreaterThan(alone * 3 / 4);
  }

  @Test
  void a_merchant_whose_payments_all_hang_leaves_places_to_others() {
    run(20_000, this::quick);
    int beside = run(60_000, () -> {
      while (ask("sick", HANGS, SILENCE)) {}
      ask("well", QUICK, WELL);
    });
    assertThat(beside).as("of 60,000 that might have been asked").isGreaterThan(59_000);
  }

  @Test
  void what_was_kept_back_here_says_nothing_of_the_platform() {
    run(20_000, this::quick);
    int before = room.places(PART);
    run(10_000, () -> {
      while (ask("m", 1, new Answer.Unsent(SendFailure.HELD_BACK.word()))) {
        break;
      }
    });
    assertThat(room.places(PART)).isEqualTo(before);
  }

  @Test
  void a_question_that_meets_a_bug_gives_its_place_back() {
    List<Future<Answer>> failed = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Supplier<Future<Answer>> bug = i % 2 == 0
          ? () -> Future.failedFuture("a bug")
          : () -> {
            throw new IllegalStateException("a bug");
          };
      failed.add(room.enter("m", PART).orElseThrow().over(bug));
    }
    assertThat(failed).allMatch(Future::failed);
  }
}
