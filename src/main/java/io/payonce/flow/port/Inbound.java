package io.payonce.flow.port;

import io.payonce.model.Operation;
import java.util.List;
import java.util.Map;

/**
 * A caller's request, its key already checked.
 *
 * @param operation null for a path the platform does not document
 * @param target path and query as the caller wrote them
 * @param query the raw query, null when there is none
 * @param headers those that go upstream
 * @param waitMillis how long this caller is held for an answer; 0: answer once it is accepted
 * @param client whose key it showed; null where none is asked for
 * @param callId names this call and no other; a trace may hold several calls
 */
public record Inbound(
    Operation operation,
    String method,
    String target,
    String query,
    List<Map.Entry<String, String>> headers,
    byte[] body,
    long waitMillis,
    String traceId,
    Trace trace,
    String client,
    String callId) {
  /** Of a caller who is not known by name. */
  public Inbound(
      Operation operation,
      String method,
      String target,
      String query,
      List<Map.Entry<String, String>> headers,
      byte[] body,
      long waitMillis,
      String traceId,
      Trace trace,
      String callId) {
    this(operation, method, target, query, headers, body, waitMillis, traceId, trace, null, callId);
  }

  @Override
  public String toString() {
    return method + " " + target + " " + traceId;
  }
}
