package io.payonce.http;

import io.payonce.flow.port.CallOutcome;
import io.payonce.flow.port.Outbound;
import io.payonce.http.server.ApiPaths;
import io.payonce.json.ProxyEnvelope;
import io.payonce.model.Operation;
import io.payonce.model.Operations;
import io.vertx.core.http.HttpServerRequest;

/**
 * Refuses calls by their head alone: without a key, on an unknown path, or with a method or a form
 * of body that the path does not take. Of their bodies nothing is kept.
 */
final class HeadCheck {
  private final ClientKeys keys;
  private final Operations operations;

  HeadCheck(ClientKeys keys, Operations operations) {
    this.keys = keys;
    this.operations = operations;
  }

  /** Whose key it shows; null when the key is unknown, which need not matter. */
  String client(HttpServerRequest request) {
    return keys.name(request.getHeader("Authorization"));
  }

  /**
   * Null for who may go on.
   *
   * @param client whose key it shows
   */
  Outbound refusal(HttpServerRequest request, String client, String traceId) {
    if (client == null && !keys.areOpen()) {
      return refusal("S10", "the key in Authorization is missing or unknown", traceId);
    }
    Operation operation = operations.at(request.path());
    String method = request.method().name();
    if (operation == null && ApiPaths.resemblesOperation(operations, request.path())) {
      return refusal("C18", "no such path; check its spelling", traceId);
    }
    if (operation != null ? !operation.accepts(method) : !isForwarded(method)) {
      return refusal("C19", "method " + known(method) + " is not supported here", traceId);
    }
    String fault = method.equals("GET") ? null : BodyForm.fault(request.headers());
    return fault == null ? null : refusal("C02", fault, traceId);
  }

  private static boolean isForwarded(String method) {
    return method.equals("GET") || method.equals("POST");
  }

  private static String known(String method) {
    return method.matches("[A-Za-z]{1,10}") ? method : "?";
  }

  private static Outbound refusal(String code, String message, String traceId) {
    return Outbound.refusal(ProxyEnvelope.refusal(code, message, traceId), CallOutcome.INVALID);
  }
}
