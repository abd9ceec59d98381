package io.payonce.admin;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.payonce.telemetry.ClockKnown;
import io.payonce.telemetry.LimitsSnapshot;
import io.payonce.telemetry.RedisPartView;
import java.util.List;
import java.util.Map;

/** The ops page's figures as JSON. */
record StatsView(
    @JsonUnwrapped Process process,
    @JsonUnwrapped Load load,
    @JsonUnwrapped Platform platform,
    @JsonUnwrapped Chart chart,
    @JsonUnwrapped Redis servers,
    Operator you,
    Headline health) {
  record Process(String now, String ledgerKeys, List<String> redisTroubles, boolean draining) {}

  /**
   * Counts of what is under way; totals of the ledger are null while it does not answer.
   *
   * @param ledgerDoubtedShards of which it is asked whether they lost writes
   * @param otherPlatforms unsettled payments of platforms that are not this pod's
   */
  record Load(
      double perSecond,
      int inFlight,
      Long unresolved,
      long ledgerDoubtedShards,
      Map<String, Long> otherPlatforms,
      Long attention) {}

  record Platform(
      ClockKnown clock,
      Times overhead,
      Times whole,
      List<Misconfigured> misconfigured,
      LimitsSnapshot limits) {}

  record Times(long count, double p50Ms, double p99Ms) {}

  /** @param you what an operator does about it */
  record Misconfigured(
      String code,
      String meaning,
      String account,
      String merchantId,
      String operation,
      String you,
      String since) {}

  /** @param groups from the bottom to the top */
  record Chart(List<Group> groups, int slotSeconds, int slotCount, List<Slot> slots) {}

  /** Outcomes that a chart shows as one. */
  record Group(String group, String text, List<String> outcomes) {}

  record Slot(long at, Map<String, Long> outcomes, Map<String, Long> codes) {}

  record Redis(boolean redis, List<RedisPartView> redisParts) {}
}
