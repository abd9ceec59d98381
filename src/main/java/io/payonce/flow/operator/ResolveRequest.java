package io.payonce.flow.operator;

import io.payonce.model.PaymentId;
import io.payonce.model.TimelineEvent;
import io.payonce.recovery.Resolution.Verdict;

/** An operator's decision on a payment, as it was asked for. */
public record ResolveRequest(PaymentId id, Decision decision, Hints hints) {
  /**
   * An operator's decision.
   *
   * @param forced the operator insists although the platform does not say that the payment is over
   * @param note who knows it, and from where; for the timeline
   * @param by whose decision it is
   * @param traceId names the decision in the log and in the answer it gives the payment
   */
  public record Decision(Verdict word, boolean forced, String note, String by, String traceId) {}

  /**
   * The operator's own knowledge of a payment whose record does not say it; null for what is known.
   *
   * @param order what it holds
   * @param appId under which the platform is asked
   * @param platform that was sent it, where there are several
   */
  public record Hints(String order, String appId, String platform) {
    /** The record says it all. */
    public static final Hints NONE = new Hints(null, null, null);
  }

  Verdict word() {
    return decision.word();
  }

  boolean forced() {
    return decision.forced();
  }

  String traceId() {
    return decision.traceId();
  }

  String order() {
    return hints.order();
  }

  String appId() {
    return hints.appId();
  }

  String platform() {
    return hints.platform();
  }

  TimelineEvent event() {
    return TimelineEvent.of(TimelineEvent.Kind.PERSON)
        .with(TimelineEvent.Field.BY, decision.by())
        .with(TimelineEvent.Field.SAYS, decision.word().toString())
        .with(TimelineEvent.Field.NOTE, decision.note());
  }
}
