package io.payonce.sandbox.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;

/**
 * Posts notifications, with the headers and times of docs.sunbay.dev/en/docs/integration/webhook.
 * Only to this machine unless configured otherwise: whoever can send a payment here names the
 * address.
 */
final class WebhookWire {

  private static final int CONNECT_MILLIS = 5_000;
  private static final long READ_MILLIS = 10_000;
  private static final int CONNECTIONS = 64;

  private final HttpClient client;
  private final boolean anywhere;

  WebhookWire(Vertx vertx, boolean anywhere) {
    this.anywhere = anywhere;
    // Any certificate will do: a simulator has no opinion on who signs those of tests.
    this.client = vertx.createHttpClient(
        new HttpClientOptions()
            .setConnectTimeout(CONNECT_MILLIS)
            .setTrustAll(true)
            .setVerifyHost(false),
        new PoolOptions().setHttp1MaxSize(CONNECTIONS));
  }

  boolean mayGoTo(String url) {
    try {
      URI uri = URI.create(url);
      String scheme = String.valueOf(uri.getScheme());
      return uri.getHost() != null
          && (scheme.equals("http") || scheme.equals("https"))
          && (anywhere || isLoopback(uri.getHost()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
  }

  /**
   * What it was answered: an HTTP status, or in words why there is none.
   *
   * @param signature null for none
   */
  Future<String> post(String url, byte[] body, String requestId, long timestamp, String signature) {
    return Future.succeededFuture()
        .compose(here -> client.request(head(url, requestId, timestamp, signature)))
        .compose(request -> request.send(Buffer.buffer(body)))
        .compose(response -> response.end().map(read -> String.valueOf(response.statusCode())))
        .otherwise(failure -> failure.getClass().getSimpleName());
  }

  /** @throws RuntimeException for an address that only looks like one */
  private static RequestOptions head(
      String url, String requestId, long timestamp, String signature) {
    RequestOptions head = new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setAbsoluteURI(url)
        .setConnectTimeout(CONNECT_MILLIS)
        .setIdleTimeout(READ_MILLIS)
        .putHeader("Content-Type", "application/json; charset=utf-8")
        .putHeader("X-Client-Request-Id", requestId)
        .putHeader("X-Timestamp", String.valueOf(timestamp));
    return signature == null ? head : head.putHeader("X-Signature", signature);
  }
}
