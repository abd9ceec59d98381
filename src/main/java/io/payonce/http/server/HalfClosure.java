package io.payonce.http.server;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * Answers a caller that closes its half of the connection once it has asked, as {@code nc -N} does;
 * then the connection ends. Until the answer is written nothing tells it from a caller that has
 * gone: it costs no more than one that waits, and keeps no other out ({@link ConnectionLimit}). Not
 * over TLS, whose end is the end of both halves.
 */
public final class HalfClosure extends ChannelDuplexHandler {
  private int unanswered;
  private boolean asking;
  private volatile boolean over;

  HalfClosure() {}

  /** Whether nothing more comes from this caller: it is gone, or only waits for its answer. */
  public static boolean isOver(HttpConnection connection) {
    HalfClosure own = ((HttpServerConnection) connection)
        .channelHandlerContext()
        .pipeline()
        .get(HalfClosure.class);
    return own != null && own.over;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest) {
      unanswered++;
      asking = true;
    }
    if (message instanceof LastHttpContent) {
      asking = false;
    }
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof LastHttpContent && !isInterim(message)) {
      unanswered--;
    }
    context.write(message, over && unanswered == 0 ? closing(promise) : promise);
  }

  private static boolean isInterim(Object message) {
    return message instanceof HttpResponse response
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }

  private static ChannelPromise closing(ChannelPromise promise) {
    return promise.unvoid().addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      over = true;
      if (asking || unanswered == 0) {
        context.close();
      }
    }
    context.fireUserEventTriggered(event);
  }
}
