package io.payonce.admin;

import io.payonce.flow.port.CallOutcome;
import io.payonce.http.server.DrainState;
import io.payonce.ledger.LedgerAdmin.Totals;
import io.payonce.telemetry.LatencyHistogram;
import io.payonce.telemetry.Metrics;
import io.payonce.telemetry.Misconfigurations;
import io.payonce.telemetry.RecentStats;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Shows what flows now, on the ops page: this process' last ten minutes, and the ledger's totals.
 */
record Stats(Metrics metrics, RecentStats recent, DrainState gate) {
  /**
   * The figures.
   *
   * @param totals null while the ledger is unavailable
   * @param troubles what is wrong with Redis
   */
  StatsView view(
      Totals totals, List<String> troubles, StatsView.Redis redis, Operator you, Headline health) {
    return new StatsView(
        new StatsView.Process(
            Instant.now().toString(),
            metrics.ledger().state().keysSay(),
            troubles,
            gate.isDraining()),
        new StatsView.Load(
            rounded(recent.perSecond()),
            gate.inside(),
            totals == null ? null : totals.unresolved(),
            metrics.ledger().lapsed(),
            new TreeMap<>(metrics.ledger().strangers()),
            totals == null ? null : totals.attention()),
        new StatsView.Platform(
            metrics.accounts().clockKnown(),
            times(recent.overheadNow()),
            times(recent.wholeNow()),
            metrics.accounts().misconfigurations().stream()
                .map(Stats::misconfigured)
                .toList(),
            metrics.accounts().limits()),
        new StatsView.Chart(
            Arrays.stream(CallOutcome.Group.values()).map(Stats::group).toList(),
            RecentStats.SLOT_SECONDS,
            RecentStats.SLOTS,
            recent.slots().stream().map(Stats::slot).toList()),
        redis,
        you,
        health);
  }

  private static StatsView.Misconfigured misconfigured(Misconfigurations.Row row) {
    return new StatsView.Misconfigured(
        row.code(),
        row.meaning(),
        row.account(),
        row.merchantId(),
        row.operation(),
        row.you(),
        PaymentJson.iso(row.sinceMillis()));
  }

  private static StatsView.Group group(CallOutcome.Group group) {
    return new StatsView.Group(
        group.word(),
        group.text(),
        group.members().stream().map(CallOutcome::word).toList());
  }

  private static StatsView.Slot slot(RecentStats.Slot slot) {
    return new StatsView.Slot(slot.startMillis(), counts(slot.outcomes()), counts(slot.codes()));
  }

  private static Map<String, Long> counts(Map<?, LongAdder> counts) {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach((label, count) -> sums.put(label.toString(), count.sum()));
    return sums;
  }

  private static StatsView.Times times(LatencyHistogram spread) {
    return new StatsView.Times(
        spread.count(), rounded(spread.millis(0.5)), rounded(spread.millis(0.99)));
  }

  private static double rounded(double figure) {
    return Math.round(figure * 1000) / 1000.0;
  }
}
