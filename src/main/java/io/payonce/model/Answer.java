package io.payonce.model;

/** The end of one exchange with the platform. Silence is a value here, never an exception. */
public sealed interface Answer {
  /**
   * A whole answer that is an envelope.
   *
   * @param retryAfterMillis -1 when it names no pause
   * @param dateMillis the platform's own clock when it answered, ms since 1970; {@link #NO_DATE}
   *     when it does not say
   * @param httpStatus for those who watch; what it means has been judged before
   */
  record Spoken(
      Reply reply, Envelope envelope, long retryAfterMillis, long dateMillis, int httpStatus)
      implements Answer {
    public static final long NO_DATE = Long.MIN_VALUE;

    private static final int OK = 200;

    public Spoken(Reply reply, Envelope envelope, long retryAfterMillis, long dateMillis) {
      this(reply, envelope, retryAfterMillis, dateMillis, OK);
    }

    public Spoken(Reply reply, Envelope envelope, long retryAfterMillis) {
      this(reply, envelope, retryAfterMillis, NO_DATE);
    }
  }

  /**
   * No byte of the request left: it can have done nothing.
   *
   * @param fault what in the request forbids to send it, for its caller; null when it is not the
   *     request's fault
   */
  record Unsent(String why, String fault) implements Answer {
    public Unsent(String why) {
      this(why, null);
    }
  }

  /** The request may have arrived; what became of it was not said, or not readably. */
  record Silent(String why) implements Answer {}
}
