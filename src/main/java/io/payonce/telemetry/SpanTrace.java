package io.payonce.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.payonce.flow.port.CallOutcome;
import io.payonce.flow.port.Outbound;
import io.payonce.http.server.CallTrace;
import io.payonce.http.server.Exemplars;
import io.payonce.ledger.Outcome;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Map;

/** A call, or one look at a payment in recovery, as a span; its steps are the span's children. */
final class SpanTrace extends CallTrace {
  /** Every API answer has this status, whatever it says. */
  private static final long ANSWERED = 200;

  private static final int FIRST_FAULT = 500;

  private final Tracing tracing;
  private final Span span;
  private final Context inside;

  SpanTrace(Tracing tracing, Span span, Context inside) {
    this.tracing = tracing;
    this.span = span;
    this.inside = inside;
  }

  /** What is known of a request before it is read. */
  void describe(HttpServerRequest request, String method, Operation operation) {
    span.setAttribute(SpanAttributes.METHOD, method)
        .setAttribute(SpanAttributes.SCHEME, request.isSSL() ? "https" : "http")
        .setAttribute(SpanAttributes.PATH, request.path())
        .setAttribute(SpanAttributes.PROTOCOL, protocol(request.version()));
    if (operation != null) {
      span.setAttribute(SpanAttributes.ROUTE, operation.path())
          .setAttribute(SpanAttributes.OPERATION, operation.label());
    }
    HostAndPort here = request.authority();
    if (here != null) {
      span.setAttribute(SpanAttributes.ADDRESS, here.host());
      if (here.port() > 0) {
        span.setAttribute(SpanAttributes.PORT, (long) here.port());
      }
    }
  }

  private static String protocol(HttpVersion version) {
    return switch (version) {
      case HTTP_1_0 -> "1.0";
      case HTTP_1_1 -> "1.1";
      case HTTP_2 -> "2";
      default -> "3";
    };
  }

  @Override
  public void about(Operation operation, PaymentId id) {
    super.about(operation, id);
    span.setAttribute(SpanAttributes.OPERATION, operation.label())
        .setAttribute(SpanAttributes.MERCHANT, id.merchantId())
        .setAttribute(SpanAttributes.REQUEST, id.requestId());
  }

  @Override
  public Step begin() {
    return script("begin");
  }

  @Override
  public Step send(int number) {
    SpanStep send =
        step("send", "send", SpanKind.CLIENT).with(SpanAttributes.ATTEMPTS, (long) number);
    return number > 1 ? send.with(SpanAttributes.RESENDS, (long) number - 1) : send;
  }

  @Override
  public Step confirm() {
    return step("confirm", "confirm", SpanKind.CLIENT);
  }

  @Override
  public Step defer() {
    tracing.remember(id(), inside);
    return script("defer");
  }

  @Override
  public Step settle(Outcome outcome) {
    tracing.forget(id());
    return script(outcome == Outcome.RELEASED ? "release" : "settle")
        .with(SpanAttributes.OUTCOME, outcome.label());
  }

  /** A move of the ledger: one script, sent again while its answer is lost. */
  private SpanStep script(String name) {
    SpanStep script = step("EVALSHA " + name, name, SpanKind.CLIENT)
        .with(SpanAttributes.DATABASE, "redis")
        .with(SpanAttributes.COMMAND, "EVALSHA")
        .with(SpanAttributes.SCRIPT, name);
    SpanPeer redis = tracing.redis();
    return redis == null
        ? script
        : script.with(SpanAttributes.ADDRESS, redis.address()).with(SpanAttributes.PORT, (long)
            redis.port());
  }

  private SpanStep step(String name, String word, SpanKind kind) {
    Span child = tracing.span(name, kind, inside);
    return new SpanStep(child, inside.with(child), tracing.platform())
        .with(SpanAttributes.STEP, word);
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
  public String traceId(HttpServerRequest request) {
    return traceId();
  }

  @Override
  public String traceId() {
    return span.getSpanContext().getTraceId();
  }

  @Override
  public List<Map.Entry<String, String>> carriedBy(List<Map.Entry<String, String>> headers) {
    return Propagation.out(inside, headers);
  }

  @Override
  public Exemplars.Place place() {
    SpanContext here = span.getSpanContext();
    return here.isSampled() ? new Exemplars.Place(here.getTraceId(), here.getSpanId()) : null;
  }

  @Override
  public void answered(Outbound outbound) {
    span.setAttribute(SpanAttributes.OUTCOME, outbound.outcome().word())
        .setAttribute(SpanAttributes.ATTEMPTS, (long) outbound.attempts())
        .setAttribute(SpanAttributes.STATUS, ANSWERED);
    if (outbound.outcome().group() == CallOutcome.Group.FAULT) {
      span.setStatus(StatusCode.ERROR)
          .setAttribute(SpanAttributes.ERROR, outbound.outcome().word());
    }
    span.end();
  }

  @Override
  public void refused(int status) {
    span.setAttribute(SpanAttributes.STATUS, (long) status);
    if (status >= FIRST_FAULT) {
      span.setStatus(StatusCode.ERROR).setAttribute(SpanAttributes.ERROR, Integer.toString(status));
    }
    span.end();
  }
}
