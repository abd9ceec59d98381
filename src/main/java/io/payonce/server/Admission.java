package io.payonce.server;

import io.payonce.flow.Outbound;
import io.payonce.flow.Told;
import io.payonce.json.OwnAnswer;
import io.payonce.model.Operation;
import io.vertx.core.http.HttpServerRequest;

/**
 * Who is turned away on the head alone: without a key, for what is no call, or with a method or a
 * form of body that it does not take. Of their bodies nothing is kept.
 */
final class Admission {
  private final ClientKeys keys;

  Admission(ClientKeys keys) {
    this.keys = keys;
  }

  /** Whose key it shows; null when it is nobody's, which need not matter. */
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
    Operation operation = Operation.at(request.path());
    String method = request.method().name();
    if (operation == null && Targets.resemblesOperation(request.path())) {
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
    return Outbound.refusal(OwnAnswer.refusal(code, message, traceId), Told.INVALID);
  }
}
