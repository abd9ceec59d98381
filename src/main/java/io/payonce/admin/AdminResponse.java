package io.payonce.admin;

import io.payonce.json.JsonOutput;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.TreeMap;

/** An answer of the admin port. */
record AdminResponse(int status, String contentType, Buffer body, Map<String, String> headers) {
  private static final String JSON = "application/json;charset=UTF-8";

  /** The body of a refusal. */
  private record Error(String error) {}

  /** @param view a record whose components are the members */
  static AdminResponse json(int status, Object view) {
    return new AdminResponse(status, JSON, Buffer.buffer(JsonOutput.bytes(view)), Map.of());
  }

  static AdminResponse text(String contentType, String text) {
    return new AdminResponse(200, contentType, Buffer.buffer(text), Map.of());
  }

  static AdminResponse error(int status, String why) {
    return json(status, new Error(why));
  }

  AdminResponse with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new AdminResponse(status, contentType, body, more);
  }
}
