package io.payonce.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.codes.Health;
import io.payonce.model.Answer;
import io.payonce.model.SendFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthTest {
  @Test
  void what_never_reached_the_platform_by_our_own_doing_says_nothing_of_it() {
    List<String> ours = List.of(
        FailureReasons.LEASE_OVER,
        FailureReasons.UNSIGNABLE,
        FailureReasons.POOL_FULL,
        FailureReasons.NO_CREDENTIALS,
        SendFailure.HELD_BACK.word());
    for (String why : ours) {
      assertThat(Health.of(new Answer.Unsent(why))).as(why).isEqualTo(Health.UNKNOWN);
    }
  }

  @Test
  void silence_and_connections_that_cannot_be_had_are_sick() {
    assertThat(Health.of(new Answer.Unsent("refused"))).isEqualTo(Health.UNHEALTHY);
    assertThat(Health.of(new Answer.Silent(FailureReasons.TIMEOUT))).isEqualTo(Health.UNHEALTHY);
    assertThat(Health.of(new Answer.Silent("HTTP 503"))).isEqualTo(Health.UNHEALTHY);
  }
}
