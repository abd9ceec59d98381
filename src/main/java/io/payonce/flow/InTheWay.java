package io.payonce.flow;

import io.payonce.flow.engine.ResultReply;
import io.payonce.flow.engine.StoredReply;
import io.payonce.flow.engine.WaitingCaller;
import io.payonce.flow.port.CallOutcome;
import io.payonce.flow.port.Outbound;
import io.payonce.json.ProxyEnvelope;
import io.payonce.ledger.BeginResult;
import io.payonce.ledger.Payment;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import io.payonce.model.RequestFields;
import io.payonce.model.TransactionStatus;

/**
 * Tells a caller which other payment keeps its own from being made, and how that one stands. Who is
 * in the way is looked up before.
 */
final class InTheWay {
  private InTheWay() {}

  /**
   * The answer to who is kept out of an order.
   *
   * @param other who is in the way; null when nothing more is known of it
   */
  static Outbound refused(
      BeginResult begin,
      PaymentId id,
      Payment other,
      TransactionStatus status,
      WaitingCaller caller) {
    if (id.requestId().startsWith(PaymentFlow.OWN_ID)) {
      Reply wait = ResultReply.ofOriginal(
          "C08",
          "another call on this original is under way, or a send of it may still come in",
          TransactionStatus.PROCESSING,
          caller.fields(),
          caller.traceId());
      return Outbound.refusal(wait, CallOutcome.ORDER_TAKEN).retryAfter(1);
    }
    boolean paid = begin instanceof BeginResult.OrderPaid;
    boolean refunded = paid && caller.operation().refunds();
    Reply reply = ProxyEnvelope.refusal(
        refunded ? "C15" : paid ? "C10" : "C08",
        refunded
            ? "the order has a refund without an original already"
            : paid
                ? "the order is paid by another payment"
                : "another payment of this order is under way",
        status,
        id.requestId(),
        other == null ? null : StoredReply.transactionId(other),
        caller.traceId());
    return paid
        ? Outbound.refusal(reply, CallOutcome.ORDER_PAID)
        : Outbound.refusal(reply, CallOutcome.ORDER_TAKEN).retryAfter(1);
  }

  /**
   * The answer to who uses an id for another request; it names the first one and how that stands:
   * whoever made the mistake can look it up.
   */
  static Outbound otherBody(
      BeginResult.OtherBody other, TransactionStatus status, WaitingCaller caller) {
    return Outbound.refusal(otherRequest(other, status, caller), CallOutcome.CONFLICT)
        .sends(0); // what came of that request is not this caller's
  }

  private static Reply otherRequest(
      BeginResult.OtherBody other, TransactionStatus status, WaitingCaller caller) {
    String message = "transactionRequestId was used before with another request";
    Payment first = other.first();
    return ProxyEnvelope.refusal(
        "C06",
        message,
        status,
        caller.id().requestId(),
        first == null ? null : StoredReply.transactionId(first),
        caller.traceId());
  }

  /** The answer to a follow-up whose original was not paid, or of which that is unknown. */
  static Outbound notFollowed(Payment original, WaitingCaller caller) {
    String requestId = original.id().requestId();
    String transactionId = StoredReply.transactionId(original);
    if (!original.isEnded()) {
      return originalOpen(requestId, transactionId, caller);
    }
    Reply no = ProxyEnvelope.refusal(
        "C24",
        "the original transaction was not paid",
        StoredReply.status(original),
        requestId,
        transactionId,
        caller.traceId());
    return Outbound.refusal(no, CallOutcome.ORIGINAL_UNPAID);
  }

  /** @param transactionId the platform's name of it; null when it is not known */
  static Outbound originalOpen(String requestId, String transactionId, WaitingCaller caller) {
    Reply wait = StoredReply.originalUnsettled(requestId, transactionId, caller.traceId());
    return Outbound.refusal(wait, CallOutcome.ORIGINAL_UNSETTLED).retryAfter(1);
  }

  /**
   * The answer to a follow-up whose original another platform was sent: its pods can do it.
   *
   * @param original null when only marks of it are left
   */
  static Outbound elsewhere(String platform, Payment original, WaitingCaller caller) {
    String why = "the original transaction is one of the platform " + platform
        + "; only the pods of that platform (upstream.name) can follow it up";
    if (original != null) {
      return waiting(ProxyEnvelope.refusal(
          "C08",
          why,
          StoredReply.status(original),
          original.id().requestId(),
          StoredReply.transactionId(original),
          caller.traceId()));
    }
    RequestFields asked = caller.fields();
    boolean byOrder =
        asked.originalTransactionId() == null && asked.originalTransactionRequestId() == null;
    return waiting(
        byOrder
            ? ProxyEnvelope.named(
                "C08", why, null, "referenceOrderId", asked.referenceOrderId(), caller.traceId())
            : ResultReply.ofOriginal("C08", why, null, asked, caller.traceId()));
  }

  private static Outbound waiting(Reply wait) {
    return Outbound.refusal(wait, CallOutcome.ORIGINAL_ELSEWHERE).retryAfter(60);
  }
}
