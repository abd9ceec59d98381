package io.payonce.flow;

import io.payonce.model.Operation;
import io.payonce.rule.Act;
import io.payonce.rule.Code;

/** What the flows tell those who watch. */
public interface Telemetry {
  /** The platform answered with this code; {@code text} is what it wrote. */
  void platformSaid(Code code, String text);

  /**
   * What the platform's answer to a copy shows of our standing there: something wrong, or right.
   */
  void stands(Operation operation, String merchantId, Code code);

  /** It refused our keys, and reading them again did not help. */
  void unmended(Operation operation, String merchantId, Code code);

  /** The retry verticle took this step. */
  void recoveryStep(Act act);
}
