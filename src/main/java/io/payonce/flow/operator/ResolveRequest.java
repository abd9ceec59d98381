package io.payonce.flow.operator;

import io.payonce.model.PaymentId;
import io.payonce.model.TimelineEvent;
import io.payonce.recovery.Resolution.Verdict;

/**
 * An operator's decision on a payment, as it was asked for.
 *
 * @param note who knows it, and from where; for the timeline
 * @param forced the operator insists although the platform does not say that the payment is over
 * @param by whose decision it is
 * @param traceId names the decision in the log and in the answer it gives the payment
 * @param order what it holds, where no record says so; null: as far as it is known
 * @param appId under which the platform is asked, where no record says so; else null
 * @param platform that was sent it, where no record says so and there are several; else null
 */
public record ResolveRequest(
    PaymentId id,
    Verdict word,
    String note,
    boolean forced,
    String by,
    String traceId,
    String order,
    String appId,
    String platform) {
  /** Of a payment whose record says the rest. */
  public ResolveRequest(
      PaymentId id, Verdict word, String note, boolean forced, String by, String traceId) {
    this(id, word, note, forced, by, traceId, null, null, null);
  }

  TimelineEvent event() {
    return TimelineEvent.of(TimelineEvent.Kind.PERSON)
        .with(TimelineEvent.Field.BY, by)
        .with(TimelineEvent.Field.SAYS, word.toString())
        .with(TimelineEvent.Field.NOTE, note);
  }
}
