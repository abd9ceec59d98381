package io.payonce.ledger;

import java.util.Arrays;
import java.util.Locale;

/** Names how a payment ended. The words stand in records and in the admin API. */
public enum Outcome {
  PAID("PAID"),
  UNPAID("UNPAID"),
  REFUSED("REFUSED"),
  /** Refused for the moment and given back: the same id may begin again. */
  RELEASED("RELEASED");

  private final String word;

  Outcome(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** The word in metrics and traces. */
  public String label() {
    return word.toLowerCase(Locale.ROOT);
  }

  /**
   * Reads {@link #word}.
   *
   * @throws IllegalArgumentException when no outcome is called so
   */
  public static Outcome read(String word) {
    return Arrays.stream(values())
        .filter(outcome -> outcome.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not an outcome: " + word));
  }

  @Override
  public String toString() {
    return word;
  }
}
