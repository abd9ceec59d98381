package io.payonce.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.payonce.model.Amount;
import io.payonce.model.TransactionStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The {@code data} of an answer as an object by itself. What the platform said stays as it said it,
 * to the byte of each value; members can be put in their places.
 */
public final class DataObject {
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private static final String STATUS = "transactionStatus";

  private final Map<String, byte[]> members = new LinkedHashMap<>();
  private String code = "";
  private String msg;
  private TransactionStatus status;

  /** One without members. */
  public DataObject() {}

  /** Without members where the answer has none, or cannot be read. */
  public static DataObject of(byte[] answer) {
    try {
      return StrictJson.read(answer, parser -> {
        DataObject data = new DataObject();
        data.envelope(parser, answer);
        return data;
      });
    } catch (Malformed strange) {
      return new DataObject();
    }
  }

  private void envelope(JsonParser parser, byte[] json) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      if (name.equals("data") && value == JsonToken.START_OBJECT) {
        members(parser, json);
      } else if (name.equals("code") && value.isScalarValue()) {
        code = parser.getText();
      } else if (name.equals("msg") && value == JsonToken.VALUE_STRING) {
        msg = parser.getText();
      } else {
        parser.skipChildren();
      }
    }
  }

  private void members(JsonParser parser, byte[] json) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      int from = (int) parser.currentTokenLocation().getByteOffset();
      if (name.equals(STATUS) && value == JsonToken.VALUE_STRING) {
        status = TransactionStatus.parse(parser.getText());
      }
      members.put(name, Arrays.copyOfRange(json, from, end(parser, value, from)));
    }
  }

  // A parser stands behind a text or a structure that it has read, and anywhere about a number.
  private static int end(JsonParser parser, JsonToken value, int from) throws IOException {
    if (value.isNumeric() || value.isBoolean() || value == JsonToken.VALUE_NULL) {
      return from + parser.getTextLength();
    }
    parser.skipChildren();
    parser.finishToken();
    return (int) parser.currentLocation().getByteOffset();
  }

  /** Of the answer; empty where it says none. */
  public String code() {
    return code;
  }

  /** Of the answer; null where it says none. */
  public String msg() {
    return msg;
  }

  /** Null where it says none. */
  public TransactionStatus status() {
    return status;
  }

  /** Whether there is such a member, and it is not null. */
  public boolean has(String name) {
    return members.containsKey(name) && !Arrays.equals(members.get(name), NULL);
  }

  /** The member is that text, whatever it was; null changes nothing. */
  public void put(String name, String text) {
    if (text != null) {
      members.put(name, JsonText.quoted(text).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The member is that text where there was none. */
  public void putIfMissing(String name, String text) {
    if (!has(name)) {
      put(name, text);
    }
  }

  public void put(TransactionStatus now) {
    status = now;
    put(STATUS, String.valueOf(now.letter()));
  }

  /** What was asked for, where nothing is said of an amount. */
  public void putIfMissing(Amount asked) {
    if (has("amount") || asked.orderAmount() == null) {
      return;
    }
    String currency =
        asked.currency() == null ? "" : ",\"priceCurrency\":" + JsonText.quoted(asked.currency());
    members.put(
        "amount",
        ("{\"orderAmount\":" + asked.orderAmount() + currency + "}")
            .getBytes(StandardCharsets.UTF_8));
  }

  public byte[] bytes() {
    ByteArrayOutputStream json = new ByteArrayOutputStream(1024);
    char before = '{';
    for (Map.Entry<String, byte[]> member : members.entrySet()) {
      json.write(before);
      json.writeBytes(JsonText.quoted(member.getKey()).getBytes(StandardCharsets.UTF_8));
      json.write(':');
      json.writeBytes(member.getValue());
      before = ',';
    }
    if (members.isEmpty()) {
      json.write('{');
    }
    json.write('}');
    return json.toByteArray();
  }
}
