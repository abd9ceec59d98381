package io.payonce.platform;

import io.payonce.model.Answer;
import io.payonce.model.Intent;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.TimeUnit;

/**
 * Puts one copy on the wire, or says that none of it left. It may try several connections, but only
 * while nothing was written; what was written once is never written again.
 */
final class Wire {
  /** A refused connection is mostly one instance of several, or one being replaced. */
  private static final int MAX_CONNECTIONS = 3;

  private static final long PAUSE_MILLIS = 50;

  private final Vertx vertx;
  private final HttpClient client;
  private final PlatformSettings settings;
  private final Reading reading;

  Wire(Vertx vertx, HttpClient client, PlatformSettings settings, Reading reading) {
    this.vertx = vertx;
    this.client = client;
    this.settings = settings;
    this.reading = reading;
  }

  Future<Answer> send(Intent intent, RequestOptions request, byte[] body) {
    long byNanos = System.nanoTime() + 2 * settings.connectTimeoutMillis() * 1_000_000;
    return connect(new Copy(intent, request, body, byNanos), 1);
  }

  /** @param byNanos when to stop looking for a connection */
  private record Copy(Intent intent, RequestOptions request, byte[] body, long byNanos) {
    boolean mayNotLeave() {
      return leftNanos(intent.leavesBeforeNanos()) <= 0;
    }

    long leftMillis() {
      long left = Math.min(leftNanos(byNanos), leftNanos(intent.leavesBeforeNanos()));
      return TimeUnit.NANOSECONDS.toMillis(left);
    }

    private static long leftNanos(long untilNanos) {
      return untilNanos - System.nanoTime();
    }
  }

  private Future<Answer> connect(Copy copy, int connection) {
    if (copy.mayNotLeave()) {
      return unsent(Reasons.LEASE_OVER);
    }
    copy.request().setConnectTimeout(Math.max(1, copy.leftMillis()));
    return client
        .request(copy.request())
        .transform(got -> got.succeeded() ? leave(copy, got) : again(copy, connection, got));
  }

  // The event loop may have stalled while the connection was made.
  private Future<Answer> leave(Copy copy, AsyncResult<HttpClientRequest> got) {
    if (copy.mayNotLeave()) {
      return discard(got.result()).transform(done -> unsent(Reasons.LEASE_OVER));
    }
    return Exchange.run(vertx, got.result(), copy.body(), reading, settings.requestTimeoutMillis());
  }

  // Without a handler Vert.x logs the reset as an error.
  private static Future<Void> discard(HttpClientRequest request) {
    return request.exceptionHandler(reset -> {}).reset();
  }

  private Future<Answer> again(Copy copy, int connection, AsyncResult<HttpClientRequest> got) {
    String why = Reasons.unsent(got.cause());
    long pauseMillis = PAUSE_MILLIS * connection;
    if (connection == MAX_CONNECTIONS
        || why.equals(Reasons.POOL_FULL)
        || copy.leftMillis() <= pauseMillis) {
      return unsent(copy.mayNotLeave() ? Reasons.LEASE_OVER : why);
    }
    return vertx
        .timer(pauseMillis, TimeUnit.MILLISECONDS)
        .compose(paused -> connect(copy, connection + 1));
  }

  private static Future<Answer> unsent(String why) {
    return Future.succeededFuture(new Answer.Unsent(why));
  }
}
