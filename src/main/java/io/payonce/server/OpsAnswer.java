package io.payonce.server;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** An answer of the admin port. */
record OpsAnswer(int status, String contentType, Buffer body, Map<String, String> headers) {
  private static final String JSON = "application/json;charset=UTF-8";

  static OpsAnswer json(int status, JsonObject body) {
    return new OpsAnswer(status, JSON, body.toBuffer(), Map.of());
  }

  static OpsAnswer json(String text) {
    return new OpsAnswer(200, JSON, Buffer.buffer(text), Map.of());
  }

  static OpsAnswer text(String contentType, String text) {
    return new OpsAnswer(200, contentType, Buffer.buffer(text), Map.of());
  }

  static OpsAnswer error(int status, String why) {
    return json(status, new JsonObject().put("error", why));
  }

  OpsAnswer with(String header, String value) {
    return new OpsAnswer(status, contentType, body, Map.of(header, value));
  }
}
