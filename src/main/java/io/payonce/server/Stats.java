package io.payonce.server;

import io.payonce.flow.Told;
import io.payonce.ledger.Desk.Totals;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What flows now, for the ops page: this process' last ten minutes, and the ledger's totals. */
record Stats(Metrics metrics, Recent recent, Gate gate) {
  /**
   * The figures.
   *
   * @param totals null while the ledger is away
   * @param troubles what is wrong with Redis
   */
  JsonObject json(Totals totals, List<String> troubles) {
    return new JsonObject()
        .put("now", Instant.now().toString())
        .put("ledgerKeys", metrics.ledger().keysSay())
        .put("redisTroubles", new JsonArray(troubles))
        .put("draining", gate.isDraining())
        .put("perSecond", rounded(recent.perSecond()))
        .put("inFlight", gate.inside())
        .put("unresolved", totals == null ? null : totals.unresolved())
        .put("ledgerDoubtedShards", metrics.lapsed())
        .put("otherPlatforms", new JsonObject(Map.copyOf(metrics.strangers())))
        .put("attention", totals == null ? null : totals.attention())
        .put("clock", metrics.clockKnown().json())
        .put("overhead", spread(recent.overheadNow()))
        .put("whole", spread(recent.wholeNow()))
        .put("misconfigured", misconfigured())
        .put("limits", limits(metrics.limits()))
        .put("groups", groups())
        .put("slotSeconds", Recent.SLOT_SECONDS)
        .put("slotCount", Recent.SLOTS)
        .put("slots", slots());
  }

  private JsonArray slots() {
    JsonArray slots = new JsonArray();
    for (Recent.Slot slot : recent.slots()) {
      slots.add(new JsonObject()
          .put("at", slot.startMillis())
          .put("outcomes", counts(slot.outcomes()))
          .put("codes", counts(slot.codes())));
    }
    return slots;
  }

  private JsonArray misconfigured() {
    JsonArray rows = new JsonArray();
    for (Misconfigurations.Row row : metrics.misconfigurations()) {
      rows.add(new JsonObject()
          .put("code", row.code())
          .put("meaning", row.meaning())
          .put("merchantId", row.merchantId())
          .put("operation", row.operation())
          .put("you", row.mend())
          .put("since", PaymentJson.iso(row.sinceMillis())));
    }
    return rows;
  }

  private static JsonObject limits(LimitsRow row) {
    return new JsonObject()
        .put("host", row.host())
        .put("breaker", row.breaker())
        .put("limit", row.limit())
        .put("inFlight", row.inFlight())
        .put("waiting", row.waiting())
        .put("slowed", new JsonArray(row.slowed()))
        .put("refused", row.refused())
        .put("postponed", row.postponed());
  }

  private static JsonObject counts(Map<?, LongAdder> counts) {
    JsonObject json = new JsonObject();
    counts.forEach((label, count) -> json.put(label.toString(), count.sum()));
    return json;
  }

  /** Which outcomes a chart shows as one, from the bottom to the top. */
  private static JsonArray groups() {
    JsonArray groups = new JsonArray();
    for (Told.Group group : Told.Group.values()) {
      groups.add(new JsonObject()
          .put("group", group.word())
          .put("text", group.text())
          .put(
              "outcomes", new JsonArray(group.members().stream().map(Told::word).toList())));
    }
    return groups;
  }

  private static JsonObject spread(Spread spread) {
    return new JsonObject()
        .put("count", spread.count())
        .put("p50Ms", rounded(spread.millis(0.5)))
        .put("p99Ms", rounded(spread.millis(0.99)));
  }

  private static double rounded(double figure) {
    return Math.round(figure * 1000) / 1000.0;
  }
}
