package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import io.payonce.e2e.Collector.Seen;
import io.payonce.model.Operation;
import io.payonce.sandbox.http.ReceivedRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a collector of traces, and the platform, come to see of calls. */
class TracingIT {
  private static final String SALE = "POST " + Caller.SALE;
  private static final String CALLERS_SPAN = "00f067aa0ba902b7";

  private static final String EXEMPLAR =
      "_bucket\\{.*} [0-9.]+ # \\{span_id=\"([0-9a-f]{16})\",trace_id=\"([0-9a-f]{32})\"} ";

  private static Collector collector;
  private static TestPod testPod;

  @BeforeAll
  static void open() {
    collector = new Collector();
    testPod = new TestPod(Map.of("telemetry.otlpEndpoint", collector.address()));
  }

  @AfterAll
  static void close() {
    testPod.close();
    collector.close();
  }

  @Test
  void a_payment_is_a_span_in_its_callers_trace_with_its_steps_below() {
    String trace = fresh();
    Scenario scene = Scenario.of(testPod, null);
    Got got = scene.pay("traceparent", callers(trace, "01"), "tracestate", "shop=7");
    assertThat(got.isPaid()).isTrue();
    assertThat(got.header("X-Trace-Id")).isEqualTo(trace);

    List<Seen> spans = collector.trace(trace, 4);
    Seen call = call(spans);
    assertThat(call.parent()).isEqualTo(CALLERS_SPAN);
    assertThat(call.kind()).isEqualTo("SERVER");
    assertThat(call.name()).isEqualTo(SALE);
    assertThat(call.says())
        .isEqualTo(Map.ofEntries(
            Map.entry("http.request.method", "POST"),
            Map.entry("http.response.status_code", "200"),
            Map.entry("http.route", Caller.SALE),
            Map.entry("url.path", Caller.SALE),
            Map.entry("url.scheme", "http"),
            Map.entry("server.address", "127.0.0.1"),
            Map.entry("server.port", Integer.toString(testPod.pod().port())),
            Map.entry("network.protocol.version", "1.1"),
            Map.entry("payonce.operation", "sale"),
            Map.entry("payonce.merchant_id", Caller.MERCHANT),
            Map.entry("payonce.transaction_request_id", scene.id()),
            Map.entry("payonce.outcome", "paid"),
            Map.entry("payonce.attempts", "1")));
    assertThat(below(spans, call))
        .extracting(Seen::name)
        .containsExactly("EVALSHA begin", SALE, "EVALSHA settle");
    assertThat(spans).hasSize(4);
    Seen send = step(spans, "send");
    assertThat(send.kind()).isEqualTo("CLIENT");
    URI platform = URI.create(testPod.platform().baseUrl());
    assertThat(send.says())
        .isEqualTo(Map.ofEntries(
            Map.entry("http.request.method", "POST"),
            Map.entry("http.response.status_code", "200"),
            Map.entry("url.path", Caller.SALE),
            Map.entry("url.scheme", "http"),
            Map.entry("url.full", platform + Caller.SALE),
            Map.entry("server.address", platform.getHost()),
            Map.entry("server.port", Integer.toString(platform.getPort())),
            Map.entry("payonce.step", "send"),
            Map.entry("payonce.outcome", "spoken"),
            Map.entry("payonce.platform_code", "0"),
            Map.entry("payonce.attempts", "1")));
    assertThat(step(spans, "settle").says())
        .isEqualTo(Map.of(
            "db.system.name", "redis",
            "server.address", "127.0.0.1",
            "server.port", Integer.toString(testPod.redis().port()),
            "db.operation.name", "EVALSHA",
            "db.stored_procedure.name", "settle",
            "payonce.step", "settle",
            "payonce.outcome", "paid"));
    assertThat(scene.sends())
        .extracting(ReceivedRequest::traceparent)
        .containsExactly(send.traceparent());
  }

  @Test
  void a_payment_in_doubt_is_followed_up_in_the_same_trace() {
    String trace = fresh();
    Scenario scene = Scenario.of(testPod, "E02 after charge");
    assertThat(scene.pay("traceparent", callers(trace, "01")).isPaid()).isTrue();

    List<Seen> spans = collector.trace(trace, 7);
    Seen call = call(spans);
    assertThat(call.parent()).isEqualTo(CALLERS_SPAN);
    assertThat(below(spans, call))
        .extracting(TracingIT::step)
        .containsExactlyInAnyOrder("begin", "send", "defer", "recover");
    assertThat(step(spans, "send").ours()).containsEntry("platform_code", "E02");
    Seen recover = one(spans, "recover");
    assertThat(recover.says())
        .isEqualTo(Map.of(
            "payonce.operation",
            "sale",
            "payonce.merchant_id",
            Caller.MERCHANT,
            "payonce.transaction_request_id",
            scene.id()));
    assertThat(below(spans, recover))
        .extracting(TracingIT::step)
        .containsExactlyInAnyOrder("confirm", "settle");
    assertThat(spans).hasSize(7);
    assertThat(testPod.platform().sends().queries(scene.id()))
        .extracting(ReceivedRequest::traceparent)
        .containsExactly(step(spans, "confirm").traceparent());
  }

  @Test
  void what_another_pod_finishes_is_a_trace_of_its_own_found_by_the_payments_name() {
    Scenario scene = Scenario.of(testPod, "silent after charge");
    String trace = fresh();
    Map<String, String> shortLease = Map.of(
        "PAYONCE_RECOVERY_LEASE_MS", "6500",
        "PAYONCE_UPSTREAM_REQUEST_TIMEOUT_MS", "4500",
        "PAYONCE_UPSTREAM_CONNECT_TIMEOUT_MS", "500");
    try (PayonceProcess doomed = PayonceProcess.start(testPod, shortLease)) {
      testPod.sent(doomed.caller(), scene.body(), "traceparent", callers(trace, "01"));
      doomed.kill();
    }
    // First: a query that shows it paid would settle it, and leave nothing to recover.
    TestPod.until(() -> !recoveries(scene).isEmpty());
    TestPod.until(() -> scene.query().isPaid());
    Seen recover = recoveries(scene).get(0);
    assertThat(recover.parent()).isEmpty();
    assertThat(recover.trace()).isNotEqualTo(trace);
    assertThat(scene.sends().get(0).traceparent()).contains(trace);
    scene.charged(1);
  }

  @Test
  void a_caller_without_a_trace_begins_one_and_gets_its_id() {
    Got got = Scenario.of(testPod, null).pay();
    List<Seen> spans = collector.trace(got.header("X-Trace-Id"), 4);
    assertThat(call(spans).parent()).isEmpty();
  }

  @Test
  void a_trace_that_its_caller_does_not_keep_is_passed_on_and_not_kept_here() {
    String trace = fresh();
    Scenario scene = Scenario.of(testPod, null);
    assertThat(scene.pay("traceparent", callers(trace, "00")).isPaid()).isTrue();
    assertThat(scene.sends().get(0).traceparent())
        .matches("00-" + trace + "-[0-9a-f]{16}-00")
        .doesNotContain(CALLERS_SPAN);
    collector.trace(Scenario.of(testPod, null).pay().header("X-Trace-Id"), 4);
    assertThat(collector.spans(span -> span.trace().equals(trace))).isEmpty();
  }

  @Test
  void what_is_no_payment_carries_its_call_to_the_platform() {
    Scenario scene = Scenario.of(testPod, null);
    scene.pay();
    String trace = fresh();
    testPod.caller().query(scene.id(), "traceparent", callers(trace, "01"));
    Seen query = one(collector.trace(trace, 1), "GET " + Operation.QUERY.path());
    assertThat(testPod.platform().sends().queries(scene.id()))
        .extracting(ReceivedRequest::traceparent)
        .containsExactly(query.traceparent());
  }

  @Test
  void what_validation_refuses_is_traced_too() {
    String trace = fresh();
    Got got = testPod.caller().post(Caller.SALE, "{", "traceparent", callers(trace, "01"));
    assertThat(got.code()).isEqualTo("C02");
    assertThat(call(collector.trace(trace, 1)).ours()).containsEntry("outcome", "invalid");
  }

  @Test
  void spans_hold_neither_bodies_nor_keys() {
    Got got = Scenario.of(testPod, null).pay();
    collector.trace(got.header("X-Trace-Id"), 4);
    assertThat(collector.words())
        .contains("service.name", "service.version", "payonce")
        .doesNotContain("a book", "orderAmount", "Bearer", TestPod.KEY, "sk_test");
  }

  @Test
  void without_a_collector_the_callers_trace_is_passed_on_as_it_is_and_none_is_made() {
    try (TestPod plain = new TestPod()) {
      Scenario traced = Scenario.of(plain, null);
      String parent = callers(fresh(), "01");
      assertThat(parent).contains(traced.pay("traceparent", parent).header("X-Trace-Id"));
      assertThat(traced.sends()).extracting(ReceivedRequest::traceparent).containsExactly(parent);
      Scenario untraced = Scenario.of(plain, null);
      assertThat(untraced.pay().header("X-Trace-Id")).hasSize(32);
      assertThat(untraced.sends()).extracting(ReceivedRequest::traceparent).containsOnlyNulls();
    }
  }

  @Test
  void a_collector_that_is_unavailable_delays_no_call() {
    try (TestPod alone = new TestPod(Map.of("telemetry.otlpEndpoint", "http://127.0.0.1:1"))) {
      assertThat(Scenario.of(alone, null).pay().isPaid()).isTrue();
    }
  }

  @Test
  void histograms_point_to_traces_where_whoever_asks_can_read_it() {
    Scenario.of(testPod, null).pay();
    Got plain = testPod.operator().get("/metrics");
    assertThat(plain.header("Content-Type")).startsWith("text/plain; version=0.0.4");
    assertThat(plain.body()).contains("payonce_payment_seconds_bucket").doesNotContain("trace_id");
    TestPod.until(() -> openMetrics().body().contains("trace_id"));
    Got open = openMetrics();
    assertThat(open.header("Content-Type"))
        .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(open.body()).endsWith("# EOF\n");
    for (String name : List.of("payonce_payment_seconds", "payonce_overhead_seconds")) {
      Matcher exemplar = Pattern.compile(name + EXEMPLAR).matcher(open.body());
      assertThat(exemplar.find()).as(name).isTrue();
      assertThat(collector.traceOf(exemplar.group(2)))
          .filteredOn(span -> span.kind().equals("SERVER"))
          .extracting(Seen::id)
          .containsExactly(exemplar.group(1));
    }
  }

  private static Got openMetrics() {
    return testPod
        .operator()
        .get("/metrics", "Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
  }

  private static List<Seen> recoveries(Scenario scene) {
    return collector.spans(span -> span.name().equals("recover")
        && scene.id().equals(span.ours().get("transaction_request_id")));
  }

  private static Seen call(List<Seen> spans) {
    return one(spans.stream().filter(span -> span.kind().equals("SERVER")).toList(), SALE);
  }

  private static Seen step(List<Seen> spans, String word) {
    List<Seen> steps = spans.stream().filter(span -> step(span).equals(word)).toList();
    assertThat(steps).as("%s in %s", word, spans).hasSize(1);
    return steps.get(0);
  }

  /** A recovery is no step of a call, but a call of its own. */
  private static String step(Seen span) {
    return span.ours().getOrDefault("step", span.name());
  }

  private static Seen one(List<Seen> spans, String name) {
    List<Seen> named = spans.stream().filter(span -> span.name().equals(name)).toList();
    assertThat(named).as("%s in %s", name, spans).hasSize(1);
    return named.get(0);
  }

  private static List<Seen> below(List<Seen> spans, Seen parent) {
    return spans.stream().filter(span -> span.parent().equals(parent.id())).toList();
  }

  private static String callers(String trace, String flags) {
    return "00-" + trace + "-" + CALLERS_SPAN + "-" + flags;
  }

  private static String fresh() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return "%016x%016x".formatted(random.nextLong() | 1, random.nextLong());
  }
}
