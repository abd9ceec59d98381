package io.payonce.platform.http;

import io.payonce.credentials.RequestCredentials;
import io.payonce.platform.PlatformAddress;
import io.payonce.platform.PlatformRequest;
import io.payonce.platform.RequestIds;
import io.payonce.signing.Signer;
import io.payonce.signing.Signing;
import io.payonce.signing.SigningInput;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Makes of a message one request for the wire: fresh id, timestamp, key and signature. What takes
 * long to sign is signed by a worker, all else at once.
 */
final class RequestSigner {
  private final PlatformAddress endpoint;
  private final List<String> requestIdHeaders;
  private final Supplier<RequestCredentials> keys;
  private final WorkerExecutor workers;
  private final RequestIds ids = new RequestIds();
  private RequestCredentials access;

  /** Null when workers sign. */
  private Signer signer;

  RequestSigner(
      PlatformAddress endpoint,
      List<String> requestIdHeaders,
      Supplier<RequestCredentials> keys,
      WorkerExecutor workers) {
    this.endpoint = endpoint;
    this.requestIdHeaders = requestIdHeaders;
    this.keys = keys;
    this.workers = workers;
  }

  /**
   * Fails, with an {@link IllegalArgumentException} when it has no unambiguous form on the wire.
   *
   * @param timestampMillis the platform's time to claim
   */
  Future<RequestOptions> next(PlatformRequest message, long timestampMillis) {
    try {
      return signed(message, timestampMillis);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private Future<RequestOptions> signed(PlatformRequest message, long timestampMillis) {
    useCurrentKeys();
    String target = endpoint.prefix() + requirePlain(message.target());
    String timestamp = Long.toString(timestampMillis);
    String id = ids.next();
    MultiMap headers = headers(message, timestamp, id);
    RequestOptions request = new RequestOptions()
        .setMethod(HttpMethod.valueOf(message.method()))
        .setHost(endpoint.name())
        .setPort(endpoint.port())
        .setSsl(endpoint.tls())
        .setURI(target)
        .setFollowRedirects(false)
        .setHeaders(headers);
    SigningInput input = input(message, target, headers, timestamp, id);
    Signing signing = access.signing();
    if (signing.isSlow()) {
      return workers.executeBlocking(() -> signature(signing, input), false).map(signature -> {
        signature.forEach(headers::set);
        return request;
      });
    }
    signer.sign(input, headers::set);
    return Future.succeededFuture(request);
  }

  // A signer is for one thread; beside a signature that takes long, making one costs nothing.
  private static Map<String, String> signature(Signing signing, SigningInput input) {
    Map<String, String> signature = new LinkedHashMap<>();
    signing.signer().sign(input, signature::put);
    return signature;
  }

  private MultiMap headers(PlatformRequest message, String timestamp, String id) {
    MultiMap headers = HttpHeaders.headers();
    message.headers().forEach(header -> headers.add(header.getKey(), header.getValue()));
    if (message.body().length > 0 && !headers.contains(HttpHeaders.CONTENT_TYPE)) {
      headers.set(HttpHeaders.CONTENT_TYPE, "application/json");
    }
    if (message.body().length == 0 && !message.method().equals("GET")) {
      headers.set(HttpHeaders.CONTENT_LENGTH, "0");
    }
    requestIdHeaders.forEach(name -> headers.set(name, id));
    headers.set("X-Timestamp", timestamp);
    if (!access.apiKey().isEmpty()) {
      headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + access.apiKey());
    }
    access.headers().forEach(header -> headers.set(header.getKey(), header.getValue()));
    return headers;
  }

  private SigningInput input(
      PlatformRequest message, String target, MultiMap headers, String timestamp, String id) {
    int mark = target.indexOf('?');
    return new SigningInput(
        message.method(),
        new SigningInput.Target(
            endpoint.scheme(),
            endpoint.authority(),
            mark < 0 ? target : target.substring(0, mark),
            mark < 0 ? null : target.substring(mark + 1)),
        headers.get(HttpHeaders.CONTENT_TYPE),
        timestamp,
        id,
        message.body());
  }

  private void useCurrentKeys() {
    RequestCredentials current = keys.get();
    if (current != access) {
      signer = current.signing().isSlow() ? null : current.signing().signer();
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
