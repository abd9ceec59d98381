package io.payonce.signing;

/**
 * Writes the text of a request that is signed; equal texts must mean equal requests, as far as the
 * mode allows.
 */
@FunctionalInterface
interface SignedText {
  void write(SigningInput input, ByteSink to);
}
