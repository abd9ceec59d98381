package io.payonce.outcome.report;

import io.payonce.json.JsonOutput;
import io.payonce.outcome.OutcomeEntry;
import io.payonce.outcome.OutcomeEntry.Facts;
import java.time.Instant;
import java.util.List;

/**
 * An event as JSON (outcomes.md#the-event): every member is always there, null where nothing is
 * known. Members may be added; what one means does not change within a version.
 */
public record OutcomeJson(
    int version,
    String cursor,
    String at,
    String kind,
    String merchantId,
    String appId,
    String order,
    String original,
    String transactionRequestId,
    List<String> platformIds,
    String transactionId,
    String operation,
    String status,
    String formerStatus,
    Long amount,
    String currency,
    Long movedAmount,
    String movedCurrency,
    String rule,
    Integer sends,
    String begunAt,
    String platform,
    String unreadable) {
  static final int VERSION = 1;

  public static OutcomeJson of(OutcomeEntry entry) {
    return entry.isReadable() ? readable(entry, entry.facts()) : unreadable(entry);
  }

  /** One line, without its end. */
  public static String line(OutcomeEntry entry) {
    return JsonOutput.text(of(entry));
  }

  private static OutcomeJson readable(OutcomeEntry entry, Facts facts) {
    boolean otherwise = facts.money().moved() != null;
    return new OutcomeJson(
        VERSION,
        entry.cursor().toString(),
        iso(entry.cursor().millis()),
        facts.kind().word(),
        entry.id().merchantId(),
        facts.names().appId(),
        facts.names().order(),
        facts.names().original(),
        entry.id().requestId(),
        facts.names().platformIds(),
        facts.names().transactionId(),
        facts.operation() == null ? null : facts.operation().label(),
        facts.outcome().word(),
        facts.former() == null ? null : facts.former().word(),
        facts.money().asked().orderAmount(),
        facts.money().asked().currency(),
        otherwise ? facts.sum() : null,
        otherwise ? facts.money().currency() : null,
        facts.course().rule(),
        facts.course().sends(),
        iso(facts.course().begunAtMillis()),
        facts.course().platform(),
        null);
  }

  private static OutcomeJson unreadable(OutcomeEntry entry) {
    boolean named = entry.id() != null;
    return new OutcomeJson(
        VERSION,
        entry.cursor().toString(),
        iso(entry.cursor().millis()),
        null,
        named ? entry.id().merchantId() : null,
        named ? entry.id().appId() : null,
        null,
        null,
        named ? entry.id().requestId() : null,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        entry.unreadable());
  }

  /** Null for 0. */
  static String iso(long millis) {
    return millis == 0 ? null : Instant.ofEpochMilli(millis).toString();
  }
}
