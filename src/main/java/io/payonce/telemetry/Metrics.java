package io.payonce.telemetry;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.payonce.codes.Code;
import io.payonce.flow.port.CallOutcome;
import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.Telemetry;
import io.payonce.flow.port.Trace;
import io.payonce.flow.port.WebhookResult;
import io.payonce.http.server.Exchange;
import io.payonce.http.server.Exemplars;
import io.payonce.ledger.EndListener;
import io.payonce.ledger.maintenance.Audit;
import io.payonce.model.Account;
import io.payonce.model.Operation;
import io.payonce.model.Operations;
import io.payonce.model.PaymentId;
import io.payonce.outcome.NotificationFigures;
import io.payonce.recovery.Action;
import io.payonce.redis.failure.RedisFailure;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Counts what operations.md#metrics explains. Meters are looked up once each; label values are a
 * closed set.
 */
public final class Metrics implements Telemetry {
  private static final Duration SHORTEST = Duration.ofNanos(100_000);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final CallObserver watch;
  /** Null when there are none, so that a histogram does not look for them. */
  private final Exemplars exemplars;

  private final PrometheusMeterRegistry registry;
  private final AccountMetrics accounts;
  private final LedgerMetrics ledger;
  private final Map<Ended, Counter> payments = new ConcurrentHashMap<>();
  private final Map<Code, Counter> codes = new ConcurrentHashMap<>();
  private final Map<Action, Counter> steps = new ConcurrentHashMap<>();
  private final Map<String, Took> took = new ConcurrentHashMap<>();
  private final Timer redis;
  private final AtomicInteger inFlight;

  private final RecentStats recent = new RecentStats(System::currentTimeMillis);
  private final UnlockedCalls unlocked =
      new UnlockedCalls(path -> counter("payonce_unlocked_calls", "path", path).increment());

  /** @param operation null for a path that the platform does not document */
  private record Ended(Operation operation, CallOutcome outcome) {}

  /** Timers of one operation's calls. */
  private record Took(Timer payment, Timer overhead) {}

  private static String label(Operation operation) {
    return operation == null ? "other" : operation.label();
  }

  /** For who serves no callers. */
  public Metrics(CallObserver watch) {
    this(watch, Operations.KNOWN);
  }

  /** @param operations what callers may call */
  public Metrics(CallObserver watch, Operations operations) {
    this.watch = watch;
    exemplars = watch.traces() ? new Exemplars() : null;
    registry = new PrometheusMeterRegistry(
        PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM, exemplars);
    accounts = new AccountMetrics(registry);
    ledger = new LedgerMetrics(registry);
    redis = histogram("payonce_redis", "One call to Redis");
    inFlight = registry.gauge("payonce_in_flight", new AtomicInteger());
    presentFromTheStart(operations);
  }

  /** A counter that comes into being with its first event hides that event from a rate. */
  private void presentFromTheStart(Operations operations) {
    for (Audit.Repair repair : Audit.Repair.values()) {
      counter("payonce_audit_repairs", "what", repair.label());
    }
    for (Action act : Action.values()) {
      step(act);
    }
    for (WebhookResult result : WebhookResult.values()) {
      counter("payonce_webhooks", "result", result.label());
    }
    for (CallOutcome outcome : CallOutcome.values()) {
      operations.all().forEach(operation -> ended(new Ended(operation, outcome)));
      ended(new Ended(null, outcome));
    }
    took(Operation.SALE);
    for (Code code : Code.values()) {
      code(code);
    }
    for (String label : RedisFailure.labels()) {
      counter("payonce_redis_errors", "word", label);
    }
    Info.builder()
        .name("payonce_build_info")
        .help("Which program this is")
        .labelNames("version", "java")
        .register(registry.getPrometheusRegistry())
        .addLabelValues(Build.version(), Runtime.version().toString());
  }

  /** Shows this process too. */
  public void watchProcess() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmGcMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** Everything, as Prometheus reads it; exemplars are in OpenMetrics only. */
  public String scrape(String contentType) {
    ledger.refresh();
    return registry.scrape(contentType);
  }

  /** What is shown of each account. */
  public AccountMetrics accounts() {
    return accounts;
  }

  /** What is shown of the ledger and of its Redis. */
  public LedgerMetrics ledger() {
    return ledger;
  }

  /** The same for an operator's eyes: what happened in the last minutes. */
  public RecentStats recent() {
    return recent;
  }

  /** Who is given each payment that this pod ends. */
  public EndListener ends() {
    return watch;
  }

  /** A figure that is read when it is asked for. */
  public void gauge(String name, String description, Supplier<Number> figure) {
    Gauge.builder(name, figure).description(description).register(registry);
  }

  /** The same for what only grows. */
  void count(String name, String description, LongSupplier figure) {
    // The registry holds its object weakly, and only the function for good.
    FunctionCounter.builder(name, this, always -> figure.getAsLong())
        .description(description)
        .register(registry);
  }

  public void entered() {
    inFlight.incrementAndGet();
  }

  public void answered(Exchange exchange, Operation operation, Outbound outbound) {
    long nanos = System.nanoTime() - exchange.sinceNanos();
    inFlight.decrementAndGet();
    ended(new Ended(operation, outbound.outcome())).increment();
    recent.answered(outbound.outcome(), nanos);
    Took of = took(operation);
    if (exemplars != null) {
      exemplars.at(exchange.trace().place());
      record(of, outbound, nanos);
      exemplars.at(null);
    } else {
      record(of, outbound, nanos);
    }
  }

  private Counter ended(Ended ended) {
    return payments.computeIfAbsent(
        ended,
        first -> counter(
            "payonce_payments",
            "operation",
            label(first.operation()),
            "outcome",
            first.outcome().word()));
  }

  /** Seventy rows each: an operation without calls has none. */
  private Took took(Operation operation) {
    return took.computeIfAbsent(
        label(operation),
        label -> new Took(
            histogram(
                "payonce_payment", "From a request's arrival to its answer", "operation", label),
            histogram(
                "payonce_overhead", "The same without the platform's time", "operation", label)));
  }

  private void record(Took of, Outbound outbound, long nanos) {
    of.payment().record(nanos, TimeUnit.NANOSECONDS);
    if (outbound.upstreamNanos() >= 0) {
      long own = Math.max(0, nanos - outbound.upstreamNanos());
      of.overhead().record(own, TimeUnit.NANOSECONDS);
      recent.overhead(own);
    }
  }

  void redisTook(long nanos) {
    redis.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** A call to Redis failed, or an attempt to connect, with this word. */
  public void redisFailed(String word) {
    counter("payonce_redis_errors", "word", word).increment();
  }

  /** The platform answered with this code. */
  public void platformCode(Code code) {
    code(code).increment();
    recent.platformSaid(code.text());
  }

  private Counter code(Code code) {
    return codes.computeIfAbsent(
        code, said -> counter("payonce_platform_codes", "code", said.text()));
  }

  /** From now on it is shown which notifications callers' hooks get. */
  public void notifications(NotificationFigures figures) {
    for (NotificationFigures.Result result : NotificationFigures.Result.values()) {
      // The registry holds its object weakly, and only the function for good.
      FunctionCounter.builder("payonce_notifications", this, always -> figures.of(result))
          .description("What came of notifications to callers' hooks, and of tries")
          .tag("result", result.label())
          .register(registry);
    }
    gauge(
        "payonce_notifications_pending",
        "Payments with a notification that no caller has taken yet",
        figures::pending);
    gauge(
        "payonce_notifications_undelivered",
        "Payments with a notification that was given up",
        figures::undelivered);
    gauge(
        "payonce_notifications_oldest_seconds",
        "How long the oldest waits that has failed, or that was not tried",
        () -> figures.waitedMillis() / 1000.0);
  }

  @Override
  public void platformAnswered(Account account, Operation operation, String merchantId, Code code) {
    accounts.platformAnswered(account, operation, merchantId, code);
  }

  @Override
  public void remedyFailed(Account account, Operation operation, String merchantId, Code code) {
    accounts.remedyFailed(account, operation, merchantId, code);
  }

  @Override
  public void recoveryStep(Action act) {
    step(act).increment();
  }

  private Counter step(Action act) {
    return steps.computeIfAbsent(
        act, step -> counter("payonce_recovery_steps", "step", step.label()));
  }

  /** Something came to the port of the platform's notifications. */
  public void webhook(WebhookResult result) {
    counter("payonce_webhooks", "result", result.label()).increment();
  }

  /** The auditor has repaired something. */
  public void repaired(Audit.Repair repair) {
    counter("payonce_audit_repairs", "what", repair.label()).increment();
  }

  @Override
  public Trace recovery(Operation operation, PaymentId id) {
    return watch.recovery(operation, id);
  }

  @Override
  public void passedUnlocked(String path) {
    unlocked.passed(path);
  }

  private Counter counter(String name, String... tags) {
    return Counter.builder(name).tags(tags).register(registry);
  }

  private Timer histogram(String name, String description, String... tags) {
    return Timer.builder(name)
        .tags(tags)
        .description(description)
        .publishPercentileHistogram()
        .minimumExpectedValue(SHORTEST)
        .maximumExpectedValue(LONGEST)
        .register(registry);
  }
}
