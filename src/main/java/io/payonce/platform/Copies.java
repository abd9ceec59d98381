package io.payonce.platform;

import io.payonce.signing.Signer;
import io.payonce.signing.SigningInput;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.function.Supplier;

/** Makes of a message one request for the wire: fresh id, timestamp, key and signature. */
final class Copies {
  private final Endpoint endpoint;
  private final List<String> requestIdHeaders;
  private final Supplier<Access> keys;
  private final RequestIds ids = new RequestIds();
  private Access access;
  private Signer signer;

  Copies(Endpoint endpoint, List<String> requestIdHeaders, Supplier<Access> keys) {
    this.endpoint = endpoint;
    this.requestIdHeaders = requestIdHeaders;
    this.keys = keys;
  }

  /**
   * @param timestampMillis the platform's time to claim
   * @throws IllegalArgumentException when it has no unambiguous form on the wire
   */
  RequestOptions next(Message message, long timestampMillis) {
    useCurrentKeys();
    String target = endpoint.prefix() + requirePlain(message.target());
    return new RequestOptions()
        .setMethod(HttpMethod.valueOf(message.method()))
        .setHost(endpoint.host())
        .setPort(endpoint.port())
        .setSsl(endpoint.tls())
        .setURI(target)
        .setFollowRedirects(false)
        .setHeaders(headers(message, target, Long.toString(timestampMillis)));
  }

  private MultiMap headers(Message message, String target, String timestamp) {
    MultiMap headers = HttpHeaders.headers();
    message.headers().forEach(header -> headers.add(header.getKey(), header.getValue()));
    if (message.body().length > 0 && !headers.contains(HttpHeaders.CONTENT_TYPE)) {
      headers.set(HttpHeaders.CONTENT_TYPE, "application/json");
    }
    String id = ids.next();
    requestIdHeaders.forEach(name -> headers.set(name, id));
    headers.set("X-Timestamp", timestamp);
    headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + access.apiKey());
    access.headers().forEach(header -> headers.set(header.getKey(), header.getValue()));
    signer.sign(input(message, target, headers, timestamp, id), headers::set);
    return headers;
  }

  private SigningInput input(
      Message message, String target, MultiMap headers, String timestamp, String id) {
    int mark = target.indexOf('?');
    return new SigningInput(
        message.method(),
        endpoint.scheme(),
        endpoint.authority(),
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? null : target.substring(mark + 1),
        headers.get(HttpHeaders.CONTENT_TYPE),
        timestamp,
        id,
        message.body());
  }

  private void useCurrentKeys() {
    Access current = keys.get();
    if (current != access) {
      signer = current.signing().signer();
      access = current;
    }
  }

  // Anything else could name another host, or end the request line early.
  private static String requirePlain(String target) {
    if (!target.startsWith("/")) {
      throw new IllegalArgumentException("not a path");
    }
    for (int i = 0; i < target.length(); i++) {
      if (target.charAt(i) <= ' ' || target.charAt(i) >= 0x7f) {
        throw new IllegalArgumentException("not a path");
      }
    }
    return target;
  }
}
