package io.payonce.platform;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import io.vertx.ext.web.codec.spi.BodyStream;

/** Takes the body of an answer from a WebClient, which by itself knows no limit and no deadline. */
final class WholeBody implements BodyStream<byte[]> {
  private final Promise<byte[]> result = Promise.promise();
  private final Body body = new Body();
  private final long byNanos;

  /** @param byNanos when it must be complete; one that drips on is cut off */
  WholeBody(long byNanos) {
    this.byNanos = byNanos;
  }

  @Override
  public Future<byte[]> result() {
    return result.future();
  }

  @Override
  public Future<Void> write(Buffer chunk) {
    if (System.nanoTime() - byNanos > 0) {
      return refuse(Reasons.TIMEOUT);
    }
    return body.add(chunk) ? Future.succeededFuture() : refuse(Reasons.TOO_LARGE);
  }

  @Override
  public Future<Void> end() {
    result.tryComplete(body.bytes());
    return Future.succeededFuture();
  }

  @Override
  public void handle(Throwable cause) {
    String why = Reasons.silent(cause);
    result.tryFail(new BodyFault(Reasons.isBroken(why) ? Reasons.CUT : why));
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

  private Future<Void> refuse(String why) {
    BodyFault fault = new BodyFault(why);
    result.tryFail(fault);
    return Future.failedFuture(fault);
  }
}
