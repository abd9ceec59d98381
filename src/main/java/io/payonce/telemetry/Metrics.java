package io.payonce.telemetry;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.payonce.codes.Code;
import io.payonce.codes.Remedy;
import io.payonce.credentials.Credential;
import io.payonce.flow.port.CallOutcome;
import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.Telemetry;
import io.payonce.flow.port.Trace;
import io.payonce.flow.port.WebhookResult;
import io.payonce.http.server.Exchange;
import io.payonce.http.server.Exemplars;
import io.payonce.ledger.EndListener;
import io.payonce.ledger.maintenance.Audit;
import io.payonce.ledger.maintenance.RedisDurability.Worry;
import io.payonce.limit.PodLimits;
import io.payonce.model.Account;
import io.payonce.model.Operation;
import io.payonce.model.Operations;
import io.payonce.model.PaymentId;
import io.payonce.outcome.NotificationFigures;
import io.payonce.platform.PlatformClock;
import io.payonce.recovery.Action;
import io.payonce.redis.failure.RedisFailure;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Counts what operations.md#metrics explains. Meters are looked up once each; label values are a
 * closed set.
 */
public final class Metrics implements Telemetry {
  private static final Duration SHORTEST = Duration.ofNanos(100_000);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** What is cured by these needs an operator when it does not help. */
  private static final Set<Remedy> PEOPLES =
      EnumSet.complementOf(EnumSet.of(Remedy.NONE, Remedy.SLOW_DOWN, Remedy.SET_CLOCK));

  private final CallObserver watch;
  /** Null when there are none, so that a histogram does not look for them. */
  private final Exemplars exemplars;

  private final PrometheusMeterRegistry registry;
  private final Map<Account, PlatformClock> clocks =
      Collections.synchronizedMap(new LinkedHashMap<>());
  private final Map<Ended, Counter> payments = new ConcurrentHashMap<>();
  private final Map<Code, Counter> codes = new ConcurrentHashMap<>();
  private final Map<Action, Counter> steps = new ConcurrentHashMap<>();
  private Supplier<Map<String, Long>> strangers = Map::of;
  private Supplier<Long> lapsed = () -> 0L;
  private volatile LedgerState ledger;
  private volatile Runnable sealed = () -> {};
  private final Map<Code, Gauge> figured = new ConcurrentHashMap<>();
  private final Misconfigurations misconfigurations =
      new Misconfigurations(System::currentTimeMillis);
  private volatile boolean several;
  private final Map<Account, PodLimits> limited =
      Collections.synchronizedMap(new LinkedHashMap<>());
  private final Map<String, Took> took = new ConcurrentHashMap<>();
  private final Timer redis;
  private final AtomicInteger inFlight;

  private final RecentStats recent = new RecentStats(System::currentTimeMillis);
  private final UnlockedCalls unlocked =
      new UnlockedCalls(path -> counter("payonce_unlocked_calls", "path", path).increment());

  /** @param operation null for a path that the platform does not document */
  private record Ended(Operation operation, CallOutcome outcome) {}

  /** How long calls of one operation take. */
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
      if (PEOPLES.contains(code.remedy())) {
        figured(code);
      }
    }
    for (String label : RedisFailure.labels()) {
      counter("payonce_redis_errors", "word", label);
    }
    for (Credential credential : Credential.values()) {
      renewals(credential, true);
      renewals(credential, false);
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
    sealed.run();
    return registry.scrape(contentType);
  }

  /** The same for an operator's eyes: what happened in the last minutes. */
  public RecentStats recent() {
    return recent;
  }

  /** Who hears of each payment that this pod ends. */
  public EndListener ends() {
    return watch;
  }

  public void bindClock(Account account, PlatformClock watched) {
    clocks.put(account, watched);
    gauge(
        "payonce_clock_offset_seconds",
        "The platform's clock minus ours, at least: its dates have whole seconds",
        account,
        () -> watched.offsetMillis() / 1000.0);
    gauge(
        "payonce_clock_offset_ms",
        "The same in milliseconds; goes with the next release",
        account,
        watched::offsetMillis);
  }

  /** That which most is known of. */
  public ClockKnown clockKnown() {
    PlatformClock known = clocks.values().stream()
        .filter(PlatformClock::isLearnt)
        .findFirst()
        .orElseGet(PlatformClock::new);
    return ClockKnown.of(known.isLearnt(), known.bounds());
  }

  /** Accounts are configured, so there are few. */
  private void gauge(String name, String description, Account account, Supplier<Number> figure) {
    Gauge.builder(name, figure).description(description).tags(tags(account)).register(registry);
  }

  private Tags tags(Account account) {
    return several ? Tags.of("account", account.label()) : Tags.empty();
  }

  /** From now on figures say of which account they are, and of each is shown what is wrong. */
  public void byAccount(Set<Account> accounts) {
    several = accounts.size() > 1;
    if (several) {
      accounts.forEach(account -> gauge(
          "payonce_account_misconfigured",
          "Cases of an account that only operators can mend",
          account,
          () -> misconfigurations.count(account)));
    }
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

  /** One line for {@code /health/ready}; a clock that is far off is no reason not to serve. */
  public String clockHealth() {
    return clocks.values().stream()
        .filter(PlatformClock::isFarOff)
        .findFirst()
        .map(far -> "warn: the platform's clock is %d ms from ours; set this machine's"
            .formatted(far.offsetMillis()))
        .orElse("ok");
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

  /** Seventy rows each: an operation that nobody calls has none. */
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

  /** From now on it is shown whether Redis may forget. */
  public void redis(RedisHealth health) {
    for (Worry worry : Worry.values()) {
      Gauge.builder("payonce_redis_unsafe", health, all -> all.count(worry))
          .description("Servers of Redis of which that is so")
          .tag("worry", worry.toString())
          .strongReference(true)
          .register(registry);
    }
    gauge("payonce_redis_evicted_keys", "Keys that Redis has forgotten", health::evictedKeys);
    gauge(
        "payonce_redis_memory_ratio",
        "Used memory by limit, of the fullest server; 0 without a limit",
        health::fullest);
    gauge(
        "payonce_redis_memory_days",
        "Days until the first server is full, if it grows as in the last hour",
        health::daysLeft);
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

  @Override
  public void platformAnswered(Account account, Operation operation, String merchantId, Code code) {
    if (code.remedy() == Remedy.TELL_A_PERSON) {
      figured(code);
    }
    misconfigurations.platformAnswered(account, operation, merchantId, code);
  }

  @Override
  public void remedyFailed(Account account, Operation operation, String merchantId, Code code) {
    figured(code);
    misconfigurations.raise(account, operation, merchantId, code);
  }

  /** What only operators can mend, the oldest first; for the ops endpoints. */
  public List<Misconfigurations.Row> misconfigurations() {
    return misconfigurations.rows();
  }

  /** What stands in the way of the platform, if anything; for the ops endpoints. */
  public LimitsSnapshot limits() {
    return LimitsSnapshot.of(List.copyOf(limited.values()));
  }

  /** From now on it is shown what of other platforms is passed by. */
  public void strangers(Supplier<Map<String, Long>> unsettled) {
    strangers = unsettled;
    gauge(
        "payonce_other_platforms",
        "Unsettled payments of other platforms that this pod passed by of late",
        () -> unsettled.get().values().stream().mapToLong(Long::longValue).sum());
  }

  /**
   * From now on it is shown whether the ledger has gone back in time.
   *
   * @param noticed how often this pod has seen it
   * @param doubted shards that are in doubt because of it at this time, ms since 1970
   */
  public void lapses(LongSupplier noticed, LongUnaryOperator doubted) {
    lapsed = () -> doubted.applyAsLong(System.currentTimeMillis());
    FunctionCounter.builder("payonce_ledger_lapses", noticed, LongSupplier::getAsLong)
        .description("Shards of which this pod noticed that they had gone back in time")
        .register(registry);
    gauge(
        "payonce_ledger_doubted_shards",
        "Shards in which unknown payments are asked about before they are sent",
        lapsed::get);
  }

  /** In how many shards the ledger is doubted now. */
  public long lapsed() {
    return lapsed.get();
  }

  /** How many unsettled payments of which other platforms were passed by of late. */
  public Map<String, Long> strangers() {
    return strangers.get();
  }

  /** From now on it is shown which keys the ledger needs, and whether this pod has them. */
  public void ledgerKeys(LedgerState state) {
    ledger = state;
    gauge(
        "payonce_ledger_key_fault",
        "1 while the configured keys are not those that the ledger needs",
        state::fault);
    MultiGauge records = MultiGauge.builder("payonce_ledger_sealed_records")
        .description("Records that need this key, as the last walks have counted them")
        .register(registry);
    sealed = () -> records.register(
        state.keyRows().values().stream()
            .filter(row -> row.records() != null)
            .map(row -> Row.of(Tags.of("key", row.name(), "use", row.use()), row.records()))
            .collect(Collectors.toList()),
        true);
  }

  /** Whether this pod has the keys that the ledger needs. */
  public LedgerState ledger() {
    return ledger;
  }

  /** From now on it is shown what callers' hooks are told. */
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
        "How long the oldest waits that has failed, or that nobody has tried",
        () -> figures.waitedMillis() / 1000.0);
  }

  /** From now on the limits are shown. */
  public void bindLimits(Account account, PodLimits pod) {
    limited.put(account, pod);
    Gauge.builder("payonce_breaker", pod, each -> each.circuit().figure())
        .description("0 closed, 1 open, 2 half-open")
        .tag("host", pod.circuit().host())
        .tags(tags(account))
        .register(registry);
    gauge("payonce_concurrency_limit", "Sends that may be in flight now", account, pod::limit);
    gauge("payonce_sends_in_flight", "Sends on their way to the platform", account, pod::inFlight);
    gauge(
        "payonce_slowed_merchants",
        "Merchants whose rate is limited",
        account,
        () -> pod.slowed().size());
    FunctionCounter.builder("payonce_held_back", pod, PodLimits::refused)
        .description("Fresh payments that a limit refused")
        .tags(tags(account))
        .register(registry);
    FunctionCounter.builder("payonce_postponed", pod, PodLimits::postponed)
        .description("Resends that had to wait for the budget, a rate or the breaker")
        .tags(tags(account))
        .register(registry);
  }

  /** This pod asked the platform for a new credential. */
  public void renewed(Account account, Credential what, boolean worked) {
    renewals(what, worked).increment();
    if (worked) {
      misconfigurations.remedied(account, missing(what));
    } else {
      remedyFailed(account, null, null, missing(what));
    }
  }

  /** What the platform would say of sends that left without it. */
  private static Code missing(Credential what) {
    return switch (what) {
      case SESSION -> Code.S09;
      case TMK -> Code.S07;
      case WORKING_KEY -> Code.S08;
    };
  }

  private Counter renewals(Credential what, boolean worked) {
    return counter(
        "payonce_credential_renewals",
        "credential",
        what.word(),
        "result",
        worked ? "renewed" : "failed");
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

  /** The auditor has mended something. */
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

  private void figured(Code code) {
    figured.computeIfAbsent(
        code,
        first -> Gauge.builder("payonce_misconfigured", misconfigurations, all -> all.count(first))
            .description("Cases that only operators can mend")
            .tag("code", first.text())
            .register(registry));
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
