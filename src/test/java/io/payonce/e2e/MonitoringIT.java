package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Alerts, dashboard and autoscaler ask only for metrics that a running pod has. */
class MonitoringIT {
  private static final Path ALERTS = Path.of("k8s/monitoring/alerts.yaml");
  private static final Path DASHBOARD = Path.of("k8s/monitoring/dashboard.json");
  private static final Path SCALER = Path.of("k8s/components/scale-in-flight/kustomization.yaml");

  private static final Pattern METRIC =
      Pattern.compile("\\b(payonce|jvm|process|system|netty|vertx)_[a-z_]+\\b");

  /** Has no lines before the ledger was walked once; {@code KeyRotationIT} waits for one. */
  private static final Set<String> AFTER_A_WALK = Set.of("payonce_ledger_sealed_records");

  /** What is not looked at when something is wrong. */
  private static final Set<String> NOT_DRAWN = Set.of("payonce_build_info");

  @Test
  void every_metric_asked_for_is_there() throws Exception {
    Set<String> asked = new TreeSet<>();
    rules().forEach(rule -> asked.addAll(metrics((String) rule.get("expr"))));
    panels().forEach(expression -> asked.addAll(metrics(expression)));
    asked.addAll(metrics(Files.readString(SCALER).replaceAll("#.*", "")));
    assertThat(asked).hasSizeGreaterThan(8);

    Set<String> missing = new TreeSet<>(asked);
    missing.removeAll(there());
    missing.removeAll(AFTER_A_WALK);
    assertThat(missing).isEmpty();
  }

  @Test
  void whoever_is_woken_sees_it_on_the_dashboard() throws IOException {
    Set<String> woken = new TreeSet<>(Set.of(
        "payonce_ledger_sealed_records",
        "payonce_redis_memory_ratio",
        "payonce_buffered_bytes",
        "netty_direct_memory_bytes"));
    rules().forEach(rule -> woken.addAll(metrics((String) rule.get("expr"))));
    woken.removeIf(name -> NOT_DRAWN.contains(name) || name.startsWith("process_"));
    Set<String> drawn = new TreeSet<>();
    panels().forEach(expression -> drawn.addAll(metrics(expression)));
    assertThat(drawn).containsAll(woken);
  }

  @Test
  void every_alert_says_what_is_wrong_and_has_a_line_of_what_to_do() throws IOException {
    String operations = Files.readString(Path.of("src/site/markdown/operations.md"));
    assertThat(rules()).hasSizeGreaterThanOrEqualTo(7).allSatisfy(rule -> {
      String name = (String) rule.get("alert");
      assertThat(name).startsWith("Payonce");
      assertThat(rule).containsKeys("expr", "labels", "annotations");
      assertThat(rule.get("annotations").toString())
          .contains(
              "summary=", "runbook_url=https://payonce.example/src/site/markdown/operations.md#");
      assertThat(rule.get("annotations").toString()).contains("#" + name.toLowerCase(Locale.ROOT));
      assertThat(operations).contains("\n#### " + name + "\n");
      assertThat((String) rule.get("expr")).contains("by (namespace");
    });
  }

  @Test
  void expressions_are_balanced() throws IOException {
    List<String> all = new ArrayList<>(panels());
    rules().forEach(rule -> all.add((String) rule.get("expr")));
    assertThat(all).allSatisfy(expression -> {
      for (String pair : List.of("()", "{}", "[]")) {
        assertThat(expression.chars().filter(c -> c == pair.charAt(0)).count())
            .as(expression)
            .isEqualTo(expression.chars().filter(c -> c == pair.charAt(1)).count());
      }
    });
  }

  @Test
  void vertx_and_the_jvm_are_seen_too() throws Exception {
    try (TestPod testPod = new TestPod()) {
      try (Socket caller = Raw.open(testPod.pod().port())) {
        assertThat(caller.isConnected()).isTrue();
        TestPod.until(() -> figure(testPod, "vertx_http_server_connections") == 1);
      }
      TestPod.until(() -> figure(testPod, "vertx_http_server_connections") == 0);
      assertThat(figure(testPod, "vertx_eventloops")).isPositive();
      for (String figure : List.of(
          "vertx_eventloop_pending_tasks", "vertx_worker_active", "vertx_worker_pending_tasks")) {
        assertThat(figure(testPod, figure)).as(figure).isNotNegative();
      }
      assertThat(figure(testPod, "jvm_threads_live_threads")).isPositive();
    }
  }

  private static double figure(TestPod testPod, String name) {
    return testPod
        .admin("/metrics")
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(-1);
  }

  /** Prometheus asks for OpenMetrics first, a browser for plain text: the names are in both. */
  private static Set<String> there() throws Exception {
    try (TestPod testPod = new TestPod()) {
      assertThat(testPod.caller().pay(Caller.sale("order-m", "pay-m")).isPaid()).isTrue();
      JsonObject inDoubt = Caller.sale("order-d", "pay-d", "E02 after charge");
      assertThat(testPod.caller().pay(inDoubt).isPaid()).isTrue();
      Set<String> names = names(testPod, "text/plain");
      names.retainAll(names(testPod, "application/openmetrics-text"));
      return names;
    }
  }

  private static Set<String> names(TestPod testPod, String accept) {
    Set<String> names = new TreeSet<>();
    testPod
        .operator()
        .get("/metrics", "Accept", accept)
        .body()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("[{ ]", 2)[0])
        .forEach(names::add);
    return names;
  }

  private static Set<String> metrics(String expression) {
    Set<String> names = new TreeSet<>();
    for (Matcher metric = METRIC.matcher(expression); metric.find(); ) {
      names.add(metric.group());
    }
    return names;
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> rules() throws IOException {
    Map<String, Object> file = (Map<String, Object>)
        new Load(LoadSettings.builder().build()).loadFromString(Files.readString(ALERTS));
    List<Map<String, Object>> rules = new ArrayList<>();
    for (Map<String, Object> group : (List<Map<String, Object>>) file.get("groups")) {
      assertThat(group).containsOnlyKeys("name", "rules");
      rules.addAll((List<Map<String, Object>>) group.get("rules"));
    }
    return rules;
  }

  private static List<String> panels() throws IOException {
    JsonArray panels = new JsonObject(Files.readString(DASHBOARD)).getJsonArray("panels");
    List<String> expressions = new ArrayList<>();
    for (int i = 0; i < panels.size(); i++) {
      // A row is a headline; it asks for nothing.
      JsonArray targets = panels.getJsonObject(i).getJsonArray("targets", new JsonArray());
      for (int j = 0; j < targets.size(); j++) {
        expressions.add(targets.getJsonObject(j).getString("expr"));
      }
    }
    assertThat(expressions)
        .isNotEmpty()
        .allSatisfy(expression -> assertThat(expression).contains("namespace=~\"$namespace\""));
    return expressions;
  }
}
