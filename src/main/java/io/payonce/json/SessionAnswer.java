package io.payonce.json;

import static com.fasterxml.jackson.core.JsonToken.START_OBJECT;
import static com.fasterxml.jackson.core.JsonToken.VALUE_NUMBER_INT;
import static com.fasterxml.jackson.core.JsonToken.VALUE_STRING;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/**
 * Holds what an accepted create-session or expire-session answers; null where it does not say.
 *
 * @param id by which the page can be closed; newer builds of the SDKs need it, the pages do not
 *     show it (platform.md#hosted-pages)
 * @param expiresAtMillis by the platform's clock, ms since 1970
 * @param status of an expire-session: EXPIRED
 * @param requestId the transactionRequestId of the page
 */
public record SessionAnswer(String id, Long expiresAtMillis, String status, String requestId) {
  /** Seconds since 1970 have 10 digits until the year 2286, milliseconds 13. */
  private static final long LEAST_MILLIS = 100_000_000_000L;

  /** Null when the body is no envelope with code 0. */
  public static SessionAnswer scan(byte[] body) {
    try {
      return StrictJson.read(body, SessionAnswer::envelope);
    } catch (Malformed e) {
      return null;
    }
  }

  /** The body that asks the platform to close the page. */
  public static byte[] expire(String appId, String merchantId, String sessionId) {
    StringBuilder json = new StringBuilder("{\"appId\":");
    JsonText.quote(json, appId);
    JsonText.quote(json.append(",\"merchantId\":"), merchantId);
    JsonText.quote(json.append(",\"sessionId\":"), sessionId);
    return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The session that a request means; null when it does not say. */
  public static String asked(byte[] body) {
    try {
      return StrictJson.read(body, parser -> data(parser).id());
    } catch (Malformed e) {
      return null;
    }
  }

  public boolean isExpired() {
    return "EXPIRED".equals(status);
  }

  private static SessionAnswer envelope(JsonParser parser) throws IOException {
    String code = null;
    SessionAnswer data = new SessionAnswer(null, null, null, null);
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      if (name.equals("code") && (value == VALUE_STRING || value == VALUE_NUMBER_INT)) {
        code = parser.getText();
      } else if (name.equals("data") && value == START_OBJECT) {
        data = data(parser);
      } else {
        parser.skipChildren();
      }
    }
    return "0".equals(code) ? data : null;
  }

  private static SessionAnswer data(JsonParser parser) throws IOException {
    String id = null;
    Long expiresAt = null;
    String status = null;
    String requestId = null;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      switch (name) {
        case "sessionId" -> id = text(parser, value);
        case "expiresAt" -> expiresAt = time(parser, value);
        case "sessionStatus" -> status = text(parser, value);
        case "transactionRequestId" -> requestId = text(parser, value);
        default -> parser.skipChildren();
      }
    }
    return new SessionAnswer(id, expiresAt, status, requestId);
  }

  private static String text(JsonParser parser, JsonToken value) throws IOException {
    parser.skipChildren();
    boolean said = value == VALUE_STRING || value == VALUE_NUMBER_INT;
    return said && !parser.getText().isEmpty() ? parser.getText() : null;
  }

  private static Long time(JsonParser parser, JsonToken value) throws IOException {
    String text = text(parser, value);
    if (text == null) {
      return null;
    }
    try {
      if (text.matches("\\d{10,13}")) {
        long number = Long.parseLong(text);
        return number < LEAST_MILLIS ? number * 1000 : number;
      }
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
