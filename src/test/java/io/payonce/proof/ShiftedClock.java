package io.payonce.proof;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * To an instance behind this filter the platform is as to a machine whose clock is late: its
 * timestamps arrive that much older, and the platform's Date is that much ahead of its own clock.
 */
record ShiftedClock(long millis) implements ByteProxy.Filter {
  private static final Pattern STAMP = Pattern.compile("(?i)(X-Timestamp: ?)(\\d{13})");
  private static final Pattern DATE = Pattern.compile("(?i)(\r\nDate: ?)([^\r]{29})");
  private static final DateTimeFormatter HTTP = DateTimeFormatter.ofPattern(
          "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
      .withZone(ZoneOffset.UTC);

  @Override
  public byte[] up(byte[] piece, Object connection) {
    return replaced(piece, STAMP, text -> String.valueOf(Long.parseLong(text) - millis));
  }

  @Override
  public byte[] down(byte[] piece, Object connection) {
    return replaced(
        piece,
        DATE,
        text -> HTTP.format(ZonedDateTime.parse(text, HTTP).plusNanos(millis * 1_000_000)));
  }

  private static byte[] replaced(
      byte[] piece, Pattern what, java.util.function.UnaryOperator<String> by) {
    Matcher matcher = what.matcher(new String(piece, StandardCharsets.ISO_8859_1));
    return matcher
        .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + by.apply(found.group(2))))
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
