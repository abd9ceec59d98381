package io.payonce.outcome.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.payonce.outcome.HookFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * One notification on the wire. The head of the answer says all; of the rest as much is read as a
 * hook would say, so that the connection can be used again, and else the connection is closed.
 */
final class HookExchange {
  /** As the platform itself waits for an answer (platform.md#webhooks). */
  static final long ANSWER_MILLIS = 10_000;

  /** A page of an error is thrown away; at half, more connections are made anew. */
  static final int MOST_BODY_BYTES = 16_384;

  /** What has not come by then is not waited for. */
  private static final long REST_MILLIS = 1000;

  /** Status of an answer, or why there is none. */
  record End(int status, HookFailure failure) {}

  private final Vertx vertx;
  private final HttpClientRequest request;
  private final Promise<End> over = Promise.promise();
  private long timer;
  private int status;
  private int read;

  private HookExchange(Vertx vertx, HttpClientRequest request, long answerMillis) {
    this.vertx = vertx;
    this.request = request;
    this.timer = vertx.setTimer(answerMillis, late -> giveUp(HookFailure.TIMEOUT));
  }

  /** Never fails. */
  static Future<End> run(Vertx vertx, HttpClientRequest request, byte[] body, long answerMillis) {
    HookExchange exchange = new HookExchange(vertx, request, answerMillis);
    request.exceptionHandler(exchange::fail);
    request.send(Buffer.buffer(body)).onSuccess(exchange::answered).onFailure(exchange::fail);
    return exchange.over.future();
  }

  private void answered(HttpClientResponse response) {
    if (over.future().isComplete()) {
      return;
    }
    status = response.statusCode();
    vertx.cancelTimer(timer);
    timer = vertx.setTimer(REST_MILLIS, late -> giveUp(null));
    response.exceptionHandler(cut -> giveUp(null));
    response.handler(part -> {
      read += part.length();
      if (read > MOST_BODY_BYTES) {
        giveUp(null);
      }
    });
    response.endHandler(end -> conclude(null));
    if (status == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
      giveUp(null);
    }
  }

  private void fail(Throwable cause) {
    giveUp(
        cause instanceof DecoderException || cause instanceof IllegalArgumentException
            ? HookFailure.NO_HTTP
            : HookFailure.CLOSED);
  }

  private void giveUp(HookFailure why) {
    if (!over.future().isComplete()) {
      conclude(why);
      reset();
    }
  }

  /** A status that was received stands. */
  private void conclude(HookFailure why) {
    vertx.cancelTimer(timer);
    over.tryComplete(new End(status, status == 0 ? why : null));
  }

  // Not closed in order: what still lies in a buffer would arrive after a later notification.
  private void reset() {
    Channel channel = ((ConnectionBase) request.connection()).channel();
    if (channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      channel.unsafe().close(channel.unsafe().voidPromise());
    }
    request.reset();
  }
}
