package io.payonce.http.server;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** Reads a request's body whole, within a size and a time: Vert.x itself limits neither. */
public final class BodyReader {
  private BodyReader() {}

  /** Reasons not to read a body, each with its status. */
  public static final class Unread extends RuntimeException {
    private final int status;

    Unread(int status, String why) {
      super(why, null, false, false);
      this.status = status;
    }
  }

  /** There are too many bodies already. */
  public static final Unread NO_ROOM = new Unread(503, "too many bodies at once");

  public static int status(Throwable failure) {
    return failure instanceof Unread unread ? unread.status : 400;
  }

  /**
   * Reads the body.
   *
   * @param bodies where the bytes are counted while they are read
   */
  public static Future<Buffer> read(
      Vertx vertx, HttpServerRequest request, int maxBytes, long millis, BodyBudget bodies) {
    if (declared(request) > maxBytes) {
      return Future.failedFuture(tooLarge(maxBytes));
    }
    if (waitsForUs(request)) {
      request.response().writeContinue();
    }
    Promise<Buffer> promise = Promise.promise();
    Buffer body = Buffer.buffer();
    long timer = vertx.setTimer(
        millis, late -> promise.tryFail(new Unread(408, "the body did not arrive in time")));
    request
        .handler(chunk -> {
          if (promise.future().isComplete()) {
            return; // Refused: what still comes is thrown away.
          }
          if (body.length() + chunk.length() > maxBytes) {
            promise.tryFail(tooLarge(maxBytes));
          } else if (!bodies.take(chunk.length())) {
            promise.tryFail(NO_ROOM);
          } else {
            body.appendBuffer(chunk);
          }
        })
        .exceptionHandler(promise::tryFail)
        .endHandler(end -> promise.tryComplete(body));
    return promise.future().onComplete(done -> {
      vertx.cancelTimer(timer);
      bodies.giveBack(body.length());
    });
  }

  private static Unread tooLarge(int maxBytes) {
    return new Unread(413, "the body is larger than " + maxBytes + " bytes");
  }

  /** Whether the head promises a body that may be thrown away whole: small, and of known length. */
  static boolean isSmall(HttpServerRequest request, int maxBytes) {
    return declared(request) <= maxBytes && !request.headers().contains("Transfer-Encoding");
  }

  /** Whether the head names the length of its body, and that is not too much. */
  static boolean isPromised(HttpServerRequest request, int maxBytes) {
    return request.headers().contains("Content-Length") && isSmall(request, maxBytes);
  }

  /** Whether nothing follows the head. */
  static boolean isEmpty(HttpServerRequest request) {
    return isSmall(request, 0);
  }

  /** Whether the caller sends its body only after 100 Continue. */
  static boolean waitsForUs(HttpServerRequest request) {
    return request.version() != HttpVersion.HTTP_1_0
        && request.headers().contains("Expect", "100-continue", true);
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
