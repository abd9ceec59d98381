package io.payonce.ledger;

import io.payonce.model.Account;
import io.payonce.model.Amount;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;
import io.payonce.model.TimelineEvent;

/**
 * Holds what a payment begins with.
 *
 * @param ref whose order is null for operations that lock nothing: else the caller's order number,
 *     or the original transaction as {@code req:} and its transactionRequestId or as {@code txn:}
 *     and its transactionId (which the ledger turns into {@code req:} once it knows)
 * @param amount what is asked for; whoever asks how the payment stands learns from it whether an
 *     answer is about this one
 * @param begun the first line of its timeline: who asked for it, and where
 */
public record NewPayment(
    PaymentRef ref,
    Operation operation,
    Amount amount,
    Bytes bytes,
    OrderClaim claim,
    Caller caller,
    TimelineEvent begun) {
  /**
   * Its request.
   *
   * @param body the caller's bytes
   * @param outgoing the bytes that go to the platform, nearly always the same
   */
  public record Bytes(byte[] body, byte[] outgoing) {}

  /**
   * Claims on an order that others have, or have paid.
   *
   * @param voided what it would bring back, for the void of a refund or a void; else null
   * @param handover from the hosted page that has the order; null when none is known to
   */
  public record OrderClaim(Voided voided, Handover handover) {
    /** Like all others. */
    public static final OrderClaim NONE = new OrderClaim(null, null);
  }

  /**
   * The caller who is answered.
   *
   * @param account under whose key it is sent, now and ever after
   * @param appId the application that it is for; null when the id's owner says it, or it is unknown
   * @param waitMillis how long its first caller is held
   * @param road the platform's reports come to us; null when they go past us. To be given only
   *     while all pods have {@link io.payonce.model.Ability#NOTICES}
   */
  public record Caller(Account account, String appId, long waitMillis, Road road) {}

  /** Says neither amount nor who asks; the platform's reports go past us. */
  public static NewPayment plain(
      PaymentRef ref, Operation operation, byte[] body, long waitMillis) {
    return new NewPayment(
        ref,
        operation,
        Amount.UNSAID,
        new Bytes(body, body),
        OrderClaim.NONE,
        new Caller(Account.DEFAULT, null, waitMillis, null),
        TimelineEvent.of(TimelineEvent.Kind.BEGUN));
  }

  /** The same, taking its order over from a hosted page. */
  public NewPayment after(Handover from) {
    return with(bytes, new OrderClaim(claim.voided(), from), caller);
  }

  /** The same for this application, and with the platform's reports going this way. */
  public NewPayment over(Road way, String application) {
    return with(bytes, claim, new Caller(caller.account(), application, caller.waitMillis(), way));
  }

  /** The same, and these are the bytes that go to the platform. */
  public NewPayment leavingAs(byte[] outgoing) {
    return with(new Bytes(bytes.body(), outgoing), claim, caller);
  }

  private NewPayment with(Bytes leaving, OrderClaim claimed, Caller asking) {
    return new NewPayment(ref, operation, amount, leaving, claimed, asking, begun);
  }

  public PaymentId id() {
    return ref.id();
  }

  public String order() {
    return ref.order();
  }

  public String fingerprint() {
    return ref.fingerprint();
  }

  public byte[] body() {
    return bytes.body();
  }

  public byte[] outgoing() {
    return bytes.outgoing();
  }

  public Voided voided() {
    return claim.voided();
  }

  public Handover handover() {
    return claim.handover();
  }

  public Account account() {
    return caller.account();
  }

  public String appId() {
    return caller.appId();
  }

  public long waitMillis() {
    return caller.waitMillis();
  }

  public Road road() {
    return caller.road();
  }

  @Override
  public String toString() {
    return "NewPayment[" + id() + " " + operation.label() + "]";
  }
}
