package io.payonce.outcome.report;

import io.payonce.outcome.OutcomeEntry;
import io.payonce.outcome.OutcomeEntry.Facts;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds up what the journal says: by day, merchant, currency, operation and status. A payment of
 * which something was learnt after its end counts once, as what it became, on the day of that.
 */
public final class OutcomeTotals {
  private static final String NOTHING = "";

  private final ZoneId zone;
  private final Corrections corrections;
  private final Map<Heading, Sum> sums = new TreeMap<>(Comparator.comparing(Heading::day)
      .thenComparing(Heading::merchantId)
      .thenComparing(Heading::currency)
      .thenComparing(Heading::operation)
      .thenComparing(Heading::status));
  private long unreadable;

  /**
   * @param zone of the days
   * @param corrections of the whole span
   */
  public OutcomeTotals(ZoneId zone, Corrections corrections) {
    this.zone = zone;
    this.corrections = corrections;
  }

  /** @param currency empty where nobody has said */
  private record Heading(
      String day, String merchantId, String currency, String operation, String status) {}

  /** What stands under one heading. */
  private static final class Sum {
    private long count;
    private BigInteger minorUnits = BigInteger.ZERO;
    private long unsaid;

    void add(Long sum) {
      count++;
      if (sum == null) {
        unsaid++;
      } else {
        minorUnits = minorUnits.add(BigInteger.valueOf(sum));
      }
    }
  }

  /**
   * One line.
   *
   * @param count of outcomes
   * @param sum in minor units, of those whose sum is known
   * @param unsaid how many have no sum: a void names none
   */
  public record Line(
      String day,
      String merchantId,
      String currency,
      String operation,
      String status,
      long count,
      BigInteger sum,
      long unsaid) {}

  public void add(OutcomeEntry entry) {
    if (!entry.isReadable()) {
      unreadable++;
    } else if (!corrections.supersede(entry)) {
      Facts facts = entry.facts();
      sums.computeIfAbsent(heading(entry, facts), first -> new Sum()).add(facts.sum());
    }
  }

  private Heading heading(OutcomeEntry entry, Facts facts) {
    return new Heading(
        day(entry.cursor().millis()).toString(),
        entry.id().merchantId(),
        facts.currency() == null ? NOTHING : facts.currency(),
        facts.operation() == null ? NOTHING : facts.operation().label(),
        facts.outcome().word());
  }

  private LocalDate day(long millis) {
    return Instant.ofEpochMilli(millis).atZone(zone).toLocalDate();
  }

  /** How many events are in no line, because they cannot be read. */
  public long unreadable() {
    return unreadable;
  }

  public List<Line> lines() {
    return sums.entrySet().stream()
        .map(each -> new Line(
            each.getKey().day(),
            each.getKey().merchantId(),
            each.getKey().currency(),
            each.getKey().operation(),
            each.getKey().status(),
            each.getValue().count,
            each.getValue().minorUnits,
            each.getValue().unsaid))
        .toList();
  }
}
