package io.payonce.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.model.PaymentId;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PureRulesTest {
  private static String derived(String id, int attempt) {
    return PlatformId.of(new PaymentId("M1", id), attempt);
  }

  @Test
  void the_first_attempt_goes_under_the_callers_own_id() {
    assertThat(derived("order-17-a", 1)).isEqualTo("order-17-a");
  }

  @Test
  void reissued_ids_are_a_pure_function_of_id_and_attempt_and_short() {
    Set<String> ids = new HashSet<>();
    for (String id : new String[] {"a", "order-17", "x".repeat(64), "ü"}) {
      for (int attempt = 2; attempt <= 9; attempt++) {
        String once = derived(id, attempt);
        assertThat(once).isEqualTo(derived(id, attempt)).matches("[a-z0-9-]{10,32}");
        ids.add(once);
      }
    }
    assertThat(ids).hasSize(32);
  }

  @Test
  void a_reissued_id_never_changes_between_versions() {
    assertThat(derived("order-17", 2)).isEqualTo("p2-7c52cm2x3de9lhtxcsigprmtp");
  }

  @Test
  void pauses_double_with_full_jitter_up_to_their_ceiling() {
    assertThat(Backoff.pauseMillis(0, 500, 30_000, 0.999)).isBetween(490L, 500L);
    assertThat(Backoff.pauseMillis(3, 500, 30_000, 0.5)).isEqualTo(2_000);
    assertThat(Backoff.pauseMillis(60, 500, 30_000, 0.999)).isBetween(29_900L, 30_000L);
    assertThat(Backoff.pauseMillis(5, 500, 30_000, 0)).isEqualTo(1);
  }
}
