package io.payonce.flow;

import io.payonce.rule.Act;
import io.payonce.rule.Code;

/** What the flows tell those who watch. */
public interface Telemetry {
  /** The platform answered with this code; {@code text} is what it wrote. */
  void platformSaid(Code code, String text);

  /** What the platform refused a copy for could have been mended, and was not: a person must. */
  default void notMended(Code code) {}

  /** The retry verticle took this step. */
  void recoveryStep(Act act);
}
