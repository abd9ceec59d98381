package io.payonce.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.model.Answer;
import io.payonce.model.Reason;
import io.payonce.rule.Health;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthTest {
  @Test
  void what_never_reached_the_platform_by_our_own_doing_says_nothing_of_it() {
    List<String> ours = List.of(
        Reasons.LEASE_OVER,
        Reasons.UNSIGNABLE,
        Reasons.POOL_FULL,
        Reasons.NO_CREDENTIALS,
        Reason.HELD_BACK.word());
    for (String why : ours) {
      assertThat(Health.of(new Answer.Unsent(why))).as(why).isEqualTo(Health.UNTOLD);
    }
  }

  @Test
  void silence_and_connections_that_cannot_be_had_are_sick() {
    assertThat(Health.of(new Answer.Unsent("refused"))).isEqualTo(Health.SICK);
    assertThat(Health.of(new Answer.Silent(Reasons.TIMEOUT))).isEqualTo(Health.SICK);
    assertThat(Health.of(new Answer.Silent("HTTP 503"))).isEqualTo(Health.SICK);
  }
}
