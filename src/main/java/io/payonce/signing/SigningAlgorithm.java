package io.payonce.signing;

import java.math.BigInteger;
import java.security.Key;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import java.util.stream.Collectors;
import javax.crypto.SecretKey;

/**
 * The algorithms of RFC 9421, section 3.3, that Payonce speaks, with their names in the IANA
 * registry.
 */
public enum SigningAlgorithm {
  HMAC_SHA256("hmac-sha256", "HmacSHA256", "a shared secret"),
  ED25519("ed25519", "Ed25519", "an Ed25519 key"),
  ECDSA_P256_SHA256(
      "ecdsa-p256-sha256", "SHA256withECDSAinP1363Format", "an EC key on curve P-256"),
  RSA_PSS_SHA512("rsa-pss-sha512", "RSASSA-PSS", "an RSA key of 2048 bits or more"),
  RSA_V1_5_SHA256("rsa-v1_5-sha256", "SHA256withRSA", "an RSA key of 2048 bits or more");

  // Below this NIST SP 800-131A forbids signing; a smaller key is a mistake or a demo that went
  // live.
  private static final int MIN_RSA_BITS = 2048;

  /** Of the generator: no other curve has it. */
  private static final BigInteger P256_X =
      new BigInteger("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296", 16);

  private final String wireName;
  private final String jcaName;
  private final String wanted;

  SigningAlgorithm(String wireName, String jcaName, String wanted) {
    this.wireName = wireName;
    this.jcaName = jcaName;
    this.wanted = wanted;
  }

  /** The registered name, as in the {@code alg} parameter and in the configuration. */
  public String wireName() {
    return wireName;
  }

  /** @throws IllegalArgumentException naming the algorithms there are */
  public static SigningAlgorithm of(String wireName) {
    return Arrays.stream(values())
        .filter(algorithm -> algorithm.wireName.equals(wireName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("expected one of " + names()));
  }

  /** The algorithm a key of this kind is used with if the settings name none. */
  static SigningAlgorithm forKey(Key key) {
    return Arrays.stream(values())
        .filter(algorithm -> algorithm.fits(key))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no signing algorithm takes " + kind(key)));
  }

  void requireFit(Key key) {
    if (!fits(key)) {
      throw new IllegalArgumentException(wireName + " needs " + wanted + ", not " + kind(key));
    }
  }

  String jcaName() {
    return jcaName;
  }

  private boolean fits(Key key) {
    return switch (this) {
      case HMAC_SHA256 -> key instanceof SecretKey;
      case ED25519 -> key instanceof EdECKey ed && ed.getParams().getName().equals("Ed25519");
      case ECDSA_P256_SHA256 -> key instanceof ECKey ec && isP256(ec);
      case RSA_PSS_SHA512 -> isLongRsa(key);
      case RSA_V1_5_SHA256 -> isLongRsa(key) && key.getAlgorithm().equals("RSA");
    };
  }

  private static boolean isP256(ECKey key) {
    return key.getParams().getGenerator().getAffineX().equals(P256_X);
  }

  private static boolean isLongRsa(Key key) {
    return key instanceof RSAKey rsa && rsa.getModulus().bitLength() >= MIN_RSA_BITS;
  }

  private static String kind(Key key) {
    if (key instanceof RSAKey rsa) {
      return "an " + key.getAlgorithm() + " key of " + rsa.getModulus().bitLength() + " bits";
    }
    if (key instanceof ECKey ec) {
      return "an EC key of " + ec.getParams().getOrder().bitLength() + " bits";
    }
    return key instanceof SecretKey ? "a shared secret" : "a key for " + key.getAlgorithm();
  }

  private static String names() {
    return Arrays.stream(values())
        .map(SigningAlgorithm::wireName)
        .collect(Collectors.joining(", "));
  }
}
