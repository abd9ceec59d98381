package io.payonce.platform.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says how long one connection may still be used. What the platform says of it can only shorten
 * that: a longer time would be a promise to us, and a send that meets a closing connection is in
 * doubt for nothing. Vert.x would believe any time, and sees {@code close} only where it stands
 * alone.
 */
final class ConnectionLifetime {
  private static final String KEEP_ALIVE = "Keep-Alive";

  private static final Pattern TIMEOUT =
      Pattern.compile("(?i)(?:^|[,;\\s])timeout\\s*=\\s*\"?([0-9]+)");
  private static final Pattern NO_MORE =
      Pattern.compile("(?i)(?:^|[,;\\s])max\\s*=\\s*\"?0+(?![0-9])");

  /** What is on the way when the platform closes needs a moment to be seen here. */
  private static final long MARGIN_SECONDS = 1;

  private long seconds;

  /** @param ownMillis how long we would keep it idle */
  ConnectionLifetime(long ownMillis) {
    seconds = Math.max(1, ownMillis / 1000);
  }

  /** Puts into an answer's head what Vert.x should make of it. */
  void shorten(HttpResponse head) {
    HttpHeaders headers = head.headers();
    boolean isOld = head.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0;
    boolean isKept = isOld
        ? has(headers, HttpHeaderValues.KEEP_ALIVE) && !has(headers, HttpHeaderValues.CLOSE)
        : !has(headers, HttpHeaderValues.CLOSE);
    boolean isLast = isKept && !lasts(headers.getAll(KEEP_ALIVE));
    headers.set(
        HttpHeaderNames.CONNECTION,
        isKept && !isLast ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
    headers.set(KEEP_ALIVE, "timeout=" + Math.max(1, seconds));
  }

  private boolean lasts(List<String> said) {
    for (String line : said) {
      if (NO_MORE.matcher(line).find()) {
        return false;
      }
      Matcher timeout = TIMEOUT.matcher(line);
      while (timeout.find()) {
        String digits = timeout.group(1);
        if (digits.length() < 10) {
          seconds = Math.min(seconds, Long.parseLong(digits) - MARGIN_SECONDS);
        }
      }
    }
    return seconds > 0;
  }

  private static boolean has(HttpHeaders headers, CharSequence token) {
    return headers.containsValue(HttpHeaderNames.CONNECTION, token, true);
  }
}
