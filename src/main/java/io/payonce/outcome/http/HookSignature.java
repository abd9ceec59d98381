package io.payonce.outcome.http;

import io.payonce.model.HmacSha256;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.HexFormat;

/** The headers of a notification, as the platform's own have them (platform.md#webhooks). */
final class HookSignature {
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
    return HexFormat.of().formatHex(HmacSha256.of(secret, body));
  }
}
