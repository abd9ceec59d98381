package io.payonce.flow;

import io.payonce.flow.port.Inbound;
import io.payonce.flow.port.Trace;
import io.payonce.model.Operation;
import java.util.List;

/** Calls as the proxy's port hands them on. */
public final class Calls {
  private Calls() {}

  /** @param query null for none */
  public static Inbound of(
      Operation operation, String query, byte[] body, long waitMillis, String call) {
    String target = query == null ? operation.path() : operation.path() + "?" + query;
    return new Inbound(
        operation,
        new Inbound.Request(operation.method(), target, query, List.of(), body),
        waitMillis,
        new Inbound.Call(call, Trace.OFF, null, call));
  }

  /** A POST that is no operation. */
  static Inbound passedOn(String path, String query, byte[] body) {
    String target = query == null ? path : path + "?" + query;
    return new Inbound(
        null,
        new Inbound.Request("POST", target, query, List.of(), body),
        1000,
        new Inbound.Call("passed", Trace.OFF, null, "passed"));
  }
}
