package io.payonce.http.server;

import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.Trace;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;

/** One call for those who watch it; by itself it only remembers which payment it is about. */
public class CallTrace implements Trace {
  /** Of all calls while none is traced. */
  public static final CallTrace UNWATCHED = new CallTrace() {
    @Override
    public void about(Operation operation, PaymentId id) {}
  };

  private PaymentId id;

  @Override
  public void about(Operation operation, PaymentId named) {
    id = named;
  }

  /** Null while no payment is named. */
  public final PaymentId id() {
    return id;
  }

  /** The id under which the call is found in answers, logs and traces. */
  public String traceId(HttpServerRequest request) {
    return TraceIds.of(request);
  }

  /** What goes upstream of the caller's headers, telling the platform of this call. */
  public List<Map.Entry<String, String>> carriedBy(List<Map.Entry<String, String>> headers) {
    return headers;
  }

  /** Where an exemplar of a metric may point to, null for nowhere. */
  public Exemplars.Place place() {
    return null;
  }

  public void answered(Outbound outbound) {}

  /** It was no API call, or is not served. */
  public void refused(int status) {}
}
