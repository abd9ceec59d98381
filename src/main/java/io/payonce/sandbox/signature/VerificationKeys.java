package io.payonce.sandbox.signature;

import io.payonce.signing.ByteSink;
import io.payonce.signing.SigningKey;
import java.util.List;

/**
 * The keys that are valid now: one as a rule, two while the platform and Payonce move from one to
 * the next.
 */
final class VerificationKeys {
  record Entry(SigningKey key, SealCheck check) {}

  private final List<Entry> entries;

  VerificationKeys(List<SigningKey> keys) {
    entries = keys.stream().map(key -> new Entry(key, SealCheck.of(key))).toList();
  }

  /** The keys of this name; all of them when the signature names none. */
  List<Entry> named(String keyId) {
    return keyId == null
        ? entries
        : entries.stream().filter(entry -> keyId.equals(entry.key().id())).toList();
  }

  static SignatureVerdict judge(List<Entry> candidates, ByteSink text, byte[] signature) {
    if (candidates.isEmpty()) {
      return SignatureVerdict.UNKNOWN_KEY;
    }
    return candidates.stream().anyMatch(entry -> entry.check().accepts(text, signature))
        ? SignatureVerdict.VALID
        : SignatureVerdict.MISMATCH;
  }
}
