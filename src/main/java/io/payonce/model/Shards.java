package io.payonce.model;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Into how many parts the ledger is cut, and which one is a merchant's. */
public final class Shards {
  /** Fixed for ever: at another number, no record would be found again. */
  public static final int COUNT = 256;

  private Shards() {}

  /** CRC-32, because any language can compute it. */
  public static int of(String merchantId) {
    CRC32 crc = new CRC32();
    crc.update(merchantId.getBytes(StandardCharsets.UTF_8));
    return (int) (crc.getValue() % COUNT);
  }
}
