package io.payonce.outcome.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Passes over what a hook says before its answer. Vert.x takes most interim heads for the whole
 * answer, and the answer itself for the next notification's.
 */
final class InterimHeads extends ChannelInboundHandlerAdapter {
  /** What Vert.x calls its own handler of an HTTP/1 connection. */
  private static final String VERTX = "handler";

  private boolean isInterim;

  private InterimHeads() {}

  /** To be called with each new connection, before anything is asked on it. */
  static void skip(HttpConnection connection) {
    ((ConnectionBase) connection)
        .channel()
        .pipeline()
        .addBefore(VERTX, InterimHeads.class.getSimpleName(), new InterimHeads());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (msg instanceof HttpResponse head) {
      isInterim = isInterim(head.status());
    }
    if (isInterim) {
      ReferenceCountUtil.release(msg);
    } else {
      ctx.fireChannelRead(msg);
    }
  }

  /** After another protocol is spoken nothing follows that could be read. */
  private static boolean isInterim(HttpResponseStatus status) {
    return status.codeClass() == HttpStatusClass.INFORMATIONAL
        && status.code() != HttpResponseStatus.SWITCHING_PROTOCOLS.code();
  }
}
