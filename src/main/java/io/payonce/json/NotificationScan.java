package io.payonce.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.payonce.model.Envelope;
import io.payonce.model.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Reads a notification of the platform's, and puts it into the form of an answer to a query: what
 * it says of a transaction stands in its body, or in a {@code data} of it as in every answer
 * (platform.md#webhooks).
 */
public final class NotificationScan {
  /** What says that the body itself is about a transaction. */
  private static final Set<String> OF_A_TRANSACTION =
      Set.of("transactionStatus", "transactionId", "transactionRequestId", "referenceOrderId");

  private static final String OK = "0";

  private final byte[] body;
  private String code;
  private String merchantId;
  private String appId;
  private boolean saysAtTop;
  private int dataFrom = -1;
  private int dataTo;

  private NotificationScan(byte[] body) {
    this.body = body;
  }

  /**
   * Whose transaction it is about, and what an answer to a query for it would say.
   *
   * @param merchantId null when it does not say
   * @param appId null when it does not say
   */
  public record Found(String merchantId, String appId, Envelope envelope, Reply reply) {}

  /**
   * Reads it.
   *
   * @param traceId by which operators find it again
   * @throws Malformed for what is no JSON object, says a thing twice, or has an id or an amount
   *     that cannot be one
   */
  public static Found scan(byte[] body, String traceId) throws Malformed {
    NotificationScan scan = new NotificationScan(body);
    StrictJson.read(body, scan::top);
    byte[] answer = scan.answer(traceId);
    Envelope envelope = EnvelopeScan.scan(answer);
    if (envelope == null) {
      throw new Malformed("an id or an amount cannot be one");
    }
    return new Found(scan.merchantId, scan.appId, envelope, Reply.json(answer));
  }

  private Void top(JsonParser parser) throws IOException, Malformed {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      if (name.equals("data") && value == JsonToken.START_OBJECT) {
        dataFrom = (int) parser.currentTokenLocation().getByteOffset();
        data(parser);
        dataTo = (int) parser.currentLocation().getByteOffset();
      } else if (name.equals("code")) {
        code = scalar(parser, name);
      } else {
        saysAtTop |= OF_A_TRANSACTION.contains(name) && value != JsonToken.VALUE_NULL;
        owner(parser, name);
      }
    }
    if (saysAtTop && dataFrom >= 0) {
      throw new Malformed("it speaks of a transaction in two places");
    }
    return null;
  }

  private void data(JsonParser parser) throws IOException, Malformed {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      owner(parser, name);
    }
  }

  private void owner(JsonParser parser, String name) throws IOException, Malformed {
    switch (name) {
      case "merchantId" -> merchantId = same(merchantId, scalar(parser, name), name);
      case "appId" -> appId = same(appId, scalar(parser, name), name);
      default -> parser.skipChildren();
    }
  }

  private static String same(String before, String now, String name) throws Malformed {
    if (before != null && now != null && !before.equals(now)) {
      throw new Malformed("it has two values of " + name);
    }
    return now == null ? before : now;
  }

  private static String scalar(JsonParser parser, String name) throws IOException, Malformed {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_STRING, VALUE_NUMBER_INT -> parser.getText().isEmpty() ? null : parser.getText();
      default -> throw JsonErrors.wrongType(parser, name, "text or a number");
    };
  }

  private byte[] answer(String traceId) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream(body.length + 96);
    StringBuilder head = new StringBuilder("{\"code\":");
    JsonText.quote(head, code == null || saysAtTop ? OK : code);
    head.append(",\"traceId\":");
    JsonText.quote(head, traceId);
    answer.writeBytes(head.append(",\"data\":").toString().getBytes(StandardCharsets.UTF_8));
    if (dataFrom >= 0) {
      answer.write(body, dataFrom, dataTo - dataFrom);
    } else {
      answer.writeBytes(body);
    }
    answer.write('}');
    return answer.toByteArray();
  }
}
