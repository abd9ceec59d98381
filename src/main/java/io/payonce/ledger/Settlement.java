package io.payonce.ledger;

import io.payonce.model.Operation;
import io.payonce.model.Reply;
import io.payonce.recovery.History;

/**
 * Holds what is written when a payment ends.
 *
 * @param answer what every caller of this payment gets from now on
 * @param history the sends as they stand at the end
 * @param transactionId the platform's name for it, null when unknown
 * @param platformId the id of the attempt this is the outcome of; null: once the answer is
 *     forgotten nothing stays, and a repeat begins anew
 * @param paysOrder the order refuses other payments from now on
 * @param event for the timeline
 */
public record Settlement(
    Outcome outcome,
    Reply answer,
    History history,
    String transactionId,
    String platformId,
    boolean paysOrder,
    String event) {
  /**
   * What stays of a payment when its answer is forgotten: the id to ask the platform under; null
   * where a repeat goes out again.
   */
  public static String remembered(Operation operation, boolean isPage, String platformId) {
    return operation.doubt() == Operation.Doubt.REPEAT && !isPage ? null : platformId;
  }

  /** Of a recorded payment that is seen to be paid by whoever has no lease on it. */
  public static Settlement paid(Payment payment, Reply answer, String transactionId, String event) {
    return new Settlement(
        Outcome.PAID,
        answer,
        payment.history(),
        transactionId,
        payment.rememberedId(),
        payment.operation().pays(),
        event);
  }

  /** The same, where another of its ids at the platform may be the one that paid. */
  public Settlement under(String id) {
    return new Settlement(
        outcome, answer, history, transactionId, platformId == null ? null : id, paysOrder, event);
  }

  /** The same of one that has no record any more. */
  public static Settlement paidForgotten(
      String platformId, boolean paysOrder, Reply answer, String transactionId, String event) {
    return new Settlement(
        Outcome.PAID, answer, History.FIRST, transactionId, platformId, paysOrder, event);
  }
}
