package io.payonce.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.payonce.codes.Code;
import io.payonce.codes.Remedy;
import io.payonce.credentials.Credential;
import io.payonce.limit.PodLimits;
import io.payonce.model.Account;
import io.payonce.model.Operation;
import io.payonce.platform.PlatformClock;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Shows how each account at the platform stands: its clock, its limits, and what is wrong there.
 * Accounts are configured, so there are few; with a single one no figure names it.
 */
public final class AccountMetrics {
  /** What is cured by these needs an operator when it does not help. */
  private static final Set<Remedy> OPERATORS =
      EnumSet.complementOf(EnumSet.of(Remedy.NONE, Remedy.SLOW_DOWN, Remedy.SET_CLOCK));

  private final MeterRegistry registry;
  private final Map<Account, PlatformClock> clocks =
      Collections.synchronizedMap(new LinkedHashMap<>());
  private final Map<Account, PodLimits> limited =
      Collections.synchronizedMap(new LinkedHashMap<>());
  private final Map<Code, Gauge> figured = new ConcurrentHashMap<>();
  private final Misconfigurations misconfigurations =
      new Misconfigurations(System::currentTimeMillis);
  private volatile boolean several;

  AccountMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (Code code : Code.values()) {
      if (OPERATORS.contains(code.remedy())) {
        figured(code);
      }
    }
    for (Credential credential : Credential.values()) {
      renewals(credential, true);
      renewals(credential, false);
    }
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

  /** One line for {@code /health/ready}; a clock that is far off is no reason not to serve. */
  public String clockHealth() {
    return clocks.values().stream()
        .filter(PlatformClock::isFarOff)
        .findFirst()
        .map(far -> "warn: the platform's clock is %d ms from ours; set this machine's"
            .formatted(far.offsetMillis()))
        .orElse("ok");
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

  void platformAnswered(Account account, Operation operation, String merchantId, Code code) {
    if (code.remedy() == Remedy.CALL_OPERATOR) {
      figured(code);
    }
    misconfigurations.platformAnswered(account, operation, merchantId, code);
  }

  void remedyFailed(Account account, Operation operation, String merchantId, Code code) {
    figured(code);
    misconfigurations.raise(account, operation, merchantId, code);
  }

  /** What only operators can mend, the oldest first; for the ops endpoints. */
  public List<Misconfigurations.Row> misconfigurations() {
    return misconfigurations.rows();
  }

  /** What stands in the way of the platform, if anything; for the ops endpoints. */
  public LimitsSnapshot limits() {
    synchronized (limited) {
      return LimitsSnapshot.of(limited);
    }
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
    return Counter.builder("payonce_credential_renewals")
        .tag("credential", what.word())
        .tag("result", worked ? "renewed" : "failed")
        .register(registry);
  }

  private void figured(Code code) {
    figured.computeIfAbsent(
        code,
        first -> Gauge.builder("payonce_misconfigured", misconfigurations, all -> all.count(first))
            .description("Cases that only operators can mend")
            .tag("code", first.text())
            .register(registry));
  }

  private void gauge(String name, String description, Account account, Supplier<Number> figure) {
    Gauge.builder(name, figure).description(description).tags(tags(account)).register(registry);
  }

  private Tags tags(Account account) {
    return several ? Tags.of("account", account.label()) : Tags.empty();
  }
}
