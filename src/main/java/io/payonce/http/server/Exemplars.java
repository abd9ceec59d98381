package io.payonce.http.server;

import io.prometheus.metrics.tracer.common.SpanContext;

/** Points the histograms to the traced call whose time is being recorded on this thread. */
public final class Exemplars implements SpanContext {
  private final ThreadLocal<Place> current = new ThreadLocal<>();

  /** A span that is kept. */
  public record Place(String traceId, String spanId) {}

  /** What is recorded from now on by this thread belongs there, or to none of them if null. */
  public void at(Place place) {
    current.set(place);
  }

  @Override
  public String getCurrentTraceId() {
    return current.get().traceId();
  }

  @Override
  public String getCurrentSpanId() {
    return current.get().spanId();
  }

  @Override
  public boolean isCurrentSpanSampled() {
    return current.get() != null;
  }

  @Override
  public void markCurrentSpanAsExemplar() {}
}
