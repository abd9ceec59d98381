package io.payonce.signing;

import java.util.function.BiConsumer;

/**
 * Adds the headers that prove a request is ours; the same input gives the same headers, but for the
 * salt of ECDSA and RSA-PSS. Not thread-safe: each event loop has its own.
 */
@FunctionalInterface
public interface Signer {
  /**
   * @param header receives the name and value of each header to add
   * @throws UnsignableException when the request has no unambiguous signed form; nothing was handed
   *     to {@code header}
   */
  void sign(SigningInput input, BiConsumer<String, String> header);
}
