package io.payonce.sandbox.request;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Says what the platform does with a transactionRequestId it has seen; its documents contradict
 * each other.
 */
public enum Idempotency {
  /** The first result for the same transaction, C06 for another one under the same id. */
  FIRST_RESULT("first-result"),
  /** C06 always. */
  C06("c06"),
  /** The transaction is executed again. */
  NONE("none");

  private final String word;

  Idempotency(String word) {
    this.word = word;
  }

  @JsonValue
  public String word() {
    return word;
  }
}
