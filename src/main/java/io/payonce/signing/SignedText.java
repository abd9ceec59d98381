package io.payonce.signing;

/**
 * Writes the text of a request that is signed; equal texts must mean equal requests, as far as the
 * mode allows.
 */
@FunctionalInterface
public interface SignedText {
  /** Of a mode with a header of our own. */
  static SignedText of(SigningMode mode) {
    return switch (mode) {
      case HMAC_SHA256, RSA_SHA256 -> new RequestText();
      case SORTED_PARAMS -> new ParamsText();
      case BEARER, HTTP_MESSAGE_SIGNATURES ->
        throw new IllegalArgumentException(mode.wireName() + " has no such text");
    };
  }

  void write(SigningInput input, ByteSink to);
}
