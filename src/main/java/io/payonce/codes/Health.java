package io.payonce.codes;

import io.payonce.model.Answer;
import io.payonce.model.SendFailure;

/**
 * Judges by an answer how the platform as a whole is, whatever it says of the payment. A refusal or
 * a decline is the word of a platform that works.
 */
public enum Health {
  HEALTHY,
  /** Silence, no connection, HTTP 5xx, or its own word that it cannot (E01, E03). */
  UNHEALTHY,
  /** The send stayed here for reasons of our own: nothing was learnt. */
  UNKNOWN;

  public static Health of(Answer answer) {
    if (answer instanceof Answer.Spoken spoken) {
      Code code = Code.of(spoken.envelope().code());
      return code == Code.E01 || code == Code.E03 ? UNHEALTHY : HEALTHY;
    }
    return answer instanceof Answer.Unsent unsent && SendFailure.isOurs(unsent.why())
        ? UNKNOWN
        : UNHEALTHY;
  }
}
