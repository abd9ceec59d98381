package io.payonce.ledger.sealing;

import io.payonce.model.HmacSha256;
import io.payonce.model.PaymentId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names a payment in the address that the platform reports to: no other can read the name, or make
 * one. It is no evidence, the report's signature is; whoever has lost the secret takes the ids of
 * the report instead.
 *
 * <p>The tag of the name (HMAC-SHA256, 16 bytes) is also what the name is encrypted under (AES-256
 * in counter mode, as RFC 5297 does): no two names share it, so that no counter of nonces is
 * needed, and a payment has one token, whoever makes it. Thread-safe.
 */
public final class WebhookToken {
  private static final int TAG_BYTES = 16;

  /** The longest names have 175 signs; whatever is longer is not worth the decryption. */
  private static final int MOST_SIGNS = 512;

  private final byte[] tagKey;
  private final SecretKeySpec nameKey;

  /** @param secret as {@code notify.secret} says it: what belongs to this fleet alone */
  public WebhookToken(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    tagKey = derived(bytes, "webhook token: tag");
    nameKey = new SecretKeySpec(derived(bytes, "webhook token: name"), "AES");
  }

  private static byte[] derived(byte[] secret, String purpose) {
    return HmacSha256.of(secret, purpose.getBytes(StandardCharsets.US_ASCII));
  }

  /** Letters, digits, {@code -} and {@code _}: it stands in a path, and in JSON. */
  public String of(PaymentId id) {
    byte[] name = id.toString().getBytes(StandardCharsets.UTF_8);
    byte[] tag = tag(name);
    ByteBuffer token = ByteBuffer.allocate(TAG_BYTES + name.length).put(tag).put(crypt(tag, name));
    return encoded(token.array());
  }

  /** Null when it is none of ours: of another secret, changed, or no token at all. */
  public PaymentId payment(String token) {
    byte[] bytes = decoded(token);
    if (bytes.length <= TAG_BYTES) {
      return null;
    }
    byte[] tag = Arrays.copyOf(bytes, TAG_BYTES);
    byte[] name = crypt(tag, Arrays.copyOfRange(bytes, TAG_BYTES, bytes.length));
    return MessageDigest.isEqual(tag, tag(name))
        ? PaymentId.parse(new String(name, StandardCharsets.UTF_8))
        : null;
  }

  private static String encoded(byte[] token) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /** One text for one token: what decodes to the same bytes in another spelling is none. */
  private static byte[] decoded(String token) {
    try {
      byte[] bytes =
          token.length() > MOST_SIGNS ? new byte[0] : Base64.getUrlDecoder().decode(token);
      return encoded(bytes).equals(token) ? bytes : new byte[0];
    } catch (IllegalArgumentException another) {
      return new byte[0];
    }
  }

  private byte[] tag(byte[] name) {
    Mac mac = HmacSha256.with(tagKey);
    return Arrays.copyOf(mac.doFinal(name), TAG_BYTES);
  }

  /** Its own inverse. */
  private byte[] crypt(byte[] tag, byte[] name) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, nameKey, new IvParameterSpec(tag));
      return cipher.doFinal(name);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES in counter mode", e);
    }
  }
}
