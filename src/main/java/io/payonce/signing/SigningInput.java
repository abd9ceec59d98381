package io.payonce.signing;

/**
 * A request as it looks on the wire, as far as a signature can cover it.
 *
 * @param contentType null when there is none
 * @param timestampMillis the value of X-Timestamp
 * @param requestId the value of the request id header
 * @param body never null; empty when there is none; not copied, so not to be changed
 */
public record SigningInput(
    String method,
    Target target,
    String contentType,
    String timestampMillis,
    String requestId,
    byte[] body) {

  /**
   * The target of a request.
   *
   * @param scheme {@code http} or {@code https}
   * @param authority host, and port unless it is the scheme's own
   * @param path as sent, percent-encoded
   * @param query as sent, without the question mark; null when there is none
   */
  public record Target(String scheme, String authority, String path, String query) {}

  @Override
  public String toString() {
    return "SigningInput[" + method + ", requestId=" + requestId + ", body of " + body.length
        + " bytes]";
  }
}
