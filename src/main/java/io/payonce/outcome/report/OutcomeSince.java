package io.payonce.outcome.report;

import io.payonce.outcome.OutcomeCursor;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.regex.Pattern;

/** Reads how operators and programs name a place in the journal. */
public final class OutcomeSince {
  /** What is expected, for whoever gave something else. */
  public static final String EXPECTED = "the cursor of a line, a time"
      + " (2026-11-29T08:00:00Z, 2026-11-29T09:00+01:00), a day (2026-11-29) or milliseconds since"
      + " 1970 (13 digits; 0 for all)";

  private static final Pattern MILLIS = Pattern.compile("0|\\d{12,14}");
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern CURSOR = Pattern.compile("\\d{1,15}-\\d+-\\d+");
  private static final Pattern OFFSET = Pattern.compile(".*T.*(Z|[+-]\\d{2}(:?\\d{2})?)");

  private OutcomeSince() {}

  /**
   * The place before all that happened from then on.
   *
   * @param zone of days, and of times that name none
   * @throws IllegalArgumentException when it is nothing of the kind; says what is
   */
  public static OutcomeCursor parse(String text, ZoneId zone) {
    try {
      if (MILLIS.matcher(text).matches()) {
        return OutcomeCursor.before(Long.parseLong(text));
      }
      return CURSOR.matcher(text).matches() && !DAY.matcher(text).matches()
          ? OutcomeCursor.parse(text)
          : OutcomeCursor.before(time(text, zone).toEpochMilli());
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException strange) {
      throw new IllegalArgumentException("expected " + EXPECTED + ", not \"" + text + "\"");
    }
  }

  private static Instant time(String text, ZoneId zone) {
    if (DAY.matcher(text).matches()) {
      return LocalDate.parse(text).atStartOfDay(zone).toInstant();
    }
    return OFFSET.matcher(text).matches()
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).atZone(zone).toInstant();
  }
}
