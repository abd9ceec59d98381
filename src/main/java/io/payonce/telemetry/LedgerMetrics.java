package io.payonce.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.payonce.ledger.maintenance.RedisDurability.Worry;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Shows how the ledger stands and the Redis that it is in. */
public final class LedgerMetrics {
  private final MeterRegistry registry;
  private Supplier<Map<String, Long>> strangers = Map::of;
  private Supplier<Long> lapsed = () -> 0L;
  private volatile LedgerState state;
  private volatile Runnable sealed = () -> {};

  LedgerMetrics(MeterRegistry registry) {
    this.registry = registry;
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
  public void keys(LedgerState known) {
    state = known;
    gauge(
        "payonce_ledger_key_fault",
        "1 while the configured keys are not those that the ledger needs",
        known::fault);
    MultiGauge records = MultiGauge.builder("payonce_ledger_sealed_records")
        .description("Records that need this key, as the last walks have counted them")
        .register(registry);
    sealed = () -> records.register(
        known.keyRows().values().stream()
            .filter(row -> row.records() != null)
            .map(row -> Row.of(Tags.of("key", row.name(), "use", row.use()), row.records()))
            .collect(Collectors.toList()),
        true);
  }

  /** Whether this pod has the keys that the ledger needs. */
  public LedgerState state() {
    return state;
  }

  /** Brings to date what is not read when it is asked for. */
  void refresh() {
    sealed.run();
  }

  private void gauge(String name, String description, Supplier<Number> figure) {
    Gauge.builder(name, figure).description(description).register(registry);
  }
}
