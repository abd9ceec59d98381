package io.payonce.sandbox.request;

/** A platform code other than 0: this request has done nothing. */
public final class Refusal extends RuntimeException {

  private final String code;
  private final Integer retryAfterSeconds;

  public Refusal(String code, String message) {
    this(code, message, null);
  }

  public Refusal(String code, String message, Integer retryAfterSeconds) {
    super(message, null, false, false);
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  public String code() {
    return code;
  }

  public Integer retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
