package io.payonce.signing;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash functions every Java runtime must have. */
final class Sha {
  private Sha() {}

  static MessageDigest sha256() {
    return digest("SHA-256");
  }

  static MessageDigest sha512() {
    return digest("SHA-512");
  }

  private static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("no " + name + " in this Java runtime", e);
    }
  }
}
