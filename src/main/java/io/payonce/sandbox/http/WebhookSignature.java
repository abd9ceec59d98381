package io.payonce.sandbox.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** X-Signature: HMAC-SHA256 over the raw body. How it is written down is not documented. */
final class WebhookSignature {

  private WebhookSignature() {}

  /** @param form {@code hex}, {@code base64} or {@code sha256=hex} */
  static String of(byte[] body, String secret, String form) {
    byte[] mac = mac(body, secret);
    return switch (form) {
      case "base64" -> Base64.getEncoder().encodeToString(mac);
      case "sha256=hex" -> "sha256=" + HexFormat.of().formatHex(mac);
      default -> HexFormat.of().formatHex(mac);
    };
  }

  private static byte[] mac(byte[] body, String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
