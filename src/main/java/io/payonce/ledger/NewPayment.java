package io.payonce.ledger;

import io.payonce.model.Amount;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.TimelineEvent;

/**
 * Holds what a payment begins with.
 *
 * @param order what it locks, null for operations that lock nothing: the caller's order number, or
 *     the original transaction as {@code req:} and its transactionRequestId or as {@code txn:} and
 *     its transactionId (which the ledger turns into {@code req:} once it knows)
 * @param body the caller's bytes
 * @param outgoing the bytes that go to the platform, nearly always the same
 * @param waitMillis how long its first caller is held
 * @param fingerprint the same for the same request, and only for it
 * @param voided what it would bring back, for the void of a refund; else null
 * @param handover from the hosted page that has the order; null when none is known to
 * @param amount what is asked for; whoever asks how the payment stands is told by it whether an
 *     answer is about this one
 * @param begun the first line of its timeline: who asked for it, and where
 * @param appId the application that it is for; null when the id's owner says it, or nobody does
 * @param road the platform's reports come to us; null when they go past us. To be given only while
 *     all pods have {@link io.payonce.model.Ability#NOTICES}
 */
public record NewPayment(
    PaymentId id,
    Operation operation,
    String order,
    byte[] body,
    byte[] outgoing,
    long waitMillis,
    String fingerprint,
    Voided voided,
    Handover handover,
    Amount amount,
    TimelineEvent begun,
    String appId,
    Road road) {
  /** The platform's reports go past us. */
  public NewPayment(
      PaymentId id,
      Operation operation,
      String order,
      byte[] body,
      byte[] outgoing,
      long waitMillis,
      String fingerprint,
      Voided voided,
      Handover handover,
      Amount amount,
      TimelineEvent begun) {
    this(
        id,
        operation,
        order,
        body,
        outgoing,
        waitMillis,
        fingerprint,
        voided,
        handover,
        amount,
        begun,
        null,
        null);
  }

  /** Brings nothing back, takes its order from nobody, and says neither amount nor who asks. */
  public NewPayment(
      PaymentId id,
      Operation operation,
      String order,
      byte[] body,
      byte[] outgoing,
      long waitMillis,
      String fingerprint) {
    this(
        id,
        operation,
        order,
        body,
        outgoing,
        waitMillis,
        fingerprint,
        null,
        null,
        Amount.UNSAID,
        TimelineEvent.of(TimelineEvent.Kind.BEGUN));
  }

  /** The same, taking its order over from a hosted page. */
  public NewPayment after(Handover from) {
    return new NewPayment(
        id,
        operation,
        order,
        body,
        outgoing,
        waitMillis,
        fingerprint,
        voided,
        from,
        amount,
        begun,
        appId,
        road);
  }

  /** The same for this application, and with the platform's reports going this way. */
  public NewPayment over(Road way, String application) {
    return new NewPayment(
        id,
        operation,
        order,
        body,
        outgoing,
        waitMillis,
        fingerprint,
        voided,
        handover,
        amount,
        begun,
        application,
        way);
  }

  /** The same, and these are the bytes that go to the platform. */
  public NewPayment leavingAs(byte[] bytes) {
    return new NewPayment(
        id,
        operation,
        order,
        body,
        bytes,
        waitMillis,
        fingerprint,
        voided,
        handover,
        amount,
        begun,
        appId,
        road);
  }

  @Override
  public String toString() {
    return "NewPayment[" + id + " " + operation.label() + "]";
  }
}
