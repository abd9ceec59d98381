package io.payonce.webhook;

import io.payonce.model.HmacSha256;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Tells whether the platform has signed a body: HMAC-SHA256 over its very bytes under the webhook
 * secret. In which text form the signature comes is not documented, so hex and Base64 are both read
 * (platform.md#webhooks).
 */
final class BodySignature {
  private static final Pattern PREFIX = Pattern.compile("^sha256=", Pattern.CASE_INSENSITIVE);
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{43}=?");
  private static final byte[] NONE = new byte[0];

  private BodySignature() {}

  /** Takes as long whatever of a signature is wrong. */
  static boolean fits(byte[] secret, byte[] body, String given) {
    return secret.length > 0
        && MessageDigest.isEqual(HmacSha256.of(secret, body), read(given.strip()));
  }

  private static byte[] read(String given) {
    String text = PREFIX.matcher(given).replaceFirst("");
    if (HEX.matcher(text).matches()) {
      return HexFormat.of().parseHex(text);
    }
    if (!BASE64.matcher(text).matches()) {
      return NONE;
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException strayBits) {
      return NONE;
    }
  }
}
