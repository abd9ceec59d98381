package io.payonce.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.Overheard;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Undescribed calls: each is counted, each path is logged once, and few are kept. */
class UnlockedCallsTest {
  private final List<String> counted = new ArrayList<>();
  private final UnlockedCalls calls = new UnlockedCalls(counted::add);

  @Test
  void each_call_counts_and_each_path_is_logged_once() {
    try (Overheard log = Overheard.listen()) {
      calls.passed("/v1/wallet/charge");
      calls.passed("/v1/wallet/charge");
      calls.passed("/v1/wallet/refund");
      assertThat(counted)
          .containsExactly("/v1/wallet/charge", "/v1/wallet/charge", "/v1/wallet/refund");
      assertThat(log.warnings())
          .hasSize(2)
          .first()
          .asString()
          .contains("/v1/wallet/charge is passed on without a lock", "describe it in operations");
    }
  }

  @Test
  void who_makes_paths_up_gets_no_figures_and_no_lines_for_them() {
    try (Overheard log = Overheard.listen()) {
      for (int i = 0; i < 1000; i++) {
        calls.passed("/v1/made-up/" + i);
      }
      calls.passed("/v1/made-up/0");
      calls.passed("/v1/" + "x".repeat(2000));
      assertThat(counted).hasSize(1002);
      assertThat(counted.stream().distinct()).hasSize(UnlockedCalls.MOST_PATHS + 1);
      assertThat(counted.subList(1000, 1002))
          .containsExactly("/v1/made-up/0", UnlockedCalls.OTHERS);
      assertThat(log.warnings()).hasSize(UnlockedCalls.MOST_PATHS + 1);
    }
  }
}
