package io.payonce.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * One pass over bytes that are exactly one JSON object in UTF-8, no name twice in any object: so
 * that no two readers can understand them differently.
 */
final class StrictJson {
  /** The platform's deepest document has 4 levels; a parser's stack ends long after 32. */
  static final int MAX_DEPTH = 32;

  /** As long as a body may be: what server.maxBodyBytes lets in is read. */
  private static final int MAX_TEXT = Integer.MAX_VALUE;

  /** A long has 19 digits; reading a number's value takes time square to its length. */
  static final int MAX_NUMBER = 64;

  /** The longest documented name has 28 letters. */
  private static final int MAX_NAME = 256;

  /** Names are shared within the factory, but not interned: callers choose them. */
  private static final JsonFactory FACTORY = new JsonFactoryBuilder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxNestingDepth(MAX_DEPTH)
          .maxStringLength(MAX_TEXT)
          .maxNumberLength(MAX_NUMBER)
          .maxNameLength(MAX_NAME)
          .build())
      .build();

  /** Reads from just inside the object's opening brace up to its closing one. */
  @FunctionalInterface
  interface Visit<T> {
    T read(JsonParser parser) throws IOException, Malformed;
  }

  private StrictJson() {}

  static <T> T read(byte[] body, Visit<T> visit) throws Malformed {
    refuseOtherEncodings(body);
    try (JsonParser parser = FACTORY.createParser(body)) {
      return object(parser, visit);
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot fail", e);
    }
  }

  private static <T> T object(JsonParser parser, Visit<T> visit) throws IOException, Malformed {
    try {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw JsonErrors.syntax(parser, "the body is not a JSON object");
      }
      T result = visit.read(parser);
      if (parser.nextToken() != null) {
        throw JsonErrors.syntax(parser, "there is more after the JSON object");
      }
      return result;
    } catch (JsonProcessingException e) {
      throw JsonErrors.syntax(parser, e);
    }
  }

  /** Jackson would skip a byte order mark, and would guess UTF-16 and UTF-32 by their zeros. */
  private static void refuseOtherEncodings(byte[] body) throws Malformed {
    int fault = Utf8.firstFault(body);
    if (fault >= 0) {
      throw new Malformed("the body is not UTF-8 at byte " + fault);
    }
    if (body.length > 0 && body[0] == (byte) 0xEF) {
      throw new Malformed("the body begins with something else than a JSON object");
    }
    for (int i = 0; i < Math.min(4, body.length); i++) {
      if (body[i] == 0) {
        throw new Malformed("the body has a zero at byte " + i);
      }
    }
  }
}
