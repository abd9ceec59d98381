package io.payonce.platform.http;

import io.payonce.model.Answer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;

/** Reads HTTP dates; the last one is kept, as all answers of one second bear the same. */
public final class HttpDate {
  public static final long NONE = Answer.Spoken.NO_DATE;

  /** Two digits of a year mean one of the next hundred. */
  private static final LocalDate OLDEST = LocalDate.of(1970, 1, 1);

  /** Whoever reads dates must take the obsolete forms as well (RFC 9110, section 5.6.7). */
  private static final List<DateTimeFormatter> FORMS = List.of(
      DateTimeFormatter.RFC_1123_DATE_TIME,
      gmt(new DateTimeFormatterBuilder()
          .appendPattern("EEEE, dd-MMM-")
          .appendValueReduced(ChronoField.YEAR, 2, 2, OLDEST)
          .appendPattern(" HH:mm:ss 'GMT'")),
      gmt(new DateTimeFormatterBuilder().appendPattern("EEE MMM ppd HH:mm:ss yyyy")));

  private String lastText = "";
  private long lastMillis = NONE;

  private static DateTimeFormatter gmt(DateTimeFormatterBuilder form) {
    return form.toFormatter(Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }

  /** Milliseconds since 1970, or {@link #NONE} for null and anything that is not a date. */
  public long millis(String text) {
    if (text == null) {
      return NONE;
    }
    if (!text.equals(lastText)) {
      lastMillis = parse(text);
      lastText = text;
    }
    return lastMillis;
  }

  private static long parse(String text) {
    for (DateTimeFormatter form : FORMS) {
      try {
        return ZonedDateTime.parse(text, form).toInstant().toEpochMilli();
      } catch (DateTimeException e) {
        // it may have another form
      }
    }
    return NONE;
  }
}
