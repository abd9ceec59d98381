package io.payonce.outcome;

import java.util.Arrays;
import java.util.Optional;

/** Names why an outcome stands in the journal. The words are stored, and published. */
public enum OutcomeKind {
  /** The payment ended. */
  SETTLED("settled"),
  /** Refused for the moment and given back, after its caller had been answered P. */
  RELEASED("released"),
  /** After its end the platform reported that money moved, or moved otherwise. */
  CONTRADICTED("contradicted"),
  /** An operator decided about it after its end, or ended what could not be read. */
  DECIDED("decided");

  private final String word;

  OutcomeKind(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** True when it corrects what may stand in the journal of the same payment. */
  public boolean corrects() {
    return this == CONTRADICTED || this == DECIDED;
  }

  /** Reads {@link #word}; empty for a kind of later versions. */
  public static Optional<OutcomeKind> read(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }

  @Override
  public String toString() {
    return word;
  }
}
