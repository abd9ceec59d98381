package io.payonce.codes;

/** Names what may cure the cause of a refusal before the payment is sent again. */
public enum Remedy {
  NONE(""),
  SLOW_DOWN("lowers this merchant's rate on every pod, "),
  SET_CLOCK("learns the platform's clock from its answer, sends once more, "),
  READ_KEYS("reads the keys again, sends once more if they changed, "),
  RENEW_TMK("renews TMK and working key where configured, sends once more, "),
  RENEW_KEY("renews the working key where configured, sends once more, "),
  LOG_IN("logs in again where configured, sends once more, "),
  /** Whoever runs the merchant's shop or its devices mends it: nothing of ours is wrong. */
  BY_OTHERS(""),
  /** Only an operator can mend it: gauge, log line, ops page. */
  CALL_OPERATOR("raises payonce_misconfigured, logs what to mend, ");

  private final String does;

  Remedy(String does) {
    this.does = does;
  }

  /** Whether Payonce itself tries something before it passes the refusal on. */
  public boolean isOurs() {
    return this != NONE && this != BY_OTHERS && this != CALL_OPERATOR;
  }

  String does() {
    return does;
  }
}
