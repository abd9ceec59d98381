package io.payonce.signing;

/**
 * A request that has no unambiguous signed form, so it must not be sent; the message names the
 * part, never its value.
 */
public final class UnsignableException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public UnsignableException(String message) {
    super(message);
  }
}
