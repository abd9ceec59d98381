package io.payonce.server;

import io.payonce.flow.Outbound;
import io.payonce.flow.Trace;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;

/** One call for those who watch it; by itself it only remembers which payment it is about. */
class CallTrace implements Trace {
  /** Of all calls while nobody watches. */
  static final CallTrace UNWATCHED = new CallTrace() {
    @Override
    public void about(Operation operation, PaymentId id) {}
  };

  private PaymentId id;

  @Override
  public void about(Operation operation, PaymentId named) {
    id = named;
  }

  /** Null while no payment is named. */
  final PaymentId id() {
    return id;
  }

  /** The id under which the call is found in answers, logs and traces. */
  String traceId(HttpServerRequest request) {
    return Traces.of(request);
  }

  /** What goes upstream of the caller's headers, telling the platform of this call. */
  List<Map.Entry<String, String>> carriedBy(List<Map.Entry<String, String>> headers) {
    return headers;
  }

  /** Where an exemplar of a metric may point to, null for nowhere. */
  Exemplars.Place place() {
    return null;
  }

  void answered(Outbound outbound) {}

  /** It was no API call, or is not served. */
  void refused(int status) {}
}
