package io.payonce.server;

import io.payonce.json.JsonOutput;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** An answer of the admin port. */
record OpsAnswer(int status, String contentType, Buffer body, Map<String, String> headers) {
  private static final String JSON = "application/json;charset=UTF-8";

  /** What is wrong. */
  private record Error(String error) {}

  /** @param view a record whose components are the members */
  static OpsAnswer json(int status, Object view) {
    return new OpsAnswer(status, JSON, Buffer.buffer(JsonOutput.bytes(view)), Map.of());
  }

  static OpsAnswer text(String contentType, String text) {
    return new OpsAnswer(200, contentType, Buffer.buffer(text), Map.of());
  }

  static OpsAnswer error(int status, String why) {
    return json(status, new Error(why));
  }

  OpsAnswer with(String header, String value) {
    return new OpsAnswer(status, contentType, body, Map.of(header, value));
  }
}
