package io.payonce.signing;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import javax.crypto.Mac;

/**
 * One key at work: it seals a text or tells whether a seal is genuine. Initialised once, since that
 * costs more than sealing.
 */
interface Seal {
  byte[] over(ByteSink text);

  boolean accepts(ByteSink text, byte[] seal);

  static Seal of(SigningKey key) {
    try {
      return key.algorithm() == SigningAlgorithm.HMAC_SHA256 ? new Secret(key) : new Pair(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "this Java runtime cannot use the key with " + key.algorithm().wireName());
    }
  }

  /** A shared secret, which signs and verifies alike. */
  final class Secret implements Seal {
    private final Mac mac;

    private Secret(SigningKey key) throws GeneralSecurityException {
      mac = Mac.getInstance(key.algorithm().jcaName());
      mac.init(key.key());
    }

    @Override
    public byte[] over(ByteSink text) {
      text.feed(mac);
      return mac.doFinal();
    }

    @Override
    public boolean accepts(ByteSink text, byte[] seal) {
      return MessageDigest.isEqual(over(text), seal);
    }
  }

  /** One half of a key pair: the private half signs, the public half verifies. */
  final class Pair implements Seal {
    private final SigningKey key;
    private final Signature signature;

    private Pair(SigningKey key) throws GeneralSecurityException {
      this.key = key;
      signature = Signature.getInstance(key.algorithm().jcaName());
      if (key.algorithm() == SigningAlgorithm.RSA_PSS_SHA512) {
        signature.setParameter(
            new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, 64, 1));
      }
      begin();
    }

    private void begin() throws InvalidKeyException {
      if (key.key() instanceof PrivateKey privateKey) {
        signature.initSign(privateKey);
      } else {
        signature.initVerify((PublicKey) key.key());
      }
    }

    @Override
    public byte[] over(ByteSink text) {
      try {
        text.feed(signature);
        return signature.sign();
      } catch (SignatureException e) {
        throw new IllegalStateException("signing with " + key + " failed", e);
      }
    }

    @Override
    public boolean accepts(ByteSink text, byte[] seal) {
      try {
        text.feed(signature);
        return signature.verify(seal);
      } catch (SignatureException malformed) {
        return restart();
      }
    }

    // A seal of the wrong length is thrown out before the text fed so far is forgotten.
    private boolean restart() {
      try {
        begin();
        return false;
      } catch (InvalidKeyException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
