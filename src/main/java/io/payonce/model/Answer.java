package io.payonce.model;

/** How one exchange with the platform ended. Silence is a value here, never an exception. */
public sealed interface Answer {
  /** A whole answer that is an envelope. {@code retryAfterMillis} is -1 when it names no pause. */
  record Spoken(Reply reply, Envelope envelope, long retryAfterMillis) implements Answer {}

  /** No byte of the request left: it can have done nothing. */
  record Unsent(String why) implements Answer {}

  /** The request may have arrived; what became of it was not said, or not readably. */
  record Silent(String why) implements Answer {}
}
