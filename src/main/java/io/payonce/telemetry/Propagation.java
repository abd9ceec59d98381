package io.payonce.telemetry;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The headers {@code traceparent} and {@code tracestate} (W3C Trace Context), in and out. */
final class Propagation {
  private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

  private static final TextMapGetter<MultiMap> HEADERS = MultiMap::get;

  private Propagation() {}

  /** The caller's span; an empty context when it sent none that can be read. */
  static Context in(MultiMap headers) {
    return W3C.extract(Context.root(), headers, HEADERS);
  }

  /** The same headers with our span in place of the caller's. */
  static List<Map.Entry<String, String>> out(
      Context ours, List<Map.Entry<String, String>> headers) {
    List<Map.Entry<String, String>> sent = new ArrayList<>(headers.size() + 2);
    for (Map.Entry<String, String> header : headers) {
      if (!isOfTrace(header.getKey())) {
        sent.add(header);
      }
    }
    W3C.inject(ours, sent, (carrier, name, value) -> carrier.add(Map.entry(name, value)));
    return sent;
  }

  private static boolean isOfTrace(String name) {
    return W3C.fields().stream().anyMatch(name::equalsIgnoreCase);
  }
}
