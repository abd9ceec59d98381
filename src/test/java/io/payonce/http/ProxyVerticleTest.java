package io.payonce.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyVerticleTest {
  @ParameterizedTest
  @CsvSource({"0, 75", "20000, 75", "60000, 75", "60001, 76", "600000, 615"})
  void who_waits_is_not_closed_as_idle(long waitBudgetMillis, int idleSeconds) {
    assertThat(ProxyVerticle.idleSeconds(waitBudgetMillis)).isEqualTo(idleSeconds);
    assertThat(ProxyVerticle.mostWaitMillis(waitBudgetMillis, idleSeconds))
        .isEqualTo(waitBudgetMillis);
  }

  @ParameterizedTest
  @CsvSource({"20000, 75, 20000", "90000, 75, 60000", "90000, 615, 90000"})
  void a_budget_that_has_grown_since_the_start_waits_no_longer_than_the_port_allows(
      long waitBudgetMillis, int idleSeconds, long waits) {
    assertThat(ProxyVerticle.mostWaitMillis(waitBudgetMillis, idleSeconds)).isEqualTo(waits);
  }
}
