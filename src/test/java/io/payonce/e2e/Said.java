package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One answer as it came over a socket.
 *
 * @param headers by lower-case name
 */
record Said(String version, int status, Map<String, String> headers, String body) {
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

  /** All answers in what a connection brought, each whole; interim ones are answers, too. */
  static List<Said> all(String raw) {
    List<Said> all = new ArrayList<>();
    String rest = raw;
    while (!rest.isEmpty()) {
      int head = rest.indexOf("\r\n\r\n");
      assertThat(head).as("a whole head in: %s", rest).isPositive();
      String[] lines = rest.substring(0, head).split("\r\n");
      Map<String, String> headers = new LinkedHashMap<>();
      for (int i = 1; i < lines.length; i++) {
        int colon = lines[i].indexOf(':');
        headers.put(
            lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
            lines[i].substring(colon + 1).strip());
      }
      int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
      int end = head + 4 + length;
      assertThat(rest.length()).as("a whole body in: %s", rest).isGreaterThanOrEqualTo(end);
      all.add(new Said(
          lines[0].substring(0, 8),
          Integer.parseInt(lines[0].substring(9, 12)),
          headers,
          rest.substring(head + 4, end)));
      rest = rest.substring(end);
    }
    return all;
  }

  /** Reads the next answer of a connection that stays. */
  static Said next(InputStream in) throws IOException {
    StringBuilder raw = new StringBuilder();
    while (raw.indexOf("\r\n\r\n") < 0) {
      int read = in.read();
      if (read < 0) {
        throw new EOFException("after: " + raw);
      }
      raw.append((char) read);
    }
    Matcher length = LENGTH.matcher(raw);
    if (length.find()) {
      byte[] body = in.readNBytes(Integer.parseInt(length.group(1)));
      raw.append(new String(body, StandardCharsets.ISO_8859_1));
    }
    return only(raw.toString());
  }

  /** The only answer in what a connection brought. */
  static Said only(String raw) {
    List<Said> all = all(raw);
    assertThat(all).as(raw).hasSize(1);
    return all.get(0);
  }

  String code() {
    return new JsonObject(body).getString("code");
  }

  /**
   * It is an envelope of ours and names its trace; it says truly whether the connection is kept.
   */
  Said isOurs() {
    JsonObject envelope = new JsonObject(body);
    assertThat(envelope.getString("code")).as(body).isNotBlank();
    assertThat(envelope.getString("msg")).as(body).isNotBlank();
    assertThat(envelope.getString("traceId"))
        .isEqualTo(headers.get("x-trace-id"))
        .isNotBlank();
    return this;
  }

  Said is(int expected) {
    assertThat(status).as(toString()).isEqualTo(expected);
    return isOurs();
  }

  Said is(int expected, String code) {
    is(expected);
    assertThat(code()).isEqualTo(code);
    return this;
  }

  boolean closes() {
    return "close".equalsIgnoreCase(headers.get("connection"))
        || version.equals("HTTP/1.0") && !keeps();
  }

  boolean keeps() {
    return "keep-alive".equalsIgnoreCase(headers.get("connection"));
  }
}
