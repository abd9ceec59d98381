package io.payonce.sandbox.signature;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Reads Content-Digest (RFC 9530), and wants every sha-256 and sha-512 there to match. */
final class DigestCheck {
  private DigestCheck() {}

  /** @throws IllegalArgumentException when the field is not a dictionary of digests */
  static boolean matches(List<String> lines, byte[] body) {
    int known = 0;
    for (var member : StructuredFields.dictionary(lines).entrySet()) {
      String algorithm = member.getKey();
      if (algorithm.equals("sha-256") || algorithm.equals("sha-512")) {
        known++;
        byte[] given = StructuredFields.bytes(member.getValue());
        if (given == null || !MessageDigest.isEqual(digest(algorithm, body), given)) {
          return false;
        }
      }
    }
    return known > 0;
  }

  private static byte[] digest(String algorithm, byte[] body) {
    try {
      return MessageDigest.getInstance(algorithm).digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("no " + algorithm + " in this Java runtime", e);
    }
  }
}
