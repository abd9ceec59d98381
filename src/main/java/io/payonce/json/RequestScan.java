package io.payonce.json;

import static com.fasterxml.jackson.core.JsonToken.START_OBJECT;
import static com.fasterxml.jackson.core.JsonToken.VALUE_NULL;
import static com.fasterxml.jackson.core.JsonToken.VALUE_NUMBER_INT;
import static com.fasterxml.jackson.core.JsonToken.VALUE_STRING;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.payonce.model.Operation;
import io.payonce.model.RequestFields;
import io.payonce.model.RequestFields.Unread;
import java.io.IOException;

/** Reads the fields of a caller's body that Payonce acts on, and skips everything else. */
public final class RequestScan {
  private static final String TEXT = "text";
  private static final String MINOR_UNITS = "a whole number of minor units, zero or more";

  private RequestScan() {}

  /** Null and the empty text count as absent; a field of the wrong type is named, never quoted. */
  public static RequestFields scan(Operation operation, byte[] body) throws Malformed {
    return scan(operation, body, CanonicalJson.NONE);
  }

  /**
   * Which payment a body means that {@link #scan} refuses: the fields up to the first that is no
   * JSON; null when that is not both of a payment's names.
   */
  public static RequestFields name(Operation operation, byte[] body) {
    RequestFields fields = texts(operation, body);
    return fields.merchantId() == null || fields.transactionRequestId() == null ? null : fields;
  }

  /** The texts of a body of whatever form, up to the first that is no JSON. */
  public static RequestFields texts(byte[] body) {
    return texts(Operation.SALE, body);
  }

  private static RequestFields texts(Operation operation, byte[] body) {
    RequestFieldsBuilder found = new RequestFieldsBuilder(operation);
    try {
      StrictJson.read(body, parser -> names(parser, found));
    } catch (Malformed broken) {
      // what was read before it stands
    }
    return found.fields();
  }

  private static Void names(JsonParser parser, RequestFieldsBuilder found) throws IOException {
    for (String member = parser.nextFieldName(); member != null; member = parser.nextFieldName()) {
      String name = found.meaning(member);
      if (parser.nextToken() == VALUE_STRING && RequestFieldsBuilder.isText(name)) {
        found.text(name, parser.getText());
      } else {
        parser.skipChildren();
      }
    }
    return null;
  }

  /** The same, and what the request says goes into {@code form} on the way. */
  static RequestFields scan(Operation operation, byte[] body, CanonicalJson form) throws Malformed {
    return StrictJson.read(
        body, parser -> request(parser, new RequestFieldsBuilder(operation, form)));
  }

  private static RequestFields request(JsonParser parser, RequestFieldsBuilder found)
      throws IOException, Malformed {
    CanonicalJson form = found.form();
    int first = form.object();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      form.member(name, found.names(name) || !CanonicalJson.isOfThePress(name, true));
      if (value != VALUE_NULL) {
        found.saw(name, value == VALUE_STRING && parser.getTextLength() == 0);
        field(parser, name, value, found);
      }
      form.endMember();
    }
    form.endObject(first);
    return found.fields();
  }

  private static void field(
      JsonParser parser, String name, JsonToken value, RequestFieldsBuilder found)
      throws IOException, Malformed {
    switch (found.meaning(name)) {
      case "amount" -> amount(parser, value, found);
      case "description" -> unread(parser, name, value, Unread.DESCRIPTION, found);
      case "sessionId" -> unread(parser, name, value, Unread.SESSION_ID, found);
      case "cardEncryptedData" -> unread(parser, name, value, Unread.CARD_ENCRYPTED_DATA, found);
      case "paymentMethod" -> paymentMethod(parser, value, found);
      case "notifyUrl" -> notifyUrl(parser, value, found);
      case "tipAmount" -> {
        minorUnits(parser, name, value, found);
        found.unread(Unread.TIP_AMOUNT);
      }
      default -> {
        if (RequestFieldsBuilder.isText(found.meaning(name))) {
          found.text(found.meaning(name), text(parser, name, value, found));
        } else {
          found.form().value(parser);
        }
      }
    }
  }

  private static String text(
      JsonParser parser, String path, JsonToken value, RequestFieldsBuilder found)
      throws IOException, Malformed {
    if (value != VALUE_STRING) {
      throw JsonErrors.wrongType(parser, path, TEXT);
    }
    found.form().value(parser);
    String text = parser.getText();
    return text.isEmpty() ? null : text;
  }

  /** The parser passes over the text without decoding it: it may be a card's. */
  private static void unread(
      JsonParser parser, String path, JsonToken value, Unread field, RequestFieldsBuilder found)
      throws IOException, Malformed {
    if (value != VALUE_STRING) {
      throw JsonErrors.wrongType(parser, path, TEXT);
    }
    found.form().value(parser);
    found.unread(field);
  }

  /** Whatever it is, the platform judges it: that there is one is all that counts here. */
  private static void notifyUrl(JsonParser parser, JsonToken value, RequestFieldsBuilder found)
      throws IOException {
    if (value != VALUE_STRING || !parser.getText().isEmpty()) {
      found.unread(Unread.NOTIFY_URL);
    }
    parser.skipChildren();
  }

  /** A text online, an object at a terminal (platform.md#payment-method). */
  private static void paymentMethod(JsonParser parser, JsonToken value, RequestFieldsBuilder found)
      throws IOException, Malformed {
    if (value == START_OBJECT) {
      found.unread(Unread.PAYMENT_METHOD);
      found.form().value(parser);
      return;
    }
    String text = text(parser, "paymentMethod", value, found);
    if (text != null) {
      found.unread(Unread.PAYMENT_METHOD);
      if (text.equals("GOOGLE_PAY") || text.equals("APPLE_PAY")) {
        found.unread(Unread.WALLET);
      }
    }
  }

  private static void amount(JsonParser parser, JsonToken value, RequestFieldsBuilder found)
      throws IOException, Malformed {
    if (value != START_OBJECT && found.isAdded()) {
      found.form().value(parser); // what an operator has described need not have it there
      return;
    }
    if (value != START_OBJECT) {
      throw JsonErrors.wrongType(parser, "amount", "an object");
    }
    CanonicalJson form = found.form();
    Long orderAmount = null;
    String currency = null;
    int first = form.object();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken inner = parser.nextToken();
      form.member(name, !CanonicalJson.isOfThePress(name, false));
      if (inner != VALUE_NULL && name.equals("orderAmount")) {
        orderAmount = minorUnits(parser, "amount.orderAmount", inner, found);
      } else if (inner != VALUE_NULL && name.equals("priceCurrency")) {
        currency = text(parser, "amount.priceCurrency", inner, found);
      } else {
        form.value(parser);
      }
      form.endMember();
    }
    form.endObject(first);
    found.amount(orderAmount, currency);
  }

  /** Digits in a text pass too: the platform may read them (platform.md#amounts). */
  private static long minorUnits(
      JsonParser parser, String path, JsonToken value, RequestFieldsBuilder found)
      throws IOException, Malformed {
    long number = -1;
    if (value == VALUE_STRING) {
      number = digits(parser.getText());
    } else if (value == VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      number = parser.getLongValue();
    }
    if (number < 0) {
      throw JsonErrors.wrongType(parser, path, MINOR_UNITS);
    }
    found.form().whole(number);
    return number;
  }

  /** The number, or -1 when the text is not one that fits. */
  private static long digits(String text) {
    if (text.isEmpty() || text.length() > 19 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
