package io.payonce.telemetry;

import io.payonce.ledger.BeginResult;
import io.payonce.ledger.CloseResult;
import io.payonce.model.Answer;
import io.payonce.model.SendFailure;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Names the results of steps in traces, whatever their types are called. */
final class SpanWords {
  private static final Map<Class<?>, String> RESULTS = Map.ofEntries(
      Map.entry(BeginResult.Begun.class, "begun"),
      Map.entry(BeginResult.Known.class, "known"),
      Map.entry(BeginResult.Expired.class, "late"),
      Map.entry(BeginResult.OtherBody.class, "other_body"),
      Map.entry(BeginResult.OriginalOpen.class, "original_open"),
      Map.entry(BeginResult.OrderTaken.class, "order_taken"),
      Map.entry(BeginResult.OrderPaid.class, "order_paid"),
      Map.entry(CloseResult.Closed.class, "closed"),
      Map.entry(CloseResult.Already.class, "already"),
      Map.entry(CloseResult.Stale.class, "stale"),
      Map.entry(Answer.Spoken.class, "spoken"),
      Map.entry(Answer.Silent.class, "silent"),
      Map.entry(Answer.Unsent.class, "unsent"));

  private static final String HTTP = "HTTP ";

  /** What conventions want of errors that have no name of their own. */
  private static final String OTHER = "_OTHER";

  private static final Set<String> REASONS = Arrays.stream(SendFailure.values())
      .map(SendFailure::word)
      .collect(Collectors.toUnmodifiableSet());

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
