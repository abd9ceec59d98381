package io.payonce.platform;

import io.payonce.model.Answer;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Reads HTTP dates; the last one is kept, as all answers of one second bear the same. */
final class HttpDate {
  static final long NONE = Answer.Spoken.NO_DATE;

  private String lastText = "";
  private long lastMillis = NONE;

  /** Milliseconds since 1970, or {@link #NONE} for null and anything that is not a date. */
  long millis(String text) {
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
    try {
      return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
          .toInstant()
          .toEpochMilli();
    } catch (DateTimeException e) {
      return NONE;
    }
  }
}
