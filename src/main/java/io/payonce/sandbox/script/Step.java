package io.payonce.sandbox.script;

/**
 * Says what happens to one send. {@code code}, {@code outcome} and {@code retryAfterSeconds} are
 * null, {@code httpStatus} and {@code lateMillis} 0 where the script says nothing of them.
 */
public record Step(
    boolean beforeCharge,
    Delivery delivery,
    String code,
    int httpStatus,
    Integer retryAfterSeconds,
    boolean withoutStatus,
    long slowMillis,
    long lateMillis,
    long lagMillis,
    SimOutcome outcome) {

  public static final Step OK =
      new Step(false, Delivery.NORMAL, null, 0, null, false, 0, 0, 0, null);

  /** Whether the step itself says what is answered, whatever the platform would have said. */
  public boolean replacesAnswer() {
    return code != null || httpStatus != 0;
  }
}
