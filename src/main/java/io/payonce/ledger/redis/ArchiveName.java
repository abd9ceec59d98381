package io.payonce.ledger.redis;

import io.payonce.model.PaymentId;
import io.payonce.validation.RequestRules;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names as the archive of ended payments has them: packed, so that each name has one form and each
 * form one name, and led by three bytes of a hash that say in which bucket it stands.
 * {@code archive.lua} reads them too. A name that does not fit is empty: what goes by it is kept
 * outside of the archive.
 */
public final class ArchiveName {
  /** The longest that a head of one byte can say. */
  private static final int MOST = 63;

  private static final int HASH_BYTES = 3;

  /** What goes by a name: an order; a transaction of the ledger's first platform, or of another. */
  private static final int ORDER = 0;

  private static final int FIRST = 1;
  private static final int OTHER = 2;

  private static final int LETTERS = 64;
  private static final int UUID = 192;
  private static final int UUID_CHARS = 36;
  private static final byte[] NONE = {};
  private static final byte[] ROOM_FOR_HASH = new byte[HASH_BYTES];

  /** One a thread: with a new one for each name, a payment allocates 4 KB more. */
  private static final ThreadLocal<MessageDigest> SHA_1 =
      ThreadLocal.withInitial(ArchiveName::sha1);

  private ArchiveName() {}

  /** Of a payment: the hash, and its owner and id. */
  public static byte[] of(PaymentId id) {
    byte[] owner = packed(id.owner());
    byte[] request = packed(id.requestId());
    if (owner.length == 0 || request.length == 0) {
      return NONE;
    }
    byte[] name = joined(ROOM_FOR_HASH, owner, request);
    MessageDigest hash = SHA_1.get();
    hash.update(name, HASH_BYTES, name.length - HASH_BYTES);
    return led(hash, name);
  }

  /** Of an order of this owner; or of a transaction, where the order goes by its name. */
  public static byte[] order(PaymentId of, String order, HomePlatform home) {
    boolean named = order != null && order.startsWith(RequestRules.NAMED);
    return named
        ? transaction(of, order.substring(RequestRules.NAMED.length()), home)
        : sought(of, ORDER, "", order);
  }

  /**
   * Of a transaction of this owner.
   *
   * @param name as the ledger keeps it: of another platform than the first, its name is in front
   */
  static byte[] transaction(PaymentId of, String name, HomePlatform home) {
    boolean first = home.own().equals(home.first());
    String ahead = first ? "" : home.own() + "/";
    return name != null && name.startsWith(ahead)
        ? sought(of, first ? FIRST : OTHER, home.own(), name.substring(ahead.length()))
        : NONE;
  }

  private static byte[] sought(PaymentId of, int kind, String platform, String name) {
    byte[] owner = packed(of.owner());
    byte[] packed = packed(name);
    byte[] platformBytes = platform.getBytes(StandardCharsets.UTF_8);
    if (owner.length == 0 || packed.length == 0 || platformBytes.length > 255) {
      return NONE;
    }
    byte[] head = {0, 0, 0, (byte) kind, (byte) platformBytes.length};
    byte[] whole = joined(head, platformBytes, owner, packed);
    MessageDigest hash = SHA_1.get();
    // A ledger's first platform may get another name: what is its own is found all the same.
    if (kind == FIRST) {
      hash.update((byte) FIRST);
      hash.update(owner);
      hash.update(packed);
    } else {
      hash.update(whole, HASH_BYTES, whole.length - HASH_BYTES);
    }
    return led(hash, whole);
  }

  /** One byte that says form and length, and the name in that form; empty where it is too long. */
  static byte[] packed(String name) {
    if (name == null || name.isEmpty()) {
      return NONE;
    }
    if (isUuid(name)) {
      return headed(UUID, HexFormat.of().parseHex(name.replace("-", "")));
    }
    if (name.length() <= MOST && isLetters(name)) {
      return sixBits(name);
    }
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return bytes.length > MOST ? NONE : headed(bytes.length, bytes);
  }

  /** Six bits a letter, as base64 for URLs has them; the last byte is filled with zeros. */
  private static byte[] sixBits(String name) {
    byte[] bytes = new byte[1 + (name.length() * 3 + 3) / 4];
    bytes[0] = (byte) (LETTERS + name.length());
    int at = 1;
    int bits = 0;
    int left = 0;
    for (int i = 0; i < name.length(); i++) {
      bits = bits << 6 | value(name.charAt(i));
      left += 6;
      if (left >= 8) {
        left -= 8;
        bytes[at++] = (byte) (bits >> left);
      }
    }
    if (left > 0) {
      bytes[at] = (byte) (bits << 8 - left);
    }
    return bytes;
  }

  private static int value(char letter) {
    if (letter >= 'a') {
      return letter - 'a' + 26;
    }
    if (letter == '_') {
      return 63;
    }
    if (letter >= 'A') {
      return letter - 'A';
    }
    return letter == '-' ? 62 : letter - '0' + 52;
  }

  private static boolean isLetters(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      if (!letter && !(c >= '0' && c <= '9') && c != '-' && c != '_') {
        return false;
      }
    }
    return true;
  }

  /** As it is written usually; any other spelling is another name. */
  private static boolean isUuid(String name) {
    if (name.length() != UUID_CHARS) {
      return false;
    }
    for (int i = 0; i < UUID_CHARS; i++) {
      char c = name.charAt(i);
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? c != '-' : !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  private static byte[] headed(int head, byte[] rest) {
    return joined(new byte[] {(byte) head}, rest);
  }

  /** A name that has room for its hash. */
  private static byte[] led(MessageDigest hash, byte[] name) {
    System.arraycopy(hash.digest(), 0, name, 0, HASH_BYTES);
    return name;
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  private static byte[] joined(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
