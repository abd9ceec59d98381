package io.payonce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every alert is played by {@link AlertRulesIT}, and stands in both forms of the rules. */
class AlertRulesTest {
  static final Path RULES = Path.of("k8s/monitoring/alerts.yaml");
  static final Path PLAYS = Path.of("k8s/monitoring/alerts_test.yaml");
  private static final Path OPERATORS =
      Path.of("k8s/components/prometheus-operator/prometheusrule.yaml");

  @Test
  void every_alert_is_played() throws IOException {
    String plays = Files.readString(PLAYS);
    assertThat(Files.readAllLines(RULES).stream()
            .filter(line -> line.strip().startsWith("- alert: "))
            .map(line -> line.strip().substring("- alert: ".length()))
            .filter(name -> !plays.contains("alertname: " + name + "\n")))
        .isEmpty();
  }

  @Test
  void the_operators_rules_are_these_rules() throws IOException {
    String rules = Files.readAllLines(RULES).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.isEmpty() ? line : "  " + line)
        .collect(Collectors.joining("\n", HEAD, "\n"));
    Rendered.file(OPERATORS, rules);
  }

  private static final String HEAD = """
      # ../../monitoring/alerts.yaml for the Prometheus operator; made from it, see AlertRulesTest.
      apiVersion: monitoring.coreos.com/v1
      kind: PrometheusRule
      metadata:
        name: payonce
        labels:
          app.kubernetes.io/name: payonce
      spec:
      """;
}
