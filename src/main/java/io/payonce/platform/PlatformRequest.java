package io.payonce.platform;

import java.util.List;
import java.util.Map;

/**
 * One request to the platform without what is made fresh for each send: ids, timestamp, key and
 * signature.
 *
 * @param target path and query, as the caller wrote them
 * @param headers end-to-end headers of the caller that go upstream
 * @param body empty for a GET
 */
public record PlatformRequest(
    String method, String target, List<Map.Entry<String, String>> headers, byte[] body) {
  @Override
  public String toString() {
    return method + " " + target;
  }
}
