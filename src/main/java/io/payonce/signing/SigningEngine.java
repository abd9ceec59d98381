package io.payonce.signing;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import javax.crypto.Mac;

/**
 * One key at work: it signs texts. Initialised once, since that costs more than signing. Not
 * thread-safe.
 */
@FunctionalInterface
public interface SigningEngine {
  byte[] over(ByteSink text);

  /** @param key a shared secret or a private key */
  static SigningEngine of(SigningKey key) {
    try {
      return key.algorithm() == SigningAlgorithm.HMAC_SHA256 ? secret(key) : pair(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "this Java runtime cannot use the key with " + key.algorithm().wireName());
    }
  }

  /** What signs or verifies with the algorithm, once it has a key. */
  static Signature signature(SigningAlgorithm algorithm) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm.jcaName());
    if (algorithm == SigningAlgorithm.RSA_PSS_SHA512) {
      signature.setParameter(
          new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, 64, 1));
    }
    return signature;
  }

  private static SigningEngine secret(SigningKey key) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(key.algorithm().jcaName());
    mac.init(key.key());
    return text -> {
      text.feed(mac);
      return mac.doFinal();
    };
  }

  private static SigningEngine pair(SigningKey key) throws GeneralSecurityException {
    Signature signature = signature(key.algorithm());
    signature.initSign((PrivateKey) key.key());
    return text -> {
      try {
        text.feed(signature);
        return signature.sign();
      } catch (SignatureException e) {
        throw new IllegalStateException("signing with " + key + " failed", e);
      }
    };
  }
}
