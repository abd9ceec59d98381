package io.payonce.json;

import static com.fasterxml.jackson.core.JsonToken.START_OBJECT;
import static com.fasterxml.jackson.core.JsonToken.VALUE_STRING;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Set;

/**
 * Reads from a query's answer what became of a payment since it ended (platform.md#related-status).
 */
public final class RelatedScan {
  /** What the platform calls a payment of which nothing is left. */
  private static final Set<String> WHOLLY_UNDONE = Set.of("VOIDED", "REFUNDED");

  private RelatedScan() {}

  /** @param related as {@link #scan} found it */
  public static boolean isNothingLeft(String related) {
    return related != null && WHOLLY_UNDONE.contains(related);
  }

  /** The text of {@code data.relatedTransactionStatus}; null when there is none. */
  public static String scan(byte[] body) {
    try {
      return StrictJson.read(body, RelatedScan::envelope);
    } catch (Malformed e) {
      return null;
    }
  }

  private static String envelope(JsonParser parser) throws IOException {
    String related = null;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      if (name.equals("data") && value == START_OBJECT) {
        related = data(parser);
      } else {
        parser.skipChildren();
      }
    }
    return related;
  }

  private static String data(JsonParser parser) throws IOException {
    String related = null;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      if (name.equals("relatedTransactionStatus") && value == VALUE_STRING) {
        related = parser.getText();
      } else {
        parser.skipChildren();
      }
    }
    return related;
  }
}
