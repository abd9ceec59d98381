package io.payonce.flow.port;

import io.payonce.codes.Code;
import io.payonce.model.Account;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.recovery.Action;

/** Takes what the flows report to logs, metrics and traces. */
public interface Telemetry {
  /** Reports the platform's code for a send, so that a misconfiguration is raised or cleared. */
  void platformAnswered(Account account, Operation operation, String merchantId, Code code);

  /** It refused our keys or what it lent us, and having them anew did not help. */
  void remedyFailed(Account account, Operation operation, String merchantId, Code code);

  /** The retry verticle took this step. */
  void recoveryStep(Action act);

  /** An undescribed POST went to the platform: whether it moves money is unknown. */
  default void passedUnlocked(String path) {}

  /** A worker takes up a payment that has come due. */
  default Trace recovery(Operation operation, PaymentId id) {
    return Trace.OFF;
  }
}
