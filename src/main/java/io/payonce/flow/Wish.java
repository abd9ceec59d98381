package io.payonce.flow;

import io.payonce.model.PaymentId;
import io.payonce.rule.Resolution.Word;

/**
 * A person's decision on a payment, as it was asked for.
 *
 * @param note for the timeline, empty for none
 * @param forced the person insists although the platform does not say that the payment is over
 * @param traceId names the decision in the log and in the answer it gives the payment
 */
public record Wish(PaymentId id, Word word, String note, boolean forced, String traceId) {
  String event() {
    String who = "a person says " + word.name().toLowerCase(java.util.Locale.ROOT);
    return note.isEmpty() ? who : who + ": " + note;
  }
}
