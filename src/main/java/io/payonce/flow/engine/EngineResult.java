package io.payonce.flow.engine;

import io.payonce.ledger.Outcome;
import io.payonce.model.Reply;
import io.payonce.recovery.History;
import java.util.OptionalInt;

/** Tells how the engine left a payment: ended, waiting for its due time, or left for recovery. */
public sealed interface EngineResult {
  /** When what was refused for now is wanted again, in seconds, where the platform has said so. */
  default OptionalInt comesAgain() {
    return this instanceof Ended ended
            && ended.outcome() == Outcome.RELEASED
            && ended.retryAfterSeconds() > 0
        ? OptionalInt.of(ended.retryAfterSeconds())
        : OptionalInt.empty();
  }

  /**
   * It has ended; the answer may be given.
   *
   * @param verbatim the answer is the platform's, byte for byte, to a send of ours
   * @param retryAfterSeconds when the platform says to come again, which goes with its refusal;
   *     else 0
   * @param callersFault nothing was sent because the request cannot be, so repeating it is no use
   */
  record Ended(
      Outcome outcome,
      Reply answer,
      History history,
      boolean verbatim,
      boolean callersFault,
      int retryAfterSeconds)
      implements EngineResult {}

  /** The platform accepted it and its answer may be given; its end is awaited. */
  record Open(Reply answer, History history, boolean verbatim) implements EngineResult {}

  /** Nothing may be answered yet; a pod looks at it again after the pause. */
  record Deferred(History history, long pauseMillis) implements EngineResult {}

  /** Another worker has it, or the ledger is unavailable: its due time brings it back. */
  record LeftForRecovery(History history) implements EngineResult {}
}
