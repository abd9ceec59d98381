package io.payonce.sandbox.signature;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Checks that a request is signed as agreed; one that is not gets S03. */
@FunctionalInterface
public interface SignatureCheck {

  boolean accepts(HttpServerRequest request, Buffer body);

  /** Asks for no signature, like the platform's public API. */
  static SignatureCheck none() {
    return (request, body) -> true;
  }
}
