package io.payonce.ledger.journal;

import io.payonce.ledger.Outcome;
import io.payonce.ledger.redis.FixedFields;
import io.payonce.model.Amount;
import io.payonce.model.PaymentId;
import io.payonce.model.TimelineEvent;
import io.payonce.outcome.OutcomeCursor;
import io.payonce.outcome.OutcomeEntry;
import io.payonce.outcome.OutcomeEntry.Course;
import io.payonce.outcome.OutcomeEntry.Facts;
import io.payonce.outcome.OutcomeEntry.Money;
import io.payonce.outcome.OutcomeEntry.Names;
import io.payonce.outcome.OutcomeKind;
import io.payonce.recovery.History;
import io.payonce.recovery.PlatformId;
import io.vertx.redis.client.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Understands an entry of a stream: it holds fields of the payment's record as they were, so that
 * the script that ends a payment need not take them apart. Never fails.
 */
final class EntryReader {
  /** What this program writes. Fields are added without raising it. */
  private static final String VERSION = "1";

  private final Map<String, String> fields;

  private EntryReader(Map<String, String> fields) {
    this.fields = fields;
  }

  /** @param entry its id, and fields and values by turns */
  static OutcomeEntry read(int shard, Response entry) {
    OutcomeCursor cursor = OutcomeCursor.ofEntry(shard, entry.get(0).toString());
    EntryReader reader = new EntryReader(fields(entry.get(1)));
    try {
      return reader.read(cursor);
    } catch (IllegalArgumentException | IndexOutOfBoundsException strange) {
      return OutcomeEntry.unreadable(
          cursor, reader.idOrNull(), "a field is missing or damaged: " + strange.getMessage());
    }
  }

  /** Null of what was taken out of the middle of a stream. */
  private static Map<String, String> fields(Response values) {
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; values != null && i + 1 < values.size(); i += 2) {
      fields.put(values.get(i).toString(), values.get(i + 1).toString());
    }
    return fields;
  }

  private OutcomeEntry read(OutcomeCursor cursor) {
    if (!VERSION.equals(needed("v"))) {
      return OutcomeEntry.unreadable(
          cursor, idOrNull(), "version " + needed("v") + " of the journal wrote it");
    }
    if (FixedFields.isNewer(fields.get("is"))) {
      return OutcomeEntry.unreadable(cursor, idOrNull(), "a newer version wrote its record");
    }
    return OutcomeEntry.of(cursor, PaymentId.parse(needed("p")), facts());
  }

  private Facts facts() {
    PaymentId id = PaymentId.parse(needed("p"));
    FixedFields fixed = has("is")
        ? FixedFields.read(fields.get("is")).orElseThrow(() -> new IllegalArgumentException("is"))
        : null;
    if (fixed != null && fixed.operation() == null) {
      throw new IllegalArgumentException("operation");
    }
    History history = has("h") ? History.decode(fields.get("h")) : History.FIRST;
    return new Facts(
        OutcomeKind.read(needed("k"))
            .orElseThrow(() -> new IllegalArgumentException("kind " + needed("k"))),
        fixed == null ? null : fixed.operation(),
        Outcome.read(needed("out")),
        has("told") ? Outcome.read(fields.get("told")) : null,
        new Names(
            has("ap") ? fields.get("ap") : id.appId(),
            fixed == null || fixed.order().isEmpty() ? null : fixed.order(),
            platformIds(id, history),
            has("t") ? fields.get("t") : null),
        new Money(
            Amount.decode(fields.get("am")), has("oa") ? Amount.read(fields.get("oa")) : null),
        new Course(
            fixed == null ? 0 : fixed.begunAtMillis(),
            has("h") ? history.sends() : 0,
            has("pf") ? fields.get("pf") : null,
            rule()));
  }

  /** All that were sent, and last the one that it ended under. */
  private List<String> platformIds(PaymentId id, History history) {
    List<String> ids = IntStream.rangeClosed(1, history.generation())
        .mapToObj(attempt -> PlatformId.of(id, attempt))
        .toList();
    String last = has("i") ? fields.get("i") : ids.get(ids.size() - 1);
    return ids.contains(last)
        ? ids
        : Stream.concat(ids.stream(), Stream.of(last)).toList();
  }

  /** The rule alone, where the whole event is there. */
  private String rule() {
    String why = fields.get("why");
    if (why == null || !TimelineEvent.isEncoded(why)) {
      return why == null || why.isEmpty() ? null : why;
    }
    TimelineEvent event = TimelineEvent.decode(why);
    return event.has(TimelineEvent.Field.RULE) ? event.get(TimelineEvent.Field.RULE) : event.text();
  }

  private boolean has(String name) {
    return fields.containsKey(name) && !fields.get(name).isEmpty();
  }

  private String needed(String name) {
    if (!has(name)) {
      throw new IllegalArgumentException(name);
    }
    return fields.get(name);
  }

  private PaymentId idOrNull() {
    String id = fields.get("p");
    return id == null || id.indexOf('/') < 0 ? null : PaymentId.parse(id);
  }
}
