package io.payonce.signing;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.spec.ECPoint;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads keys from PEM: RSA, RSA-PSS, EC and Ed25519; faults say what is wrong and never show the
 * key.
 */
public final class PemKeys {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  private static final BigInteger P256_X =
      new BigInteger("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296", 16);

  private PemKeys() {}

  /**
   * @throws IllegalArgumentException when there is no private key in the text, or none that Payonce
   *     can use
   */
  public static PrivateKey privateKey(String pem) {
    Block block = find(pem, "PRIVATE KEY");
    byte[] pkcs8 = switch (block.label) {
      case "PRIVATE KEY" -> block.der;
      case "RSA PRIVATE KEY" -> Der.pkcs8(Der.RSA, block.der);
      case "EC PRIVATE KEY" -> Der.pkcs8(Der.EC_P256, block.der);
      case "ENCRYPTED PRIVATE KEY" ->
        throw new IllegalArgumentException(
            "the private key is encrypted; store it unencrypted, as a secret");
      default ->
        throw new IllegalArgumentException("a " + block.label + " is not supported; use PKCS#8");
    };
    try {
      return factory(Der.keyAlgorithm(pkcs8)).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException e) {
      // Without the cause: nothing of the key may reach a log.
      throw new IllegalArgumentException("the private key cannot be read: its content is damaged");
    }
  }

  /**
   * @throws IllegalArgumentException when there is no public key in the text, or none that Payonce
   *     can use
   */
  public static PublicKey publicKey(String pem) {
    Block block = find(pem, "PUBLIC KEY");
    byte[] x509 = block.label.equals("RSA PUBLIC KEY") ? Der.x509(Der.RSA, block.der) : block.der;
    try {
      return factory(Der.keyAlgorithm(x509)).generatePublic(new X509EncodedKeySpec(x509));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the public key cannot be read: its content is damaged");
    }
  }

  static boolean isP256(ECKey key) {
    ECPoint generator = key.getParams().getGenerator();
    return generator.getAffineX().equals(P256_X);
  }

  private record Block(String label, byte[] der) {}

  private static Block find(String pem, String wanted) {
    String others = "";
    for (Matcher matcher = BLOCK.matcher(pem);
        matcher.find();
        others = ", only a " + matcher.group(1)) {
      if (matcher.group(1).endsWith(wanted)) {
        return new Block(matcher.group(1), decode(matcher.group(2), wanted));
      }
    }
    throw new IllegalArgumentException(
        "no " + wanted + " block (-----BEGIN … -----END) found" + others);
  }

  private static byte[] decode(String base64, String wanted) {
    try {
      return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the " + wanted + " block is not base64");
    }
  }

  private static KeyFactory factory(String algorithm) throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm);
  }
}
