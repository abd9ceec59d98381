package io.payonce.sandbox.script;

/** The platform's transaction status, in its one-letter spelling. */
public enum SimStatus {
  I,
  P,
  S,
  F,
  C;

  public boolean isFinal() {
    return this == S || this == F || this == C;
  }
}
