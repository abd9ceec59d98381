package io.payonce.ledger.redis;

import io.payonce.ledger.EndListener;
import io.payonce.ledger.Outcome;
import io.payonce.model.Operation;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what stays the same for the whole life of a payment, as {@code begin.lua} writes it into
 * one field.
 *
 * @param operation null when none is called so
 * @param order empty for none
 */
public record FixedFields(
    long begunAtMillis, long waitMillis, Operation operation, String fingerprint, String order) {

  /**
   * What {@code begin.lua} writes: the second where an operator has added the operation, which is
   * written with its terms then. Programs of before that leave such a record alone. A program that
   * writes more than this one reads raises it.
   */
  private static final Set<String> KNOWN_VERSIONS = Set.of("1", "2");

  private static final Pattern VERSION = Pattern.compile("\\d+");

  /** The name of an order comes last: whatever is in it is the order's. */
  private static final Pattern SHAPE =
      Pattern.compile("\\d+ (\\d{1,18}) (\\d{1,18}) (\\S+) (\\S+) (.*)", Pattern.DOTALL);

  /** Empty when the field has another shape than we know. */
  public static Optional<FixedFields> read(String field) {
    Matcher parts = SHAPE.matcher(field == null ? "" : field);
    return parts.matches()
        ? Optional.of(new FixedFields(
            Long.parseLong(parts.group(1)),
            Long.parseLong(parts.group(2)),
            Operation.read(parts.group(3)),
            parts.group(4),
            parts.group(5)))
        : Optional.empty();
  }

  /**
   * How a payment ended, as a script returns it.
   *
   * @param terms where in the reply these fields stand; the time is before them
   */
  static EndListener.End end(Outcome outcome, int sends, ScriptReply<?> reply, int terms) {
    return read(reply.text(terms))
        .map(is -> new EndListener.End(
            is.operation(), outcome, sends, reply.number(terms - 1) - is.begunAtMillis()))
        .orElseGet(() -> new EndListener.End(null, outcome, sends, -1));
  }

  /** Whether the record may say more than we know of, and is for others to work on. */
  public static boolean isNewer(String field) {
    Matcher version = VERSION.matcher(field == null ? "" : field);
    return version.lookingAt() && !KNOWN_VERSIONS.contains(version.group());
  }

  /** Null for none. */
  String orderOrNull() {
    return order.isEmpty() ? null : order;
  }
}
