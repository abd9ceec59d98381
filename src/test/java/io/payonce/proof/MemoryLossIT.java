package io.payonce.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.logs.Logs;
import io.payonce.redis.RawRedis;
import io.payonce.sandbox.EmbeddedRedis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Redis forgets everything while sends are on the wire: what can still be known is answered. */
@Logs("the ledger has gone back in time")
class MemoryLossIT {
  private static final Duration WHOLE = Duration.ofSeconds(20);

  /**
   * Directive, what the attached caller is answered, and what a repeat of the same payment ends as.
   */
  private record Scene(String directive, List<CallerAnswer> heard, CallerAnswer end) {}

  private static final List<Scene> SCENES = List.of(
      new Scene("slow 1s", List.of(CallerAnswer.PAID), CallerAnswer.PAID),
      new Scene("slow 1s decline 051", List.of(CallerAnswer.PENDING), CallerAnswer.UNPAID),
      new Scene("slow 1s E02 after charge, ok", List.of(CallerAnswer.PENDING), CallerAnswer.PAID),
      new Scene("silent after charge, ok", List.of(CallerAnswer.PENDING), CallerAnswer.PAID),
      new Scene("silent before charge, then ok", List.of(CallerAnswer.PENDING), CallerAnswer.PAID));

  @Test
  void sends_on_the_wire_are_answered_truly_and_a_repeat_finds_their_end() {
    try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedis.Options.defaults());
        Pods pods = new Pods().add(Map.of("redis.mode", "standalone", "redis.uris", redis.uri()))) {
      pods.platform().settings("refusePaidOrder", false);
      warm(pods);
      List<PaymentLog> baskets = SCENES.stream()
          .map(scene -> PaymentLog.of(
              CallerAnswer.MERCHANT + "9",
              "order-" + SCENES.indexOf(scene),
              "id-" + SCENES.indexOf(scene),
              scene.directive()))
          .toList();
      List<CompletableFuture<CallerAnswer>> attached = baskets.stream()
          .map(basket -> CompletableFuture.supplyAsync(() -> pay(pods, basket)))
          .toList();
      Awaitility.await()
          .until(() -> baskets.stream()
              .noneMatch(basket -> pods.platform().sends().sent(basket.id()).isEmpty()));
      RawRedis.ask(redis.port(), "FLUSHALL");
      for (int i = 0; i < SCENES.size(); i++) {
        assertThat(attached.get(i).join())
            .as("%s", SCENES.get(i))
            .isIn(SCENES.get(i).heard());
      }
      PaymentLog rival = PaymentLog.of(CallerAnswer.MERCHANT + "9", "order-0", "rival", null);
      assertThat(pay(pods, rival))
          .as("the paid order is known again, and nothing is a proof so soon after")
          .isEqualTo(CallerAnswer.NOT_BY_THIS_CALL);
      for (int i = 0; i < SCENES.size(); i++) {
        PaymentLog basket = baskets.get(i);
        Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> {
          basket.hear(pay(pods, basket));
          return basket.isEnded();
        });
        assertThat(basket.answered())
            .as("%s", SCENES.get(i))
            .contains(SCENES.get(i).end());
        var charges = pods.platform().charges().of(basket.merchant(), basket.order());
        assertThat(charges).hasSizeLessThan(2);
        assertThat(basket.isContradictedBy(charges)).as("%s", basket).isFalse();
      }
    }
  }

  /** What a pod does for the first time may take a busy machine longer than a slow answer. */
  private static void warm(Pods pods) {
    for (int i = 0; i < SCENES.size(); i++) {
      String name = "warm-" + i;
      PaymentLog basket = PaymentLog.of(CallerAnswer.MERCHANT + "9", name, name, null);
      Awaitility.await().until(() -> pay(pods, basket) == CallerAnswer.PAID);
    }
  }

  private static CallerAnswer pay(Pods pods, PaymentLog basket) {
    return CallerAnswer.pay(pods.bases().get(0), basket.body(), WHOLE);
  }
}
