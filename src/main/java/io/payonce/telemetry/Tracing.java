package io.payonce.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.payonce.http.server.CallTrace;
import io.payonce.model.Operation;
import io.payonce.model.Operations;
import io.payonce.model.PaymentId;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Spans for an OpenTelemetry collector. They leave in batches on a thread of their own; while the
 * collector is away they are dropped, never waited for.
 */
final class Tracing {
  /**
   * Two seconds of a thousand payments a second, at four spans each. At half, a short pause of the
   * collector costs spans; double is memory that most pods never use.
   */
  private static final int MOST_QUEUED = 8192;

  private static final int BATCH = 512;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration EXPORT_LIMIT = Duration.ofSeconds(5);

  /** Codes and names are short; what the platform calls a code may not be. */
  private static final int LONGEST_VALUE = 128;

  /** In doubt at one time, and traced; the oldest are followed up in traces of their own. */
  private static final int MOST_REMEMBERED = 10_000;

  /** Whatever else a caller writes there is not a name (semantic conventions, HTTP). */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

  private static final long FLUSH_MILLIS = 2000;

  private final Operations operations;
  private final SdkTracerProvider provider;
  private final Tracer tracer;
  private final SpanPeer platform;
  private final SpanPeer redis;
  private final Map<PaymentId, Context> unsettled = new LinkedHashMap<>() {
    @Override
    protected boolean removeEldestEntry(Map.Entry<PaymentId, Context> eldest) {
      return size() > MOST_REMEMBERED;
    }
  };

  /**
   * @param operations what spans are named by
   * @param platform whom payments go to
   * @param redis null where there are several
   * @param endpoint of the collector, without {@code /v1/traces}
   * @param share of the calls whose callers have not decided
   * @param pod names this process
   */
  Tracing(
      Operations operations,
      SpanPeer platform,
      SpanPeer redis,
      String endpoint,
      double share,
      String pod) {
    this.operations = operations;
    this.platform = platform;
    this.redis = redis;
    ExporterLog.open();
    OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
        .setEndpoint(endpoint.replaceFirst("/+$", "") + "/v1/traces")
        .setTimeout(EXPORT_LIMIT)
        .build();
    provider = SdkTracerProvider.builder()
        .setResource(Resource.getDefault().merge(resource(pod)))
        .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(share)))
        .setSpanLimits(
            SpanLimits.builder().setMaxAttributeValueLength(LONGEST_VALUE).build())
        .addSpanProcessor(BatchSpanProcessor.builder(exporter)
            .setMaxQueueSize(MOST_QUEUED)
            .setMaxExportBatchSize(BATCH)
            .setScheduleDelay(PAUSE)
            .setExporterTimeout(EXPORT_LIMIT)
            .build())
        .build();
    tracer = provider.get("io.payonce");
  }

  private static Resource resource(String pod) {
    return Resource.create(Attributes.builder()
        .put(SpanAttributes.SERVICE, "payonce")
        .put(SpanAttributes.VERSION, Build.version())
        .put(SpanAttributes.INSTANCE, pod)
        .build());
  }

  SpanPeer platform() {
    return platform;
  }

  /** Null where there are several: which of them a script runs on, only its lane knows. */
  SpanPeer redis() {
    return redis;
  }

  /** A caller's request, as a step in the trace that the caller names. */
  CallTrace call(HttpServerRequest request) {
    Operation operation = operations.at(request.path());
    String method = METHODS.contains(request.method().name()) ? request.method().name() : "_OTHER";
    SpanTrace trace = trace(
        operation == null ? method : method + " " + operation.path(),
        SpanKind.SERVER,
        Propagation.in(request.headers()));
    trace.describe(request, method, operation);
    return trace;
  }

  /**
   * A payment taken up again: in the trace of its call if this process remembers it, else in one of
   * its own, found by the payment's name.
   */
  SpanTrace recovery(Operation operation, PaymentId id) {
    SpanTrace trace = trace("recover", SpanKind.INTERNAL, remembered(id));
    trace.about(operation, id);
    return trace;
  }

  private SpanTrace trace(String name, SpanKind kind, Context parent) {
    Span span = span(name, kind, parent);
    return new SpanTrace(this, span, parent.with(span));
  }

  Span span(String name, SpanKind kind, Context parent) {
    return tracer.spanBuilder(name).setSpanKind(kind).setParent(parent).startSpan();
  }

  void remember(PaymentId id, Context context) {
    synchronized (unsettled) {
      unsettled.putIfAbsent(id, context);
    }
  }

  void forget(PaymentId id) {
    synchronized (unsettled) {
      unsettled.remove(id);
    }
  }

  private Context remembered(PaymentId id) {
    synchronized (unsettled) {
      return unsettled.getOrDefault(id, Context.root());
    }
  }

  /** Sends what is still here, if the collector is quick about it. Blocks. */
  void close() {
    provider.shutdown().join(FLUSH_MILLIS, TimeUnit.MILLISECONDS);
  }
}
