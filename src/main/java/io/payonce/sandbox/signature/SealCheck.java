package io.payonce.sandbox.signature;

import io.payonce.signing.ByteSink;
import io.payonce.signing.SigningAlgorithm;
import io.payonce.signing.SigningEngine;
import io.payonce.signing.SigningKey;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;

/** Tells whether a signature over a text was made with a key. */
@FunctionalInterface
interface SealCheck {
  boolean accepts(ByteSink text, byte[] signature);

  /** @param key a shared secret or a public key */
  static SealCheck of(SigningKey key) {
    if (key.algorithm() == SigningAlgorithm.HMAC_SHA256) {
      SigningEngine seal = SigningEngine.of(key);
      return (text, signature) -> MessageDigest.isEqual(seal.over(text), signature);
    }
    return (text, signature) -> verifies(key, text, signature);
  }

  private static boolean verifies(SigningKey key, ByteSink text, byte[] signature) {
    try {
      Signature check = SigningEngine.signature(key.algorithm());
      check.initVerify((PublicKey) key.key());
      text.feed(check);
      return check.verify(signature);
    } catch (SignatureException malformed) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "this Java runtime cannot use the key with " + key.algorithm().wireName());
    }
  }
}
