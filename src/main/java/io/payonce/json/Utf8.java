package io.payonce.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Says where bytes stop being UTF-8 as the Unicode standard has it: Jackson lets some of it pass.
 */
final class Utf8 {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long NOT_ASCII = 0x8080808080808080L;

  private Utf8() {}

  /** The offset of the first byte that begins no character; -1 when there is none. */
  static int firstFault(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      if (at + 8 <= bytes.length && ((long) EIGHT.get(bytes, at) & NOT_ASCII) == 0) {
        at += 8;
      } else {
        int size = bytes[at] >= 0 ? 1 : sizeAt(bytes, at);
        if (size == 0) {
          return at;
        }
        at += size;
      }
    }
    return -1;
  }

  /** Table 3-7 of the standard: the second byte is what keeps out overlong forms and surrogates. */
  private static int sizeAt(byte[] bytes, int at) {
    int lead = bytes[at] & 0xFF;
    int size = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (size == 0 || at + size > bytes.length) {
      return 0;
    }
    int second = bytes[at + 1] & 0xFF;
    int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (second < least || second > most) {
      return 0;
    }
    for (int i = 2; i < size; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return size;
  }
}
