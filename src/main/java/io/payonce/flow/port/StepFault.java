package io.payonce.flow.port;

import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.UnreadableRecord;

/**
 * Names why a step failed, in words that are stored and published: no name of a class is among
 * them.
 */
public enum StepFault {
  LEDGER_UNAVAILABLE("ledger_away", "ledger unavailable"),
  UNREADABLE_RECORD("unreadable_record", "its record cannot be read"),
  BUG("bug", "an unexpected error, see the log");

  private final String word;
  private final String text;

  StepFault(String word, String text) {
    this.word = word;
    this.text = text;
  }

  public static StepFault of(Throwable failure) {
    return failure instanceof LedgerUnavailable
        ? LEDGER_UNAVAILABLE
        : failure instanceof UnreadableRecord ? UNREADABLE_RECORD : BUG;
  }

  /** For traces. */
  public String word() {
    return word;
  }

  /** For timelines. */
  public String text() {
    return text;
  }
}
