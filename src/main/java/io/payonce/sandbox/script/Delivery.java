package io.payonce.sandbox.script;

/** Says how an answer reaches the caller, or fails to. */
public enum Delivery {
  NORMAL,
  SILENT,
  RESET,
  CUT,
  GARBAGE,
  EMPTY,
  WRONG_ORDER;

  /** Silence and resets are as easily had before the charge; the others need an answer to spoil. */
  boolean needsAnswer() {
    return this == CUT || this == GARBAGE || this == EMPTY || this == WRONG_ORDER;
  }
}
