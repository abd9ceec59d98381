package io.payonce.signing;

import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Arrays;
import javax.crypto.Mac;

/** The text being signed, gathered in one buffer that is reused from request to request. */
public final class ByteSink {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes = new byte[1024];
  private int length;

  public ByteSink clear() {
    length = 0;
    return this;
  }

  public ByteSink put(char ascii) {
    room(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  public ByteSink put(byte[] source, int from, int to) {
    room(to - from);
    System.arraycopy(source, from, bytes, length, to - from);
    length += to - from;
    return this;
  }

  public ByteSink put(byte[] source) {
    return put(source, 0, source.length);
  }

  /**
   * Text that arrives as it leaves: anything but printable ASCII could be re-encoded on the way,
   * and a line break would let one part of the signed text pass for another.
   */
  public ByteSink printable(String part, String value) {
    if (value == null) {
      throw new UnsignableException(part + " is missing");
    }
    room(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c > '~') {
        throw new UnsignableException(part + " has a character that is not printable ASCII");
      }
      bytes[length++] = (byte) c;
    }
    return this;
  }

  public ByteSink hex(byte[] source) {
    room(source.length * 2);
    for (byte b : source) {
      bytes[length++] = HEX[(b >> 4) & 15];
      bytes[length++] = HEX[b & 15];
    }
    return this;
  }

  public void feed(Mac mac) {
    mac.update(bytes, 0, length);
  }

  public void feed(Signature signature) throws SignatureException {
    signature.update(bytes, 0, length);
  }

  public String text() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
    }
  }
}
