package io.payonce.flow;

import io.payonce.codes.Code;
import io.payonce.flow.port.Telemetry;
import io.payonce.model.Account;
import io.payonce.model.Operation;
import io.payonce.recovery.Action;

/** Telemetry without listeners; a test overrides what it listens to. */
public interface Unheard extends Telemetry {
  @Override
  default void platformAnswered(
      Account account, Operation operation, String merchantId, Code code) {}

  @Override
  default void remedyFailed(Account account, Operation operation, String merchantId, Code code) {}

  @Override
  default void recoveryStep(Action act) {}
}
