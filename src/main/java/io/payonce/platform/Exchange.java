package io.payonce.platform;

import io.payonce.model.Answer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;

/**
 * One request on the wire, from its first byte to the last of its answer. Whatever breaks in
 * between is silence: nothing here is sent twice, and nothing outlives the time limit.
 */
final class Exchange {
  private final Vertx vertx;
  private final HttpClientRequest request;
  private final Reading reading;
  private final Promise<Answer> answer = Promise.promise();
  private final Body body = new Body();
  private final long timer;
  private final Line line;
  private final long writtenNanos = System.nanoTime();
  private final long sentAtMillis = System.currentTimeMillis();

  private Exchange(Vertx vertx, HttpClientRequest request, Reading reading, long timeoutMillis) {
    this.vertx = vertx;
    this.request = request;
    this.reading = reading;
    this.line = Line.of(request);
    this.timer = vertx.setTimer(timeoutMillis, id -> giveUp(Reasons.TIMEOUT));
  }

  /** Never fails. */
  static Future<Answer> run(
      Vertx vertx, HttpClientRequest request, byte[] body, Reading reading, long timeoutMillis) {
    Exchange exchange = new Exchange(vertx, request, reading, timeoutMillis);
    request.exceptionHandler(exchange::fail);
    request.send(Buffer.buffer(body)).onSuccess(exchange::receive).onFailure(exchange::fail);
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
      giveUp(Reasons.TOO_LARGE);
    }
  }

  private void read(HttpClientResponse response, long receivedAtMillis) {
    if (!answer.future().isComplete()) {
      conclude(reading.ofCopy(
          response.statusCode(), response.headers(), body.bytes(), sentAtMillis, receivedAtMillis));
    }
  }

  private void fail(Throwable cause) {
    if (!line.hasSpoken() && Reasons.isRefusedHandshake(cause)) {
      giveUp(new Answer.Unsent(Reasons.unsent(cause)));
    } else {
      giveUp(Reasons.silent(cause));
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
    String why = Reasons.silent(cause);
    return Reasons.isBroken(why) ? Reasons.CUT : why;
  }
}
