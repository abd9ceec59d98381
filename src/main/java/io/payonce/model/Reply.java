package io.payonce.model;

import java.util.Arrays;

/**
 * An answer to a caller: always HTTP 200, its bytes and their media type. The bytes may be the
 * platform's own and then stay as they are.
 */
public record Reply(String contentType, byte[] body) {
  public static final String JSON = "application/json;charset=UTF-8";

  public static Reply json(byte[] body) {
    return new Reply(JSON, body);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Reply reply
        && contentType.equals(reply.contentType)
        && Arrays.equals(body, reply.body);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(body);
  }

  /** Never the bytes: they may name an operator. */
  @Override
  public String toString() {
    return "Reply[" + body.length + " bytes of " + contentType + "]";
  }
}
