package io.payonce.signing;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

/**
 * The Content-Digest field of RFC 9530: writes sha-256; reads sha-256 and sha-512, and wants every
 * one it can read to match.
 */
final class ContentDigest {
  private final MessageDigest sha256 = Sha.sha256();
  private final MessageDigest sha512 = Sha.sha512();

  String of(byte[] body) {
    return "sha-256=:" + Base64.getEncoder().encodeToString(sha256.digest(body)) + ":";
  }

  /** @throws IllegalArgumentException when the field is not a dictionary of digests */
  boolean matches(List<String> lines, byte[] body) {
    int known = 0;
    for (var member : StructuredParser.dictionary(lines).entrySet()) {
      MessageDigest digest = digest(member.getKey());
      if (digest != null) {
        known++;
        if (!(member.getValue().value() instanceof byte[] given)
            || !MessageDigest.isEqual(digest.digest(body), given)) {
          return false;
        }
      }
    }
    return known > 0;
  }

  private MessageDigest digest(String algorithm) {
    return switch (algorithm) {
      case "sha-256" -> sha256;
      case "sha-512" -> sha512;
      default -> null;
    };
  }
}
