package io.payonce.ledger;

import io.payonce.model.Amount;
import io.payonce.model.ClosedPage;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;
import io.payonce.model.Reply;
import io.payonce.recovery.History;
import io.payonce.recovery.PlatformId;
import io.payonce.recovery.Stage;

/**
 * Holds a payment as the ledger has it; all times are the ledger's clock, ms since 1970.
 *
 * @param stage null once it has ended
 * @param outcome null until it has ended
 * @param intentAtMillis when the intent of its last send was written
 * @param nowMillis when this was read
 * @param waitMillis how long its first caller is held
 * @param answer the final answer, or what is to be said meanwhile; null when there is none
 * @param body the caller's bytes; null where they were not asked for
 * @param timeline one event a line: {@code <millis> <event>}
 * @param fingerprint of the caller's bytes: the same for the same request, and only for it
 * @param shut of a hosted page: since when it is known to be closed; else null
 * @param amount what was asked for; says nothing in records of former versions
 * @param otherAmount what the platform moved instead, as operators read it; null when it did not
 * @param stranger the other platform whose payment it is; null when it is this pod's to work on
 * @param doubtedSinceMillis when the ledger was found to have gone back in time, if it may have
 *     known this payment before: what is here may be an earlier state of it; else 0
 * @param platformAheadMillis how far the platform's clock was ahead of the ledger's when the intent
 *     of the last send was written; null when that is not known
 * @param road the platform's reports on it come to us; null when they go past us
 */
public record Payment(
    PaymentId id,
    Operation operation,
    String order,
    Stage stage,
    Outcome outcome,
    History history,
    long begunAtMillis,
    long intentAtMillis,
    long nowMillis,
    long waitMillis,
    int steps,
    Reply answer,
    byte[] body,
    String timeline,
    String fingerprint,
    ClosedPage shut,
    Amount amount,
    String otherAmount,
    String stranger,
    long doubtedSinceMillis,
    Long platformAheadMillis,
    Road road) {
  /** No hosted page, or an open one, of an amount that does not matter. */
  public Payment(
      PaymentId id,
      Operation operation,
      String order,
      Stage stage,
      Outcome outcome,
      History history,
      long begunAtMillis,
      long intentAtMillis,
      long nowMillis,
      long waitMillis,
      int steps,
      Reply answer,
      byte[] body,
      String timeline,
      String fingerprint) {
    this(
        id,
        operation,
        order,
        stage,
        outcome,
        history,
        begunAtMillis,
        intentAtMillis,
        nowMillis,
        waitMillis,
        steps,
        answer,
        body,
        timeline,
        fingerprint,
        null,
        Amount.UNSAID,
        null,
        null,
        0,
        null,
        null);
  }

  /** What names it where no lease is asked for. */
  public PaymentRef ref() {
    return new PaymentRef(id, order, fingerprint);
  }

  /** True when another platform was sent it: nothing of it is asked, sent or settled here. */
  public boolean isStrange() {
    return stranger != null;
  }

  /** True once nothing more will happen to it. */
  public boolean isEnded() {
    return outcome != null;
  }

  /** A hosted page that has, or had, its order; earlier ones had none and ended when made. */
  public boolean isPage() {
    return operation == Operation.CREATE_SESSION && order != null;
  }

  /** Another payment has the order of this page, which was closed for it. */
  public boolean isSucceeded() {
    return shut != null && shut.successor() != null;
  }

  /** The id under which the platform knows its last attempt. */
  public String platformId() {
    return PlatformId.of(id, history);
  }

  /** What stays of it when its answer is forgotten; null where a repeat goes out again. */
  public String rememberedId() {
    return operation.doubt() == Operation.Doubt.REPEAT && !isPage() ? null : platformId();
  }

  /** The caller's order number; null when the payment locks something else, or nothing. */
  public String referenceOrderId() {
    return order == null || order.indexOf(':') >= 0 ? null : order;
  }

  /** Never the body or the answer. */
  @Override
  public String toString() {
    return "Payment[" + id + " " + (isEnded() ? outcome : stage.word()) + " " + history + "]";
  }
}
