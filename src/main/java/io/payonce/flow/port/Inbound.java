package io.payonce.flow.port;

import io.payonce.model.Operation;
import java.util.List;
import java.util.Map;

/**
 * A caller's request, its key already checked.
 *
 * @param operation null for a path the platform does not document
 * @param waitMillis how long this caller is held for an answer; 0: answer once it is accepted
 */
public record Inbound(Operation operation, Request request, long waitMillis, Call call) {
  /**
   * The request as it came in.
   *
   * @param target path and query as the caller wrote them
   * @param query the raw query, null when there is none
   * @param headers those that go upstream
   */
  public record Request(
      String method,
      String target,
      String query,
      List<Map.Entry<String, String>> headers,
      byte[] body) {}

  /**
   * Whose call it is.
   *
   * @param client whose key it showed; null where none is asked for
   * @param id names this call and no other; a trace may hold several calls
   */
  public record Call(String traceId, Trace trace, String client, String id) {}

  public String method() {
    return request.method();
  }

  public String target() {
    return request.target();
  }

  public String query() {
    return request.query();
  }

  public List<Map.Entry<String, String>> headers() {
    return request.headers();
  }

  public byte[] body() {
    return request.body();
  }

  public String traceId() {
    return call.traceId();
  }

  public Trace trace() {
    return call.trace();
  }

  public String client() {
    return call.client();
  }

  public String callId() {
    return call.id();
  }

  @Override
  public String toString() {
    return request.method() + " " + request.target() + " " + call.traceId();
  }
}
