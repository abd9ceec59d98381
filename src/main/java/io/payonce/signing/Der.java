package io.payonce.signing;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/**
 * As much of DER as it takes to name a key's algorithm and to wrap the older key formats into
 * PKCS#8.
 */
final class Der {
  /** AlgorithmIdentifiers, ready to be put into a PKCS#8 structure. */
  static final byte[] RSA = hex("300d06092a864886f70d0101010500");

  static final byte[] EC_P256 = hex("301306072a8648ce3d020106082a8648ce3d030107");

  private static final byte[] VERSION_0 = hex("020100");
  private static final byte[] NO_UNUSED_BITS = {0};
  private static final int BITS = 0x03;
  private static final int INTEGER = 0x02;
  private static final int OCTETS = 0x04;
  private static final int OID = 0x06;
  private static final int SEQUENCE = 0x30;

  private final byte[] bytes;
  private int at;

  private Der(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The JCA name for the key in a PKCS#8 or X.509 structure. */
  static String keyAlgorithm(byte[] encoded) {
    try {
      String oid = new Der(encoded).algorithmOid();
      return switch (oid) {
        case "2a864886f70d010101" -> "RSA";
        case "2a864886f70d01010a" -> "RSASSA-PSS";
        case "2a8648ce3d0201" -> "EC";
        case "2b6570" -> "Ed25519";
        default -> throw new IllegalArgumentException("the key is not RSA, RSA-PSS, EC or Ed25519");
      };
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("the key is cut short");
    }
  }

  static byte[] pkcs8(byte[] algorithm, byte[] key) {
    return wrap(SEQUENCE, join(VERSION_0, algorithm, wrap(OCTETS, key)));
  }

  static byte[] x509(byte[] algorithm, byte[] key) {
    return wrap(SEQUENCE, join(algorithm, wrap(BITS, join(NO_UNUSED_BITS, key))));
  }

  private String algorithmOid() {
    enter(SEQUENCE);
    if (bytes[at] == INTEGER) {
      int version = enter(INTEGER);
      at += version;
    }
    enter(SEQUENCE);
    int length = enter(OID);
    return HexFormat.of().formatHex(bytes, at, at + length);
  }

  /** Steps over tag and length; the content is what follows. */
  private int enter(int tag) {
    if ((bytes[at++] & 0xff) != tag) {
      throw new IllegalArgumentException("the key is not in PKCS#8 or X.509 form");
    }
    int length = bytes[at++] & 0xff;
    if (length < 0x80) {
      return length;
    }
    int size = length & 0x7f;
    length = 0;
    for (int i = 0; i < size; i++) {
      length = (length << 8) | (bytes[at++] & 0xff);
    }
    return length;
  }

  private static byte[] wrap(int tag, byte[] content) {
    byte[] head =
        new byte[] {(byte) tag, (byte) 0x82, (byte) (content.length >> 8), (byte) content.length};
    if (content.length < 0x80) {
      head = new byte[] {(byte) tag, (byte) content.length};
    } else if (content.length < 0x100) {
      head = new byte[] {(byte) tag, (byte) 0x81, (byte) content.length};
    }
    return join(head, content);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
