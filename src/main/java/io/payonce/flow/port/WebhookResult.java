package io.payonce.flow.port;

/** Says what came of a message at the port of the platform's notifications. */
public enum WebhookResult {
  /** What it says was news of money, and is written. */
  SETTLED("settled"),
  /** It is a reason to ask the platform now. */
  CONFIRMED("confirmed"),
  /** It says nothing that was not known. */
  REPEATED("repeated"),
  /** It is about no payment that is known here. */
  UNKNOWN("unknown"),
  /** It is not signed with the platform's secret. */
  FORGED("forged"),
  /** Its time is too far away. */
  STALE("stale"),
  /** It is no notification at all. */
  MALFORMED("malformed"),
  /** It could not be written, or not in time: the platform repeats it. */
  UNAVAILABLE("unavailable");

  private final String label;

  WebhookResult(String label) {
    this.label = label;
  }

  /** As metrics spell it. */
  public String label() {
    return label;
  }
}
