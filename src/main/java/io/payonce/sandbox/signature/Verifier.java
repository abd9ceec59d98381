package io.payonce.sandbox.signature;

import io.payonce.signing.SigningInput;
import java.util.List;
import java.util.function.Function;

/**
 * Tells whether a request was signed with one of the keys it knows, as the platform would. Not
 * thread-safe.
 */
@FunctionalInterface
public interface Verifier {
  /**
   * @param headers all values of a header, given its name in lower case; empty when it is absent
   * @param nowMillis the verifier's clock, against which signatures that carry a time are judged
   */
  SignatureVerdict verify(
      SigningInput input, Function<String, List<String>> headers, long nowMillis);
}
