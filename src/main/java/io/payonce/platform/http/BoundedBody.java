package io.payonce.platform.http;

import io.payonce.model.Answer;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.streams.WriteStream;
import io.vertx.ext.web.client.impl.ClientPhase;
import io.vertx.ext.web.client.impl.HttpContext;
import io.vertx.ext.web.codec.BodyCodec;
import io.vertx.ext.web.codec.spi.BodyStream;

/**
 * Takes the answer to one request of a WebClient, which by itself knows no limit and no deadline,
 * does not say whether a request left, and cannot give one up.
 */
final class BoundedBody implements BodyCodec<byte[]>, BodyStream<byte[]> {
  private final Promise<byte[]> result = Promise.promise();
  private final Body body = new Body();
  private HttpClientRequest request;
  private ConnectionState line;
  private long writtenNanos;
  private boolean isOver;
  private boolean hasHead;

  /** To be called at each step of a WebClient whose requests have such a codec. */
  static void watch(HttpContext<?> context) {
    if (context.phase() != ClientPhase.SEND_REQUEST
        || !(context.request().bodyCodec() instanceof BoundedBody answer)) {
      context.next();
    } else if (answer.isOver) {
      context.clientRequest().exceptionHandler(reset -> {}).reset();
    } else {
      answer.request = context.clientRequest();
      answer.line = ConnectionState.of(answer.request);
      answer.writtenNanos = System.nanoTime();
      context.next();
    }
  }

  /** What became of a request that failed, which is given up for good: nothing leaves any more. */
  Answer giveUp(Throwable cause) {
    isOver = true;
    if (request == null) {
      return new Answer.Unsent(FailureReasons.unsent(cause));
    }
    line.giveUp(request, writtenNanos);
    if (!line.hasSpoken() && FailureReasons.isRefusedHandshake(cause)) {
      return new Answer.Unsent(FailureReasons.unsent(cause));
    }
    String why = FailureReasons.silent(cause);
    return new Answer.Silent(hasHead && FailureReasons.isBroken(why) ? FailureReasons.CUT : why);
  }

  // Asked for when the head of the answer is there.
  @Override
  public BodyStream<byte[]> stream() {
    hasHead = true;
    return this;
  }

  @Override
  public Future<byte[]> result() {
    return result.future();
  }

  @Override
  public Future<Void> write(Buffer chunk) {
    return body.add(chunk) ? Future.succeededFuture() : refuse();
  }

  @Override
  public Future<Void> end() {
    result.tryComplete(body.bytes());
    return Future.succeededFuture();
  }

  @Override
  public void handle(Throwable cause) {
    result.tryFail(cause);
  }

  @Override
  public WriteStream<Buffer> exceptionHandler(Handler<Throwable> handler) {
    return this;
  }

  @Override
  public WriteStream<Buffer> setWriteQueueMaxSize(int maxSize) {
    return this;
  }

  @Override
  public boolean writeQueueFull() {
    return false;
  }

  @Override
  public WriteStream<Buffer> drainHandler(Handler<Void> handler) {
    return this;
  }

  private Future<Void> refuse() {
    BodyFault fault = new BodyFault(FailureReasons.TOO_LARGE);
    result.tryFail(fault);
    return Future.failedFuture(fault);
  }
}
