package io.payonce;

import static io.payonce.AlertRulesTest.PLAYS;
import static io.payonce.AlertRulesTest.RULES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Prometheus itself plays outages against the alerts; skipped where promtool is not installed. */
class AlertRulesIT {

  @BeforeEach
  void isThereAPromtool() {
    assumeTrue(
        K8sOverlaysTest.run("promtool", "--version") != null,
        "skipped: no promtool on the PATH (Debian package prometheus)");
  }

  @Test
  void rules_are_well_formed_and_fire_when_they_should_and_only_then() {
    assertThat(K8sOverlaysTest.run("promtool", "check", "rules", RULES.toString()))
        .isNotNull();
    assertThat(K8sOverlaysTest.run("promtool", "test", "rules", PLAYS.toString()))
        .as("see promtool test rules " + PLAYS)
        .isNotNull()
        .contains("SUCCESS");
  }
}
