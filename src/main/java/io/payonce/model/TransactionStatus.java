package io.payonce.model;

/**
 * The outcome of a transaction as the platform reports it. Letters travel on the wire; some of its
 * documents show words, so both are read (platform.md#statuses).
 */
public enum TransactionStatus {
  INITIAL('I', false),
  PROCESSING('P', false),
  SUCCESS('S', true),
  FAIL('F', true),
  CLOSED('C', true),
  /** There is a status, but none we know: nothing may be concluded from it. */
  UNREADABLE('?', false);

  private final char letter;
  private final boolean isFinal;

  TransactionStatus(char letter, boolean isFinal) {
    this.letter = letter;
    this.isFinal = isFinal;
  }

  public char letter() {
    return letter;
  }

  /** True when the platform will never report another status for this transaction. */
  public boolean isFinal() {
    return isFinal;
  }

  /** Reads a letter or a word; null only for null, since no status and a strange one differ. */
  public static TransactionStatus parse(String text) {
    return text == null
        ? null
        : switch (text) {
          case "I", "INITIAL" -> INITIAL;
          case "P", "PROCESSING" -> PROCESSING;
          case "S", "SUCCESS" -> SUCCESS;
          case "F", "FAIL", "FAILED" -> FAIL;
          case "C", "CLOSED" -> CLOSED;
          default -> UNREADABLE;
        };
  }
}
