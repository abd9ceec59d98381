package io.payonce.platform;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import io.vertx.ext.web.codec.BodyCodec;
import io.vertx.ext.web.codec.spi.BodyStream;

/**
 * Takes the body of one answer from a WebClient, which by itself knows no limit and no deadline.
 */
final class WholeBody implements BodyCodec<byte[]>, BodyStream<byte[]> {
  private final Promise<byte[]> result = Promise.promise();
  private final Body body = new Body();
  private final long byNanos;
  private boolean hasHead;

  /** @param byNanos when it must be complete; one that drips on is cut off */
  WholeBody(long byNanos) {
    this.byNanos = byNanos;
  }

  // Asked for when the head of the answer is there.
  @Override
  public BodyStream<byte[]> stream() {
    hasHead = true;
    return this;
  }

  /** Why there is no answer: one of {@link Reasons}. */
  String why(Throwable cause) {
    String why = Reasons.silent(cause);
    return hasHead && Reasons.isBroken(why) ? Reasons.CUT : why;
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

  private Future<Void> refuse(String why) {
    BodyFault fault = new BodyFault(why);
    result.tryFail(fault);
    return Future.failedFuture(fault);
  }
}
