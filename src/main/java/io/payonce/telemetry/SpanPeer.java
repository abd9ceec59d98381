package io.payonce.telemetry;

import io.opentelemetry.api.trace.Span;
import io.payonce.platform.PlatformRequest;
import java.net.URI;
import java.util.Map;

/** A server that is called, as spans name it. */
record SpanPeer(String scheme, String address, int port) {
  private static final Map<String, Integer> USUAL =
      Map.of("https", 443, "redis", 6379, "rediss", 6379);

  static SpanPeer of(String url) {
    URI uri = URI.create(url);
    int usual = USUAL.getOrDefault(uri.getScheme(), 80);
    return new SpanPeer(uri.getScheme(), uri.getHost(), uri.getPort() < 0 ? usual : uri.getPort());
  }

  /** Names the span of an HTTP request to it. A payment's paths are few, so they may be a name. */
  void describe(Span span, PlatformRequest message) {
    int query = message.target().indexOf('?');
    String path = query < 0 ? message.target() : message.target().substring(0, query);
    span.updateName(message.method() + " " + path)
        .setAttribute(SpanAttributes.METHOD, message.method())
        .setAttribute(SpanAttributes.SCHEME, scheme)
        .setAttribute(SpanAttributes.ADDRESS, address)
        .setAttribute(SpanAttributes.PORT, (long) port)
        .setAttribute(SpanAttributes.PATH, path)
        .setAttribute(
            SpanAttributes.FULL, scheme + "://" + address + ":" + port + message.target());
  }
}
