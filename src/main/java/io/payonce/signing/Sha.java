package io.payonce.signing;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash function every Java runtime must have. */
final class Sha {
  private Sha() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("no SHA-256 in this Java runtime", e);
    }
  }
}
