package io.payonce.signing;

import java.security.MessageDigest;

/**
 * The canonical string of hmac-sha256 and rsa-sha256: five lines that cover method, target, time,
 * request id and body.
 */
final class RequestText implements SignedText {
  private final MessageDigest sha256 = Sha.sha256();

  @Override
  public void write(SigningInput input, ByteSink to) {
    to.printable("method", input.method())
        .put('\n')
        .printable("path", input.target().path());
    if (input.target().query() != null) {
      to.put('?').printable("query", input.target().query());
    }
    to.put('\n').printable("timestamp", input.timestampMillis());
    to.put('\n').printable("request id", input.requestId());
    to.put('\n').hex(sha256.digest(input.body()));
  }
}
