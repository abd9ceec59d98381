package io.payonce.limit;

/** Tells a send whether it may leave now: a permit, or the reason why not. */
public sealed interface Admission {
  /** It may; the permit must be given back in one of its two ways. */
  record Granted(Permit permit) implements Admission {}

  /** Not now, and nothing was sent. */
  record Refused(Reason why, long pauseMillis) implements Admission {}

  /** Reasons to refuse, as code and words for a caller. */
  enum Reason {
    /** The platform does not work. */
    BROKEN("broken", "E01", "the platform does not answer well enough now; nothing was sent"),
    /** As many sends are in flight as it can take. */
    FULL("full", "E01", "the platform is busy; nothing was sent"),
    /** The merchant's rate. */
    SLOWED(
        "slowed",
        "S04",
        "this merchant calls more often than the platform allows; nothing was sent"),
    /** The fleet's budget for sending again is used up, or cannot be asked. */
    SPENT("spent", "E01", "too much is being sent again; nothing was sent");

    private final String reason;
    private final String code;
    private final String text;

    Reason(String reason, String code, String text) {
      this.reason = reason;
      this.code = code;
      this.text = text;
    }

    /** For metrics and timelines. */
    public String reason() {
      return reason;
    }

    public String code() {
      return code;
    }

    public String text() {
      return text;
    }
  }
}
