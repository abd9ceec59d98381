package io.payonce.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Reads from a body where the platform is to report how the payment ended (platform.md#webhooks),
 * and gives the body with another address there and not one byte besides changed.
 */
public final class NotifyUrl {
  private static final String NAME = "notifyUrl";

  private final byte[] body;
  private final boolean empty;
  private final Rewrite.Span span;
  private final String text;
  private final boolean odd;

  /** @param span null where the body has no such member */
  private NotifyUrl(byte[] body, boolean empty, Rewrite.Span span, String text, boolean odd) {
    this.body = body;
    this.empty = empty;
    this.span = span;
    this.text = text;
    this.odd = odd;
  }

  /** @throws IllegalArgumentException when the bytes are not what a scan has accepted before */
  public static NotifyUrl of(byte[] body) {
    try {
      return StrictJson.read(body, parser -> find(parser, body));
    } catch (Malformed e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Null where it names no place: it has no such member, or null or the empty text in it. */
  public String text() {
    return text;
  }

  /**
   * It has one that is neither a text nor null; what the platform does with it is not documented.
   */
  public boolean isOdd() {
    return odd;
  }

  /** The body with that address in its place, or before all else where it had none. */
  public byte[] with(String url) {
    if (odd) {
      throw new IllegalStateException("an odd notifyUrl is the platform's to judge");
    }
    String quoted = JsonText.quoted(url);
    if (span != null) {
      return Rewrite.spliced(body, span, quoted);
    }
    int first = 0;
    while (body[first] != '{') {
      first++;
    }
    String member = JsonText.quoted(NAME) + ":" + quoted + (empty ? "" : ",");
    return Rewrite.spliced(body, new Rewrite.Span(first + 1, first + 1), member);
  }

  private static NotifyUrl find(JsonParser parser, byte[] body) throws IOException {
    NotifyUrl found = null;
    boolean empty = true;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      empty = false;
      if (name.equals(NAME)) {
        found = here(parser, value, body);
      } else {
        parser.skipChildren();
      }
    }
    return found == null ? new NotifyUrl(body, empty, null, null, false) : found;
  }

  private static NotifyUrl here(JsonParser parser, JsonToken value, byte[] body)
      throws IOException {
    int from = (int) parser.currentTokenLocation().getByteOffset();
    if (value == JsonToken.VALUE_NULL) {
      return new NotifyUrl(body, false, new Rewrite.Span(from, from + 4), null, false);
    }
    if (value != JsonToken.VALUE_STRING) {
      parser.skipChildren();
      return new NotifyUrl(body, false, null, null, true);
    }
    String text = parser.getText();
    int to = (int) parser.currentLocation().getByteOffset();
    return new NotifyUrl(
        body, false, new Rewrite.Span(from, to), text.isEmpty() ? null : text, false);
  }
}
