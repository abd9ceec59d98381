package io.payonce.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.settings.Loaded;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each part of a payment counts for as long as it is kept. */
class LedgerSizingTest {
  private static Settings settings(Map<String, String> env) {
    return ((Loaded.Ready) Settings.load(Optional.empty(), env, Profile.SANDBOX)).settings();
  }

  @Test
  void each_part_counts_for_as_long_as_it_is_kept() {
    assertThat(LedgerSizing.bytesForOneASecond(settings(Map.of(
            "PAYONCE_LEDGER_RETENTION_MS", "100000",
            "PAYONCE_LEDGER_TOMBSTONE_MS", "900000",
            "PAYONCE_OUTCOMES_RETENTION_MS", "0"))))
        .isEqualTo(580 * 100 + 120 * 1000);
    assertThat(LedgerSizing.line(settings(Map.of()))).contains("about 0.28 GB");
  }
}
