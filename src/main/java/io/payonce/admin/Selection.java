package io.payonce.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Payments that were chosen together: {@code {"payments":[{"merchantId":…}, …], …}}. */
final class Selection {
  /** A question to the platform for each; at double, an operator would wait for minutes. */
  static final int MOST = 50;

  private static final String PAYMENTS = "payments";

  private Selection() {}

  /** @param appId null when it names none */
  record Row(String merchantId, String requestId, String appId) {}

  /** Throws {@link IllegalArgumentException} with what is wrong, for the operator to read. */
  static List<Row> read(Buffer body) {
    Object chosen = object(body).getValue(PAYMENTS);
    if (!(chosen instanceof JsonArray rows) || rows.isEmpty() || rows.size() > MOST) {
      throw wrong();
    }
    List<Row> read = new ArrayList<>();
    for (Object row : rows) {
      if (!(row instanceof JsonObject json)) {
        throw wrong();
      }
      read.add(new Row(
          text(json, "merchantId", true),
          text(json, "transactionRequestId", true),
          text(json, "appId", false)));
    }
    return read;
  }

  /** The same without the payments: what is asked for each of them. */
  static Buffer rest(Buffer body) {
    JsonObject rest = object(body);
    rest.remove(PAYMENTS);
    return rest.toBuffer();
  }

  private static JsonObject object(Buffer body) {
    try {
      return body.toJsonObject();
    } catch (DecodeException | ClassCastException e) {
      throw new IllegalArgumentException("the body must be a JSON object");
    }
  }

  private static String text(JsonObject json, String name, boolean wanted) {
    Object value = json.getValue(name);
    if (value == null && !wanted) {
      return null;
    }
    if (!(value instanceof String text)
        || text.isEmpty()
        || text.chars().anyMatch(Character::isISOControl)) {
      throw wrong();
    }
    return text;
  }

  private static IllegalArgumentException wrong() {
    return new IllegalArgumentException("\"payments\" must be a list of 1 to " + MOST
        + " objects with merchantId and transactionRequestId");
  }
}
