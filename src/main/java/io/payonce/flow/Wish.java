package io.payonce.flow;

import io.payonce.model.Event;
import io.payonce.model.PaymentId;
import io.payonce.rule.Resolution.Word;

/**
 * A person's decision on a payment, as it was asked for.
 *
 * @param note who knows it, and from where; for the timeline
 * @param forced the person insists although the platform does not say that the payment is over
 * @param by whose decision it is
 * @param traceId names the decision in the log and in the answer it gives the payment
 * @param order what it holds, where no record says so; null: as far as it is known
 * @param appId under which the platform is asked, where no record says so; else null
 * @param platform that was sent it, where no record says so and there are several; else null
 */
public record Wish(
    PaymentId id,
    Word word,
    String note,
    boolean forced,
    String by,
    String traceId,
    String order,
    String appId,
    String platform) {
  /** Of a payment whose record says the rest. */
  public Wish(PaymentId id, Word word, String note, boolean forced, String by, String traceId) {
    this(id, word, note, forced, by, traceId, null, null, null);
  }

  Event event() {
    return Event.of(Event.Kind.PERSON)
        .with(Event.Field.BY, by)
        .with(Event.Field.SAYS, word.toString())
        .with(Event.Field.NOTE, note);
  }
}
