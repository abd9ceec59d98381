package io.payonce.ledger.sealing;

import io.payonce.model.HmacSha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;

/** A key that records are sealed with. Its name shows nothing of it, and may be public. */
public final class EncryptionKey {
  /** Of a name. Among the few keys of a ledger chance makes two alike once in a billion. */
  public static final int NAME_BYTES = 4;

  private final byte[] key;
  private final byte[] mark;
  private final String name;

  public EncryptionKey(byte[] key) {
    if (key.length != Sealer.KEY_BYTES) {
      throw new IllegalArgumentException("ledger.encryptionKey: 32 bytes, not " + key.length);
    }
    this.key = key.clone();
    byte[] whole = mac().doFinal("name".getBytes(StandardCharsets.US_ASCII));
    mark = Arrays.copyOf(whole, NAME_BYTES);
    name = HexFormat.of().formatHex(mark);
  }

  public String name() {
    return name;
  }

  /** The name as it stands in what is sealed. */
  byte[] mark() {
    return mark.clone();
  }

  /** HMAC-SHA256 with this key. */
  Mac mac() {
    return HmacSha256.with(key);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EncryptionKey that && Arrays.equals(key, that.key);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(mark);
  }

  @Override
  public String toString() {
    return name;
  }
}
