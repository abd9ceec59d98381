package io.payonce.sandbox;

/** A platform code other than 0: this copy has done nothing. */
final class Refusal extends RuntimeException {

  private final String code;
  private final Integer retryAfterSeconds;

  Refusal(String code, String message) {
    this(code, message, null);
  }

  Refusal(String code, String message, Integer retryAfterSeconds) {
    super(message, null, false, false);
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  String code() {
    return code;
  }

  Integer retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
