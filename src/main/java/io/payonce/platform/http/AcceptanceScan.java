package io.payonce.platform.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Finds out whether bytes of an answer say code "0": without a send, so for haste only, never to
 * decide.
 */
final class AcceptanceScan {
  private static final byte[] NAME = "\"code\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] VALUE = "\"0\"".getBytes(StandardCharsets.US_ASCII);

  private AcceptanceScan() {}

  static boolean says(ByteBuf bytes) {
    for (int at = bytes.readerIndex(); at < bytes.writerIndex(); at++) {
      if (isAt(bytes, at, NAME)) {
        int colon = afterBlanks(bytes, at + NAME.length);
        if (colon < bytes.writerIndex()
            && bytes.getByte(colon) == ':'
            && isAt(bytes, afterBlanks(bytes, colon + 1), VALUE)) {
          return true;
        }
      }
    }
    return false;
  }

  private static int afterBlanks(ByteBuf bytes, int at) {
    int next = at;
    while (next < bytes.writerIndex() && bytes.getByte(next) <= ' ') {
      next++;
    }
    return next;
  }

  private static boolean isAt(ByteBuf bytes, int at, byte[] word) {
    if (at + word.length > bytes.writerIndex()) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (bytes.getByte(at + i) != word[i]) {
        return false;
      }
    }
    return true;
  }
}
