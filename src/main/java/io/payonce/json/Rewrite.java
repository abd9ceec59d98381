package io.payonce.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Changes one id in a body and not one byte besides: for sends under a reissued id, for follow-ups
 * to them, and for answers in which callers find their own.
 */
public final class Rewrite {
  private static final String OWN = "transactionRequestId";
  private static final String ORIGINAL = "originalTransactionRequestId";

  /** The bytes that hold a value: from the first up to the one after the last. */
  record Span(int from, int to) {}

  private Rewrite() {}

  /**
   * The value at the top if there is one, else the one in {@code data}; without either (null and
   * structures count as none), and when it is that id already, the very bytes that came in.
   *
   * @throws IllegalArgumentException when the bytes are not what a scan has accepted before
   */
  public static byte[] requestId(byte[] json, String to) {
    return replaced(json, OWN, to);
  }

  /** The same for the id of the transaction that a follow-up is about. */
  public static byte[] originalRequestId(byte[] json, String to) {
    return replaced(json, ORIGINAL, to);
  }

  private static byte[] replaced(byte[] json, String field, String to) {
    try {
      Span span = StrictJson.read(json, parser -> find(parser, field));
      return span == null ? json : spliced(json, span, JsonText.quoted(to));
    } catch (Malformed e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static Span find(JsonParser parser, String field) throws IOException {
    Span top = null;
    Span inData = null;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      if (name.equals(field)) {
        top = span(parser, value);
      } else if (name.equals("data") && value == JsonToken.START_OBJECT) {
        inData = findInData(parser, field);
      } else {
        parser.skipChildren();
      }
    }
    return top != null ? top : inData;
  }

  private static Span findInData(JsonParser parser, String field) throws IOException {
    Span found = null;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      if (name.equals(field)) {
        found = span(parser, value);
      } else {
        parser.skipChildren();
      }
    }
    return found;
  }

  private static Span span(JsonParser parser, JsonToken value) throws IOException {
    int from = (int) parser.currentTokenLocation().getByteOffset();
    if (value == JsonToken.VALUE_STRING) {
      parser.finishToken();
      return new Span(from, (int) parser.currentLocation().getByteOffset());
    }
    if (value.isNumeric()) {
      return new Span(from, from + parser.getTextLength());
    }
    parser.skipChildren();
    return null;
  }

  /**
   * The bytes with that text in place of the span; the very bytes where it stands there already.
   */
  static byte[] spliced(byte[] json, Span span, String quoted) {
    byte[] middle = quoted.getBytes(StandardCharsets.UTF_8);
    if (Arrays.equals(json, span.from(), span.to(), middle, 0, middle.length)) {
      return json;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(json.length + middle.length);
    bytes.write(json, 0, span.from());
    bytes.writeBytes(middle);
    bytes.write(json, span.to(), json.length - span.to());
    return bytes.toByteArray();
  }
}
