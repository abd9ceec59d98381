package io.payonce.platform.http;

import io.payonce.model.Answer;
import io.payonce.model.Intent;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Puts one send on the wire, or says that none of it left. It may try several connections, but only
 * while nothing was written; what was written once is never written again.
 */
final class PaymentSender {
  private static final long PAUSE_MILLIS = 50;

  private final Vertx vertx;
  private final HttpClient client;
  private final PlatformSettings settings;
  private final ResponseReader reading;
  private final Supplier<AddressAttempts> ways;

  PaymentSender(
      Vertx vertx,
      HttpClient client,
      PlatformSettings settings,
      ResponseReader reading,
      Supplier<AddressAttempts> ways) {
    this.vertx = vertx;
    this.client = client;
    this.settings = settings;
    this.reading = reading;
    this.ways = ways;
  }

  Future<Answer> send(Intent intent, RequestOptions request, byte[] body) {
    long byNanos = System.nanoTime() + 2 * settings.times().connectMillis() * 1_000_000;
    return connect(new Send(intent, request, body, byNanos, ways.get()), 1);
  }

  /** @param byNanos when to stop looking for a connection */
  private record Send(
      Intent intent, RequestOptions request, byte[] body, long byNanos, AddressAttempts way) {
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

  private Future<Answer> connect(Send send, int connection) {
    if (send.mayNotLeave()) {
      return unsent(FailureReasons.LEASE_OVER);
    }
    return send.way()
        .next(send.request(), send.leftMillis())
        .compose(client::request)
        .onFailure(send.way()::missed)
        .transform(got -> got.succeeded() ? leave(send, got) : again(send, connection, got));
  }

  // The event loop may have stalled while the connection was made.
  private Future<Answer> leave(Send send, AsyncResult<HttpClientRequest> got) {
    if (send.mayNotLeave()) {
      return discard(got.result()).transform(done -> unsent(FailureReasons.LEASE_OVER));
    }
    return HttpExchange.run(
        vertx, got.result(), send.body(), reading, settings.times().requestMillis());
  }

  // Without a handler Vert.x logs the reset as an error.
  private static Future<Void> discard(HttpClientRequest request) {
    return request.exceptionHandler(reset -> {}).reset();
  }

  private Future<Answer> again(Send send, int connection, AsyncResult<HttpClientRequest> got) {
    String why = FailureReasons.unsent(got.cause());
    if (why.equals(FailureReasons.POOL_FULL)) {
      return unsent(send.mayNotLeave() ? FailureReasons.LEASE_OVER : why);
    }
    send.way().failed();
    long pauseMillis = send.way().hasUntried() ? 1 : PAUSE_MILLIS * connection;
    if (send.way().isAtItsEnd() || send.leftMillis() <= pauseMillis) {
      return unsent(send.mayNotLeave() ? FailureReasons.LEASE_OVER : why);
    }
    return vertx
        .timer(pauseMillis, TimeUnit.MILLISECONDS)
        .compose(paused -> connect(send, connection + 1));
  }

  private static Future<Answer> unsent(String why) {
    return Future.succeededFuture(new Answer.Unsent(why));
  }
}
