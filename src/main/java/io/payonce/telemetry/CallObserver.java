package io.payonce.telemetry;

import io.payonce.flow.port.CallOutcome;
import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.Trace;
import io.payonce.http.server.CallTrace;
import io.payonce.http.server.Exchange;
import io.payonce.http.server.TraceIds;
import io.payonce.ledger.EndListener;
import io.payonce.model.Operation;
import io.payonce.model.Operations;
import io.payonce.model.PaymentId;
import io.payonce.settings.Settings;
import io.vertx.core.http.HttpServerRequest;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Gives single calls to those who watch: a collector of traces, readers of the log, both; mostly
 * neither.
 */
public final class CallObserver implements EndListener {
  /** Where a bracket of the plain log line and a member of the JSON one take the trace id from. */
  public static final String TRACE_ID = "traceId";

  /** No call is watched. */
  public static final CallObserver OFF = new CallObserver(null, false);

  private static final Logger CALLS = LoggerFactory.getLogger("io.payonce.calls");
  private static final Logger ENDS = LoggerFactory.getLogger("io.payonce.ends");

  private final Tracing tracing;
  private final boolean lines;

  private CallObserver(Tracing tracing, boolean lines) {
    this.tracing = tracing;
    this.lines = lines;
  }

  public static CallObserver of(Settings settings) {
    Settings.Telemetry telemetry = settings.telemetry();
    Tracing tracing = telemetry
        .otlpEndpoint()
        .map(to -> new Tracing(
            Operations.with(settings.operations()),
            SpanPeer.of(settings.upstream().baseUrl()),
            redis(settings.redis()),
            to,
            telemetry.sampling(),
            UUID.randomUUID().toString()))
        .orElse(null);
    return new CallObserver(tracing, settings.log().payments());
  }

  private static SpanPeer redis(Settings.Redis redis) {
    return redis.mode().equals("standalone") ? SpanPeer.of(redis.uris().get(0)) : null;
  }

  boolean traces() {
    return tracing != null;
  }

  public CallTrace call(HttpServerRequest request) {
    if (tracing != null) {
      return tracing.call(request);
    }
    return lines ? new CallTrace() : CallTrace.UNWATCHED;
  }

  Trace recovery(Operation operation, PaymentId id) {
    return tracing == null ? new Unseen(TraceIds.fresh()) : tracing.recovery(operation, id);
  }

  /** A look that no collector gets; what it ends has a trace id all the same. */
  private record Unseen(String traceId) implements Trace {}

  /** The call's one line, if it is wanted. */
  public void answered(Exchange exchange, Operation operation, Outbound outbound) {
    if (lines) {
      write(exchange, operation == null ? "call" : operation.label(), outbound);
    }
  }

  private static void write(Exchange exchange, String operation, Outbound outbound) {
    PaymentId id = exchange.trace().id();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - exchange.sinceNanos());
    LoggingEventBuilder line = CALLS
        .atInfo()
        .addKeyValue("operation", operation)
        .addKeyValue("outcome", outbound.outcome().word())
        .addKeyValue("attempts", outbound.attempts())
        .addKeyValue("millis", millis);
    if (id != null) {
      line = line.addKeyValue("merchantId", id.merchantId())
          .addKeyValue("transactionRequestId", id.requestId());
    }
    MDC.put(TRACE_ID, exchange.traceId());
    line.log(
        "{} {}: {}, {} sent, {} ms",
        operation,
        id == null ? "-" : id,
        outbound.outcome(),
        outbound.attempts(),
        millis);
    MDC.remove(TRACE_ID);
  }

  /** The payment's one line: its calls may all have been answered P. */
  @Override
  public void ended(PaymentId id, Supplier<End> how) {
    if (!lines) {
      return;
    }
    End end = how.get();
    String operation = end.operation() == null ? "payment" : end.operation().label();
    String outcome = CallOutcome.of(end.outcome()).word();
    ENDS.atInfo()
        .addKeyValue("operation", operation)
        .addKeyValue("outcome", outcome)
        .addKeyValue("attempts", end.sends())
        .addKeyValue("millis", end.tookMillis())
        .addKeyValue("merchantId", id.merchantId())
        .addKeyValue("transactionRequestId", id.requestId())
        .log(
            "{} {} ended: {}, {} sent, {} ms after it began",
            operation,
            id,
            outcome,
            end.sends(),
            end.tookMillis());
  }

  /** Blocks for a moment. */
  public void close() {
    if (tracing != null) {
      tracing.close();
    }
  }
}
