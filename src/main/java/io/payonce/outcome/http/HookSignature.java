package io.payonce.outcome.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The headers of a notification, as the platform's own have them (platform.md#webhooks). */
final class HookSignature {
  private static final String HMAC = "HmacSHA256";

  private HookSignature() {}

  static MultiMap headers(String uuid, long nowMillis, byte[] secret, byte[] body) {
    return HttpHeaders.headers()
        .set("Content-Type", "application/json; charset=utf-8")
        .set("Content-Length", String.valueOf(body.length))
        .set("User-Agent", "Payonce")
        .set("X-Client-Request-Id", uuid)
        .set("X-Timestamp", String.valueOf(nowMillis))
        .set("X-Signature", hex(secret, body));
  }

  /** Of the raw body, in lower-case hexadecimal digits. */
  static String hex(byte[] secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret, HMAC));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA256", e);
    }
  }
}
