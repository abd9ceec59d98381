package io.payonce.sandbox.request;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A request off the wire. {@code fields} are the members of the body or of the query string;
 * {@code unreadable} is why there are none, else null.
 */
public record SimRequest(
    String method,
    String path,
    String authorization,
    String session,
    String requestId,
    String timestamp,
    boolean signatureAccepted,
    ObjectNode fields,
    Refusal unreadable) {

  /** Without the key and the body. */
  @Override
  public String toString() {
    return "Inbound[" + method + ' ' + path + ", requestId=" + requestId + ']';
  }
}
