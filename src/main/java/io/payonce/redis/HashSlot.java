package io.payonce.redis;

import java.nio.charset.StandardCharsets;

/**
 * Computes which of a cluster's 16384 slots a key is in: CRC16 (XMODEM) of the key, or of its
 * {@code {tag}} if it has one; as the cluster specification has it.
 */
final class HashSlot {
  static final int COUNT = 16384;
  private static final int POLYNOMIAL = 0x1021;
  private static final int[] TABLE = table();

  private HashSlot() {}

  static int of(String key) {
    int crc = 0;
    for (byte b : tag(key).getBytes(StandardCharsets.UTF_8)) {
      crc = (crc << 8 & 0xffff) ^ TABLE[(crc >>> 8 ^ b) & 0xff];
    }
    return crc & COUNT - 1;
  }

  private static String tag(String key) {
    int open = key.indexOf('{');
    int close = open < 0 ? -1 : key.indexOf('}', open + 1);
    return close > open + 1 ? key.substring(open + 1, close) : key;
  }

  private static int[] table() {
    int[] table = new int[256];
    for (int i = 0; i < table.length; i++) {
      int crc = i << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) != 0 ? crc << 1 ^ POLYNOMIAL : crc << 1;
      }
      table[i] = crc & 0xffff;
    }
    return table;
  }
}
