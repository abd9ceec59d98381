package io.payonce.sandbox.signature;

import io.payonce.signing.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads public keys from PEM (BEGIN PUBLIC KEY): RSA, RSA-PSS, EC and Ed25519. */
public final class PublicKeys {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN PUBLIC KEY-----([^-]*)-----END PUBLIC KEY-----");

  /** Each refuses the keys of the others. */
  private static final List<String> KINDS = List.of("RSA", "RSASSA-PSS", "EC", "Ed25519");

  private PublicKeys() {}

  /** @throws IllegalArgumentException when there is no such key in the text, without quoting it */
  public static PublicKey read(String pem) {
    Matcher block = BLOCK.matcher(pem);
    if (!block.find()) {
      throw new IllegalArgumentException("no PUBLIC KEY block (-----BEGIN … -----END) found");
    }
    byte[] der = Base64.getMimeDecoder().decode(block.group(1));
    for (String kind : KINDS) {
      try {
        return KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(der));
      } catch (GeneralSecurityException | RuntimeException otherKind) {
        // The next may take it.
      }
    }
    throw new IllegalArgumentException(
        "the public key cannot be read: it is damaged, or not RSA, RSA-PSS, EC or Ed25519");
  }

  /**
   * One entry of the setting {@code signingKeys}: {@code id:secret} or {@code id:} and a public key
   * in PEM; the id may be empty.
   *
   * @throws IllegalArgumentException if it is neither, without quoting it
   */
  public static SigningKey entry(String entry) {
    int colon = entry.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("a signing key is written id:key");
    }
    String id = colon == 0 ? null : entry.substring(0, colon);
    String material = entry.substring(colon + 1);
    return material.contains("-----BEGIN")
        ? SigningKey.of(id, read(material))
        : SigningKey.ofSecret(id, material.getBytes(StandardCharsets.UTF_8));
  }
}
