package io.payonce.platform.http;

import io.vertx.core.buffer.Buffer;

/** Gathers the body of one answer, up to a limit. */
final class Body {
  /** A batch list of thousands of rows fits; half may not, double only helps an attacker. */
  private static final int MAX_BYTES = 1 << 20;

  private static final byte[] EMPTY = {};

  private Buffer gathered;

  /** False when the body is too large; then what was gathered is worthless. */
  boolean add(Buffer chunk) {
    int length = gathered == null ? 0 : gathered.length();
    if (length + chunk.length() > MAX_BYTES) {
      return false;
    }
    gathered = gathered == null ? chunk : appendable().appendBuffer(chunk);
    return true;
  }

  byte[] bytes() {
    return gathered == null ? EMPTY : gathered.getBytes();
  }

  private boolean isOwn;

  // Most answers are one chunk, which is kept as it is.
  private Buffer appendable() {
    if (!isOwn) {
      isOwn = true;
      gathered = Buffer.buffer(gathered.length() * 2).appendBuffer(gathered);
    }
    return gathered;
  }
}
