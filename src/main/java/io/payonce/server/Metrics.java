package io.payonce.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.payonce.flow.Outbound;
import io.payonce.flow.Telemetry;
import io.payonce.model.Operation;
import io.payonce.rule.Act;
import io.payonce.rule.Audit;
import io.payonce.rule.Code;
import io.payonce.rule.Remedy;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what CONTRACT names. Meters are looked up once each; label values are a closed set. */
final class Metrics implements Telemetry {
  private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);
  private static final Duration SHORTEST = Duration.ofNanos(100_000);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();
  private final Map<Code, AtomicInteger> misconfigured = new ConcurrentHashMap<>();
  private final Timer payment =
      histogram("payonce_payment", "From a request's arrival to its answer");
  private final Timer overhead =
      histogram("payonce_overhead", "The same without the platform's time");
  private final Timer redis = histogram("payonce_redis", "One call to Redis");
  private final AtomicInteger inFlight = registry.gauge("payonce_in_flight", new AtomicInteger());

  Metrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmGcMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    // Present from the start, so that a first repair is seen as a rise.
    for (Audit.Repair repair : Audit.Repair.values()) {
      counter("payonce_audit_repairs", "what", repair.label());
    }
  }

  /** The Prometheus text of everything. */
  String scrape() {
    return registry.scrape();
  }

  /** A figure that is read when somebody asks for it. */
  void gauge(String name, String description, Supplier<Number> figure) {
    io.micrometer.core.instrument.Gauge.builder(name, figure)
        .description(description)
        .register(registry);
  }

  void entered() {
    inFlight.incrementAndGet();
  }

  void answered(Operation operation, Outbound outbound, long nanos) {
    inFlight.decrementAndGet();
    String label = operation == null ? "other" : operation.label();
    counter("payonce_payments", "operation", label, "outcome", outbound.outcome())
        .increment();
    payment.record(nanos, TimeUnit.NANOSECONDS);
    if (outbound.upstreamNanos() >= 0) {
      overhead.record(Math.max(0, nanos - outbound.upstreamNanos()), TimeUnit.NANOSECONDS);
    }
  }

  void redisTook(long nanos) {
    redis.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void platformSaid(Code code, String text) {
    counter("payonce_platform_codes", "code", code.text()).increment();
    if (code.remedy() == Remedy.TELL_A_PERSON) {
      if (flag(code).getAndSet(1) == 0) {
        LOG.warn("The platform answers {} ({}): {}", code.text(), code.meaning(), code.yours());
      }
    } else if (code == Code.OK) {
      misconfigured.values().forEach(flag -> flag.set(0));
    }
  }

  @Override
  public void recoveryStep(Act act) {
    counter("payonce_recovery_steps", "step", act.name().toLowerCase(Locale.ROOT))
        .increment();
  }

  /** The auditor has mended something. */
  void repaired(Audit.Repair repair) {
    counter("payonce_audit_repairs", "what", repair.label()).increment();
  }

  private AtomicInteger flag(Code code) {
    return misconfigured.computeIfAbsent(code, first -> {
      AtomicInteger flag = new AtomicInteger();
      io.micrometer.core.instrument.Gauge.builder("payonce_misconfigured", flag, AtomicInteger::get)
          .tag("code", first.text())
          .register(registry);
      return flag;
    });
  }

  private Counter counter(String name, String... tags) {
    return counters.computeIfAbsent(
        name + String.join("\n", tags),
        absent -> Counter.builder(name).tags(tags).register(registry));
  }

  private Timer histogram(String name, String description) {
    return Timer.builder(name)
        .description(description)
        .publishPercentileHistogram()
        .minimumExpectedValue(SHORTEST)
        .maximumExpectedValue(LONGEST)
        .register(registry);
  }
}
