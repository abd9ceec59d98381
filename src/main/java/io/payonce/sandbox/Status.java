package io.payonce.sandbox;

/** The platform's transaction status, in its one-letter spelling. */
public enum Status {
  I,
  P,
  S,
  F,
  C;

  boolean isFinal() {
    return this == S || this == F || this == C;
  }
}
