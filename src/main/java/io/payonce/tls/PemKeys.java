package io.payonce.tls;

import io.vertx.core.VertxException;
import io.vertx.core.net.impl.pkcs1.PrivateKeyParser;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads keys from PEM; faults say what is wrong and never show the key. */
public final class PemKeys {
  /** Turns every older form into PKCS#8, encrypted ones too. */
  public static final String CONVERT = "openssl pkcs8 -topk8 -nocrypt -in OLD.pem -out NEW.pem";

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  private static final String PKCS8 = "PRIVATE KEY";

  /** Each refuses the keys of the others. */
  private static final List<String> KINDS = List.of("RSA", "RSASSA-PSS", "EC", "Ed25519");

  private PemKeys() {}

  /**
   * A key to sign with, in PKCS#8: RSA, RSA-PSS, EC or Ed25519.
   *
   * @throws IllegalArgumentException when there is no such key in the text
   */
  public static PrivateKey privateKey(String pem) {
    Block block = find(pem);
    if (!block.label.equals(PKCS8)) {
      throw new IllegalArgumentException("a signing key must be PKCS#8 (BEGIN PRIVATE KEY), not "
          + block.label + "; convert it: " + CONVERT);
    }
    for (String kind : KINDS) {
      try {
        return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(block.der));
      } catch (GeneralSecurityException | RuntimeException otherKind) {
        // Nothing of it may reach a log.
      }
    }
    throw unreadable("RSA, RSA-PSS, EC or Ed25519");
  }

  /**
   * The key of a certificate, in each form that a TLS server or client of ours takes: PKCS#8,
   * PKCS#1 (RSA) and SEC 1 (EC), as cert-manager writes them.
   *
   * @throws IllegalArgumentException when there is no such key in the text
   */
  public static PrivateKey tlsKey(String pem) {
    Block block = find(pem);
    try {
      // Read by what reads it for the connections, so that both take the same keys.
      return switch (block.label) {
        case PKCS8 ->
          KeyFactory.getInstance(PrivateKeyParser.getPKCS8EncodedKeyAlgorithm(block.der))
              .generatePrivate(new PKCS8EncodedKeySpec(block.der));
        case "RSA PRIVATE KEY" ->
          KeyFactory.getInstance("RSA").generatePrivate(PrivateKeyParser.getRSAKeySpec(block.der));
        case "EC PRIVATE KEY" ->
          KeyFactory.getInstance("EC").generatePrivate(PrivateKeyParser.getECKeySpec(block.der));
        default ->
          throw new IllegalArgumentException("not " + block.label + "; convert it: " + CONVERT);
      };
    } catch (GeneralSecurityException | VertxException | IndexOutOfBoundsException damaged) {
      throw unreadable("RSA or EC");
    }
  }

  // Without the cause: nothing of the key may reach a log.
  private static IllegalArgumentException unreadable(String kinds) {
    return new IllegalArgumentException(
        "the private key cannot be read: it is damaged, or not " + kinds);
  }

  private record Block(String label, byte[] der) {}

  private static Block find(String pem) {
    String others = "";
    for (Matcher matcher = BLOCK.matcher(pem);
        matcher.find();
        others = ", only a " + matcher.group(1)) {
      if (matcher.group(1).endsWith(PKCS8)) {
        return new Block(matcher.group(1), decode(matcher.group(2)));
      }
    }
    throw new IllegalArgumentException(
        "no " + PKCS8 + " block (-----BEGIN … -----END) found" + others);
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the " + PKCS8 + " block is not base64");
    }
  }
}
