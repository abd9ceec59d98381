package io.payonce.command;

import io.payonce.settings.Settings;
import java.util.Locale;

/**
 * Computes how much memory Redis needs, by what {@code io.payonce.bench.LedgerSize} has measured:
 * names of 20 characters, answers of 200 bytes.
 */
final class LedgerSizing {
  /** The record with its answer, which can be replayed. */
  private static final long RECORD_BYTES = 580;

  /** What stays longer: how it ended, its order, its transaction. */
  private static final long ARCHIVE_BYTES = 120;

  private static final long JOURNAL_BYTES = 240;

  private LedgerSizing() {}

  /** Each payment keeps its bytes for so long: what one a second comes to in the end. */
  static long bytesForOneASecond(Settings settings) {
    long retention = settings.ledger().retentionMs();
    long keep = retention + settings.ledger().tombstoneMs();
    return (RECORD_BYTES * retention
            + ARCHIVE_BYTES * keep
            + JOURNAL_BYTES * settings.outcomes().retentionMs())
        / 1000;
  }

  static String line(Settings settings) {
    return String.format(
        Locale.ROOT,
        "memory of Redis: about %.2f GB for each payment a second on average (%d bytes for"
            + " ledger.retentionMs, %d for ledger.retentionMs + ledger.tombstoneMs, %d for"
            + " outcomes.retentionMs; answers of 200 bytes)",
        bytesForOneASecond(settings) / 1e9,
        RECORD_BYTES,
        ARCHIVE_BYTES,
        JOURNAL_BYTES);
  }
}
