package io.payonce.ledger;

import io.payonce.model.Reply;
import io.payonce.recovery.Stage;

/**
 * Holds what is written when work on a payment pauses.
 *
 * @param pauseMillis until a pod must look at it again
 * @param answerSoFar what may have to be passed on later (an acceptance, a refusal); null keeps
 *     what is there
 * @param steps how often it has been deferred, for the backoff
 * @param event for the timeline
 * @param transactionId the platform's name of the payment, by which it may be asked for from now
 *     on; null when it has given none
 * @param otherAmount what the platform moved instead of what was asked for, as operators read it;
 *     null keeps what is there
 */
public record Deferral(
    Stage stage,
    long pauseMillis,
    Reply answerSoFar,
    int steps,
    String event,
    String transactionId,
    String otherAmount) {
  public Deferral(
      Stage stage,
      long pauseMillis,
      Reply answerSoFar,
      int steps,
      String event,
      String transactionId) {
    this(stage, pauseMillis, answerSoFar, steps, event, transactionId, null);
  }

  public Deferral(Stage stage, long pauseMillis, Reply answerSoFar, int steps, String event) {
    this(stage, pauseMillis, answerSoFar, steps, event, null);
  }
}
