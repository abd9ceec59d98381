package io.payonce.server;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.payonce.flow.Outbound;
import io.payonce.ledger.Outcome;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A call, or one look at a payment in recovery, as a span; its steps are the span's children. */
final class SpanTrace extends CallTrace {
  static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("payonce.outcome");
  static final AttributeKey<String> CODE = AttributeKey.stringKey("payonce.code");
  static final AttributeKey<Long> ATTEMPTS = AttributeKey.longKey("payonce.attempts");
  private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("payonce.operation");
  private static final AttributeKey<String> MERCHANT = AttributeKey.stringKey("payonce.merchantId");
  private static final AttributeKey<String> REQUEST =
      AttributeKey.stringKey("payonce.transactionRequestId");

  private final Tracing tracing;
  private final Span span;
  private final Context inside;

  SpanTrace(Tracing tracing, Span span, Context inside) {
    this.tracing = tracing;
    this.span = span;
    this.inside = inside;
  }

  @Override
  public void about(Operation operation, PaymentId id) {
    super.about(operation, id);
    span.setAttribute(OPERATION, operation.label())
        .setAttribute(MERCHANT, id.merchantId())
        .setAttribute(REQUEST, id.requestId());
  }

  @Override
  public Step begin() {
    return step("begin", SpanKind.INTERNAL);
  }

  @Override
  public Step send(int copy) {
    return step("send", SpanKind.CLIENT).with(ATTEMPTS, (long) copy);
  }

  @Override
  public Step confirm() {
    return step("confirm", SpanKind.CLIENT);
  }

  @Override
  public Step defer() {
    tracing.remember(id(), inside);
    return step("defer", SpanKind.INTERNAL);
  }

  @Override
  public Step settle(Outcome outcome) {
    tracing.forget(id());
    return step("settle", SpanKind.INTERNAL).with(OUTCOME, outcome.name().toLowerCase(Locale.ROOT));
  }

  private SpanStep step(String name, SpanKind kind) {
    Span child = tracing.span(name, kind, inside);
    return new SpanStep(child, inside.with(child));
  }

  @Override
  public <T> Future<T> during(Future<T> all) {
    return all.onComplete(done -> {
      if (done.failed()) {
        SpanStep.failed(span, done.cause());
      }
      span.end();
    });
  }

  @Override
  String traceId(HttpServerRequest request) {
    return traceId();
  }

  @Override
  public String traceId() {
    return span.getSpanContext().getTraceId();
  }

  @Override
  List<Map.Entry<String, String>> carriedBy(List<Map.Entry<String, String>> headers) {
    return Propagation.out(inside, headers);
  }

  @Override
  Exemplars.Place place() {
    SpanContext here = span.getSpanContext();
    return here.isSampled() ? new Exemplars.Place(here.getTraceId(), here.getSpanId()) : null;
  }

  @Override
  void answered(Outbound outbound) {
    span.setAttribute(OUTCOME, outbound.outcome())
        .setAttribute(ATTEMPTS, (long) outbound.attempts());
    if (outbound.outcome().equals("bug")) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }

  @Override
  void refused(int status) {
    span.setAttribute(OUTCOME, "http-" + status).end();
  }
}
