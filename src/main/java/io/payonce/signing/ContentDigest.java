package io.payonce.signing;

import java.security.MessageDigest;
import java.util.Base64;

/** Writes the Content-Digest field of RFC 9530, with sha-256. */
final class ContentDigest {
  private final MessageDigest sha256 = Sha.sha256();

  String of(byte[] body) {
    return "sha-256=:" + Base64.getEncoder().encodeToString(sha256.digest(body)) + ":";
  }
}
