package io.payonce.json;

import static com.fasterxml.jackson.core.JsonToken.START_OBJECT;
import static com.fasterxml.jackson.core.JsonToken.VALUE_NULL;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.payonce.model.Amount;
import io.payonce.model.Envelope;
import io.payonce.model.TransactionStatus;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Reads what the platform's answer says. What it cannot read for certain it does not read at all:
 * an answer misunderstood could be taken for a payment.
 */
public final class EnvelopeScan {
  private static final String SCALAR = "text or a number";

  private String code;
  private String traceId;
  private TransactionStatus status;
  private String transactionId;
  private String transactionRequestId;
  private String referenceOrderId;
  private String resultCode;
  private String transactionType;
  private String merchantId;
  private Amount amount = Amount.UNSAID;

  private EnvelopeScan() {}

  /**
   * Null when the body is not one whole JSON object with a code, names a field twice, or has an id,
   * a result code or an amount that cannot be one. Null and the empty text say nothing, except for
   * a strange status, which is {@link TransactionStatus#UNREADABLE}.
   */
  public static Envelope scan(byte[] body) {
    try {
      return StrictJson.read(body, parser -> new EnvelopeScan().envelope(parser));
    } catch (Malformed e) {
      return null;
    }
  }

  private Envelope envelope(JsonParser parser) throws IOException, Malformed {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      switch (name) {
        case "code" -> code = scalar(parser, "code");
        case "traceId" -> traceId = scalar(parser, "traceId");
        case "data" -> data(parser, value);
        default -> parser.skipChildren();
      }
    }
    return code == null
        ? null
        : new Envelope(
            code,
            traceId,
            status,
            transactionId,
            transactionRequestId,
            referenceOrderId,
            resultCode,
            amount,
            transactionType,
            merchantId);
  }

  private void data(JsonParser parser, JsonToken value) throws IOException, Malformed {
    if (value != START_OBJECT) {
      parser.skipChildren();
      return;
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken inner = parser.nextToken();
      switch (name) {
        case "transactionStatus" -> status = status(parser, inner);
        case "transactionId" -> transactionId = scalar(parser, name);
        case "transactionRequestId" -> transactionRequestId = scalar(parser, name);
        case "referenceOrderId" -> referenceOrderId = scalar(parser, name);
        case "transactionResultCode" -> resultCode = scalar(parser, name);
        case "transactionType" -> transactionType = text(parser);
        case "merchantId" -> merchantId = word(parser);
        case "amount" -> amount(parser, inner);
        default -> parser.skipChildren();
      }
    }
  }

  private static TransactionStatus status(JsonParser parser, JsonToken value) throws IOException {
    if (value == VALUE_NULL) {
      return null;
    }
    if (value == JsonToken.VALUE_STRING) {
      return TransactionStatus.parse(parser.getText());
    }
    parser.skipChildren();
    return TransactionStatus.UNREADABLE;
  }

  private void amount(JsonParser parser, JsonToken value) throws IOException, Malformed {
    if (value == VALUE_NULL) {
      return;
    }
    if (value != START_OBJECT) {
      throw JsonErrors.wrongType(parser, "data.amount", "an object");
    }
    Long orderAmount = null;
    Long transAmount = null;
    String currency = null;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      switch (name) {
        case "orderAmount" -> orderAmount = whole(parser, name);
        case "transAmount" -> transAmount = whole(parser, name);
        case "priceCurrency" -> currency = scalar(parser, name);
        default -> parser.skipChildren();
      }
    }
    amount = new Amount(orderAmount, currency, transAmount);
  }

  private static String scalar(JsonParser parser, String path) throws IOException, Malformed {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> said(parser.getText());
      default -> throw JsonErrors.wrongType(parser, path, SCALAR);
    };
  }

  /** A member that decides nothing by itself may have any type. */
  private static String text(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return said(parser.getText());
    }
    parser.skipChildren();
    return null;
  }

  /** The same where a number says it as well. */
  private static String word(JsonParser parser) throws IOException {
    return parser.currentToken().isNumeric() ? parser.getText() : text(parser);
  }

  private static String said(String text) {
    return text.isEmpty() ? null : text;
  }

  /** 1000, "1000" and 1000.0 are one amount; 10.5 is none, so whoever says it is not understood. */
  private static Long whole(JsonParser parser, String name) throws IOException, Malformed {
    String text = scalar(parser, name);
    if (text == null) {
      return null;
    }
    try {
      if (text.length() <= StrictJson.MAX_NUMBER) {
        return new BigDecimal(text).longValueExact();
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // said below: both mean that this is no whole number
    }
    throw JsonErrors.wrongType(parser, "data.amount." + name, "a whole number");
  }
}
