package io.payonce.server;

import io.payonce.ledger.Begin;
import io.payonce.ledger.Close;
import io.payonce.model.Answer;
import io.payonce.model.Reason;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How the results of steps are called in traces, whatever their types are called. */
final class SpanWords {
  private static final Map<Class<?>, String> RESULTS = Map.ofEntries(
      Map.entry(Begin.Begun.class, "begun"),
      Map.entry(Begin.Known.class, "known"),
      Map.entry(Begin.Late.class, "late"),
      Map.entry(Begin.OtherBody.class, "other_body"),
      Map.entry(Begin.OrderTaken.class, "order_taken"),
      Map.entry(Begin.OrderPaid.class, "order_paid"),
      Map.entry(Close.Closed.class, "closed"),
      Map.entry(Close.Already.class, "already"),
      Map.entry(Close.Stale.class, "stale"),
      Map.entry(Answer.Spoken.class, "spoken"),
      Map.entry(Answer.Silent.class, "silent"),
      Map.entry(Answer.Unsent.class, "unsent"));

  private static final String HTTP = "HTTP ";

  /** What conventions want of errors that have no name of their own. */
  private static final String OTHER = "_OTHER";

  private static final Set<String> REASONS =
      Arrays.stream(Reason.values()).map(Reason::word).collect(Collectors.toUnmodifiableSet());

  private SpanWords() {}

  /** The word of a result; null where it has none. */
  static String of(Object result) {
    return RESULTS.get(result.getClass());
  }

  /** Why no answer came: a closed set, whatever a library says. */
  static String error(String why) {
    return REASONS.contains(why)
        ? why.toLowerCase(Locale.ROOT).replaceAll("[ -]", "_")
        : status(why) > 0 ? why.substring(HTTP.length()) : OTHER;
  }

  /** The HTTP status that was taken for silence; 0 when it was none. */
  static long status(String why) {
    return why.matches(HTTP + "\\d{3}") ? Long.parseLong(why.substring(HTTP.length())) : 0;
  }
}
