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
 * Adds up what the journal says, which is read twice for it: by day, merchant, currency, operation
 * and status. A payment of which something was learnt after its end counts once, as what it became,
 * on the day of that.
 */
public final class OutcomeTotals {
  private static final String NOTHING = "";

  private final ZoneId zone;
  private final Corrections corrections = new Corrections();
  private final VoidedPayments voided = new VoidedPayments();
  private final Map<Heading, Sum> sums = new TreeMap<>(Comparator.comparing(Heading::day)
      .thenComparing(Heading::merchantId)
      .thenComparing(Heading::currency)
      .thenComparing(Heading::operation)
      .thenComparing(Heading::status));
  private long unreadable;

  /** @param zone of the days */
  public OutcomeTotals(ZoneId zone) {
    this.zone = zone;
  }

  /** @param currency empty where not said */
  private record Heading(
      String day, String merchantId, String currency, String operation, String status) {}

  /** The sum under one heading. */
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
   * @param operation of a void with what it has undone, {@code void:sale}, where the span has that
   * @param unsaid how many have no sum
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

  /** Called for every event of the span, before any is added. */
  public void note(OutcomeEntry entry) {
    corrections.note(entry);
    voided.note(entry);
  }

  /** Called for every event of the span, once all have been noted. */
  public void add(OutcomeEntry entry) {
    if (!entry.isReadable()) {
      unreadable++;
    } else if (!corrections.supersede(entry)) {
      voided.see(entry);
      OutcomeEntry original = voided.originalOf(entry);
      Facts of = original == null || entry.facts().sum() != null ? entry.facts() : original.facts();
      sums.computeIfAbsent(heading(entry, original, of.money().currency()), first -> new Sum())
          .add(of.sum());
    }
  }

  private Heading heading(OutcomeEntry entry, OutcomeEntry original, String currency) {
    return new Heading(
        day(entry.cursor().millis()).toString(),
        entry.id().merchantId(),
        currency == null ? NOTHING : currency,
        label(entry.facts()) + (original == null ? "" : ":" + label(original.facts())),
        entry.facts().outcome().word());
  }

  private static String label(Facts facts) {
    return facts.operation() == null
        ? NOTHING
        : facts.operation().label() + (facts.isPageMade() ? ":made" : "");
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
