package io.payonce.model;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Computes HMAC-SHA256, the signature of notifications and the source of derived keys. */
public final class HmacSha256 {
  private static final String NAME = "HmacSHA256";

  private HmacSha256() {}

  /** For several parts, or several messages one after the other: not to be shared by threads. */
  public static Mac with(byte[] key) {
    try {
      Mac mac = Mac.getInstance(NAME);
      mac.init(new SecretKeySpec(key, NAME));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + NAME, e);
    }
  }

  /** Its 32 bytes. */
  public static byte[] of(byte[] key, byte[] message) {
    return with(key).doFinal(message);
  }
}
