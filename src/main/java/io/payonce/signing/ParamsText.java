package io.payonce.signing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The text of sorted-params: {@code a=1&b=x&timestamp=…}, the non-empty top-level members of the
 * body, or the query's parameters when there is no body, in the order of their names' bytes. Weaker
 * than the other modes: the path is not covered and nothing is escaped, so different requests can
 * share a text.
 */
final class ParamsText implements SignedText {
  private static final JsonFactory JSON = new JsonFactory();
  private static final byte[] LAST_NAME = utf8("timestamp");

  private record Param(byte[] name, byte[] value) {}

  @Override
  public void write(SigningInput input, ByteSink to) {
    List<Param> params =
        input.body().length == 0 ? ofQuery(input.target().query()) : ofBody(input.body());
    params.sort((a, b) -> Arrays.compareUnsigned(a.name, b.name));
    for (Param param : params) {
      to.put(param.name).put('=').put(param.value).put('&');
    }
    to.put(LAST_NAME).put('=').printable("timestamp", input.timestampMillis());
  }

  private static List<Param> ofQuery(String query) {
    List<Param> params = new ArrayList<>();
    for (QueryParam param : QueryParam.all(query)) {
      add(params, param.name(), utf8(param.value()));
    }
    return params;
  }

  private static List<Param> ofBody(byte[] body) {
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new UnsignableException("the body is not a JSON object");
      }
      List<Param> params = new ArrayList<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        add(params, name, value(parser, body));
      }
      return params;
    } catch (IOException e) {
      // Without the cause: Jackson's message quotes the body.
      throw new UnsignableException("the body is not readable JSON");
    }
  }

  private static byte[] value(JsonParser parser, byte[] body) throws IOException {
    return switch (parser.nextToken()) {
      case VALUE_NULL -> new byte[0];
      case START_OBJECT, START_ARRAY -> slice(parser, body);
      default -> utf8(parser.getText());
    };
  }

  // Nested values are signed as the very bytes of the body: no second spelling of numbers, spaces
  // or escapes can creep in.
  private static byte[] slice(JsonParser parser, byte[] body) throws IOException {
    long from = parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    long to = parser.currentLocation().getByteOffset();
    if (from < 0 || to > body.length || (body[(int) from] != '{' && body[(int) from] != '[')) {
      throw new UnsignableException("the body is not UTF-8");
    }
    return Arrays.copyOfRange(body, (int) from, (int) to);
  }

  private static void add(List<Param> params, String name, byte[] value) {
    if (value.length > 0) {
      params.add(new Param(utf8(name), value));
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
