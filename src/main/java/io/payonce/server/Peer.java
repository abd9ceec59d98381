package io.payonce.server;

import io.opentelemetry.api.trace.Span;
import io.payonce.platform.Message;
import java.net.URI;
import java.util.Map;

/** A server that is called, as spans name it. */
record Peer(String scheme, String address, int port) {
  private static final Map<String, Integer> USUAL =
      Map.of("https", 443, "redis", 6379, "rediss", 6379);

  static Peer of(String url) {
    URI uri = URI.create(url);
    int usual = USUAL.getOrDefault(uri.getScheme(), 80);
    return new Peer(uri.getScheme(), uri.getHost(), uri.getPort() < 0 ? usual : uri.getPort());
  }

  /** Names the span of an HTTP request to it. A payment's paths are few, so they may be a name. */
  void describe(Span span, Message message) {
    int query = message.target().indexOf('?');
    String path = query < 0 ? message.target() : message.target().substring(0, query);
    span.updateName(message.method() + " " + path)
        .setAttribute(Semantic.METHOD, message.method())
        .setAttribute(Semantic.SCHEME, scheme)
        .setAttribute(Semantic.ADDRESS, address)
        .setAttribute(Semantic.PORT, (long) port)
        .setAttribute(Semantic.PATH, path)
        .setAttribute(Semantic.FULL, scheme + "://" + address + ":" + port + message.target());
  }
}
