package io.payonce.ledger;

import io.payonce.model.Amount;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;
import io.payonce.model.Reply;
import io.payonce.model.Whose;
import io.payonce.recovery.History;
import io.payonce.recovery.Stage;

/** Payments as a ledger would show them. */
public final class Payments {
  public static final String PRINT = "0123456789abcdef";

  private Payments() {}

  /**
   * @param stage null when it has ended
   * @param outcome null when it has not
   */
  public static Payment sale(
      String stage, Outcome outcome, String history, Reply answer, String timeline) {
    return new Payment(
        new PaymentRef(new PaymentId("M1", "id-1"), "order-1", PRINT),
        new Payment.Asked(Operation.SALE, Amount.UNSAID, null, null, null),
        new Payment.Times(1, 2, 3, 20_000, 0, null),
        new Payment.Progress(
            stage == null ? null : Stage.read(stage, history),
            History.decode(history),
            0,
            timeline,
            null),
        new Payment.Result(outcome, answer, null),
        Whose.OURS);
  }
}
