package io.payonce.server;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Reads a request's body whole, within a size and a time: Vert.x itself limits neither. */
final class BodyReader {
  private BodyReader() {}

  /** Why a body was not read, and the status that says so. */
  static final class Unread extends RuntimeException {
    private final int status;

    Unread(int status, String why) {
      super(why, null, false, false);
      this.status = status;
    }
  }

  static int status(Throwable failure) {
    return failure instanceof Unread unread ? unread.status : 400;
  }

  static Future<Buffer> read(Vertx vertx, HttpServerRequest request, int maxBytes, long millis) {
    if (declared(request) > maxBytes) {
      return Future.failedFuture(tooLarge(maxBytes));
    }
    Promise<Buffer> promise = Promise.promise();
    Buffer body = Buffer.buffer();
    long timer = vertx.setTimer(
        millis, late -> promise.tryFail(new Unread(400, "the body did not arrive in time")));
    request
        .handler(chunk -> {
          if (body.length() + chunk.length() > maxBytes) {
            promise.tryFail(tooLarge(maxBytes));
          } else {
            body.appendBuffer(chunk);
          }
        })
        .exceptionHandler(promise::tryFail)
        .endHandler(end -> promise.tryComplete(body));
    return promise.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  private static Unread tooLarge(int maxBytes) {
    return new Unread(413, "the body is larger than " + maxBytes + " bytes");
  }

  /** Whether the head promises a body that may be thrown away whole: small, and of known length. */
  static boolean isSmall(HttpServerRequest request, int maxBytes) {
    return declared(request) <= maxBytes && !request.headers().contains("Transfer-Encoding");
  }

  private static long declared(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException unreadable) {
      return 0;
    }
  }
}
