package io.payonce.platform.http;

import io.netty.buffer.Unpooled;
import io.payonce.model.Answer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.internal.buffer.BufferInternal;

/**
 * One request on the wire, from its first byte to the last of its answer. Whatever breaks in
 * between is silence: nothing here is sent twice, and nothing outlives the time limit.
 */
final class HttpExchange {
  private final Vertx vertx;
  private final HttpClientRequest request;
  private final ResponseReader reading;
  private final Promise<Answer> answer = Promise.promise();
  private final Body body = new Body();
  private final long timer;
  private final ConnectionState line;
  private final long writtenNanos = System.nanoTime();
  private final long sentAtMillis = System.currentTimeMillis();

  private HttpExchange(
      Vertx vertx, HttpClientRequest request, ResponseReader reading, long timeoutMillis) {
    this.vertx = vertx;
    this.request = request;
    this.reading = reading;
    this.line = ConnectionState.of(request);
    this.timer = vertx.setTimer(timeoutMillis, id -> giveUp(FailureReasons.TIMEOUT));
  }

  /** Never fails. */
  static Future<Answer> run(
      Vertx vertx,
      HttpClientRequest request,
      byte[] body,
      ResponseReader reading,
      long timeoutMillis) {
    HttpExchange exchange = new HttpExchange(vertx, request, reading, timeoutMillis);
    request.exceptionHandler(exchange::fail);
    Buffer sent = BufferInternal.buffer(Unpooled.wrappedBuffer(body)); // not copied
    request.send(sent).onComplete(exchange::receive, exchange::fail);
    return exchange.answer.future();
  }

  private void receive(HttpClientResponse response) {
    long receivedAtMillis = System.currentTimeMillis();
    response.exceptionHandler(cause -> giveUp(cut(cause)));
    response.handler(this::gather);
    response.endHandler(end -> read(response, receivedAtMillis));
  }

  private void gather(Buffer chunk) {
    if (!answer.future().isComplete() && !body.add(chunk)) {
      giveUp(FailureReasons.TOO_LARGE);
    }
  }

  private void read(HttpClientResponse response, long receivedAtMillis) {
    if (!answer.future().isComplete()) {
      conclude(reading.ofSend(
          response.statusCode(), response.headers(), body.bytes(), sentAtMillis, receivedAtMillis));
    }
  }

  private void fail(Throwable cause) {
    if (!line.hasSpoken() && FailureReasons.isRefusedHandshake(cause)) {
      giveUp(new Answer.Unsent(FailureReasons.unsent(cause)));
    } else {
      giveUp(FailureReasons.silent(cause));
    }
  }

  private void giveUp(String why) {
    giveUp(new Answer.Silent(why));
  }

  // A request that is over is never reset: its connection may serve another by then.
  private void giveUp(Answer how) {
    if (!answer.future().isComplete()) {
      conclude(how);
      line.giveUp(request, writtenNanos);
    }
  }

  private void conclude(Answer how) {
    vertx.cancelTimer(timer);
    answer.complete(how);
  }

  private static String cut(Throwable cause) {
    String why = FailureReasons.silent(cause);
    return FailureReasons.isBroken(why) ? FailureReasons.CUT : why;
  }
}
