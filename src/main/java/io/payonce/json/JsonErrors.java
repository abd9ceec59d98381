package io.payonce.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;

/**
 * Says what is wrong and where. Jackson's own messages quote the text, which may be a card's, so
 * none of them is passed on.
 */
final class JsonErrors {
  private static final int MAX_SHOWN_NAME = 40;

  private JsonErrors() {}

  static Malformed syntax(JsonParser parser, String what) {
    return new Malformed(what + where(parser.currentTokenLocation()));
  }

  static Malformed syntax(JsonParser parser, JsonProcessingException cause) {
    return new Malformed(what(parser, cause) + where(cause.getLocation()));
  }

  static Malformed wrongType(JsonParser parser, String path, String expected) {
    return new Malformed(path + " must be " + expected + where(parser.currentTokenLocation()));
  }

  private static String what(JsonParser parser, JsonProcessingException cause) {
    String name = shown(parser.getParsingContext());
    if (cause instanceof JsonEOFException) {
      return "the JSON ends too early";
    }
    if (cause instanceof StreamConstraintsException) {
      return "the JSON is too deep or has a text that is too long";
    }
    return String.valueOf(cause.getOriginalMessage()).startsWith("Duplicate")
        ? "the JSON names " + name + " twice in one object"
        : "the JSON is broken";
  }

  /** A name made of letters is no card number. */
  private static String shown(JsonStreamContext context) {
    String name = context.getCurrentName();
    return name != null
            && name.length() <= MAX_SHOWN_NAME
            && name.chars().allMatch(JsonErrors::letter)
        ? name
        : "a field";
  }

  private static boolean letter(int sign) {
    return sign >= 'a' && sign <= 'z' || sign >= 'A' && sign <= 'Z';
  }

  private static String where(JsonLocation at) {
    return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }
}
