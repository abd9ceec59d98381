package io.payonce.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** An OpenTelemetry collector that speaks OTLP/HTTP and keeps all it gets. */
final class Collector implements AutoCloseable {
  private static final String OURS = "payonce.";
  private static final String HERE = "/v1/traces";

  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final List<String> words = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  /** A span; {@code parent} is empty for the first of a trace. */
  record Seen(
      String name, String kind, String trace, String id, String parent, Map<String, String> says) {
    static Seen of(Span span) {
      Map<String, String> says = new TreeMap<>();
      for (KeyValue pair : span.getAttributesList()) {
        says.put(pair.getKey(), text(pair.getValue()));
      }
      return new Seen(
          span.getName(),
          span.getKind().name().replace("SPAN_KIND_", ""),
          HexFormat.of().formatHex(span.getTraceId().toByteArray()),
          HexFormat.of().formatHex(span.getSpanId().toByteArray()),
          HexFormat.of().formatHex(span.getParentSpanId().toByteArray()),
          says);
    }

    private static String text(AnyValue value) {
      return value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue();
    }

    /** What is said of the payment, without the prefix of our own attributes. */
    Map<String, String> ours() {
      Map<String, String> ours = new TreeMap<>();
      says.forEach((name, value) -> {
        if (name.startsWith(OURS)) {
          ours.put(name.substring(OURS.length()), value);
        }
      });
      return ours;
    }

    String traceparent() {
      return "00-" + trace + "-" + id + "-01";
    }
  }

  Collector() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(HERE, this::take);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The spans of a trace once there are as many as expected, the earliest first. */
  List<Seen> trace(String id, int spans) {
    TestPod.until(() -> spans(seen -> seen.trace().equals(id)).size() >= spans);
    return spans(span -> span.trace().equals(id));
  }

  /** The spans of a trace whose call has ended. */
  List<Seen> traceOf(String id) {
    TestPod.until(() ->
        !spans(span -> span.trace().equals(id) && span.kind().equals("SERVER")).isEmpty());
    return spans(span -> span.trace().equals(id));
  }

  List<Seen> spans(Predicate<Seen> which) {
    return seen.stream().filter(which).toList();
  }

  /** All it got, to search for what must not be in it. */
  String words() {
    return String.join("\n", words);
  }

  private void take(HttpExchange exchange) throws IOException {
    var told = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
    words.add(told.toString());
    told.getResourceSpansList().stream()
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .sorted(Comparator.comparingLong(Span::getStartTimeUnixNano))
        .map(Seen::of)
        .forEach(seen::add);
    exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
