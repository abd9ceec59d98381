package io.payonce.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Looks into an answer's data for what no envelope has. */
public final class DataScan {
  private DataScan() {}

  /** Whether the data has that member, and it is not null; false for what cannot be read. */
  public static boolean has(byte[] body, String member) {
    try {
      return StrictJson.read(body, parser -> answer(parser, member));
    } catch (Malformed broken) {
      return false;
    }
  }

  private static boolean answer(JsonParser parser, String member) throws IOException {
    boolean found = false;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      if (parser.nextToken() == JsonToken.START_OBJECT && name.equals("data")) {
        found = data(parser, member);
      } else {
        parser.skipChildren();
      }
    }
    return found;
  }

  private static boolean data(JsonParser parser, String member) throws IOException {
    boolean found = false;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      found |= parser.nextToken() != JsonToken.VALUE_NULL && name.equals(member);
      parser.skipChildren();
    }
    return found;
  }
}
