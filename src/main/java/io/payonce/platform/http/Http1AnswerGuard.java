package io.payonce.platform.http;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;

/**
 * Keeps a connection honest: it brings exactly one whole final answer to each request, or it ends
 * and what it was asked stays unknown. A refusal carries no id, so nothing else stands between the
 * "no" that one payment got and the next one on the same connection.
 *
 * <p>Vert.x takes every interim head but 100 and 103 for the whole answer and gives the connection
 * back while the answer itself is still to come. And it gives a connection back while bytes that
 * came with the answer are still unread: so the end of an answer waits here until all that was
 * there has been read.
 */
final class Http1AnswerGuard extends ChannelDuplexHandler {
  /** What Vert.x calls its handlers of an HTTP/1 connection. */
  private static final String CODEC = "codec";

  private static final String VERTX = "handler";

  /**
   * All that comes for one request: four times the largest body we take. A body in chunks of one
   * byte needs six times its size, and no platform sends such; at double, only an attacker gains.
   */
  private static final int MOST_BYTES = 4 << 20;

  /**
   * A refusal on a connection that has served before may be a second answer to the former request,
   * come when the next was out: then that one's own answer is still to come. Whoever sends two
   * mostly does so at once; at ten times this, callers would feel it.
   */
  static final long LISTEN_MILLIS = 300;

  private static final byte[] BEGINNING = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);

  private final ConnectionLifetime lifetime;
  private boolean isAsked;
  private boolean hasHead;

  /** How many bytes have come for what was asked. */
  private long bytes;

  private boolean isOver;

  /** It has answered a former request. */
  private boolean isUsed;

  private boolean isAccepted;
  private Future<?> listening;

  /** The end of the answer, until nothing is left to be read. */
  private LastHttpContent end;

  private Http1AnswerGuard(ConnectionLifetime lifetime) {
    this.lifetime = lifetime;
  }

  /**
   * To be called with each new connection, before anything is asked on it.
   *
   * @param keepAliveMillis how long it may be idle
   */
  static void watch(HttpConnection connection, long keepAliveMillis) {
    // Each request on it fails with it; Vert.x would log it once more, as an error.
    connection.exceptionHandler(known -> {});
    Channel channel = ((ConnectionBase) connection).channel();
    ChannelPipeline pipeline = channel.pipeline();
    Http2ConnectionHandler http2 = pipeline.get(Http2ConnectionHandler.class);
    String line = ConnectionState.class.getSimpleName();
    if (http2 == null) {
      Http1AnswerGuard watch = new Http1AnswerGuard(new ConnectionLifetime(keepAliveMillis));
      pipeline.addBefore(CODEC, line, ConnectionState.watch(channel));
      pipeline.addBefore(CODEC, Bytes.class.getSimpleName(), watch.new Bytes());
      pipeline.addBefore(VERTX, Http1AnswerGuard.class.getSimpleName(), watch);
    } else {
      pipeline.addBefore(pipeline.context(http2).name(), line, ConnectionState.watch(channel));
      http2
          .decoder()
          .frameListener(new Http2AnswerGuard(
              http2.decoder().frameListener(), http2.connection(), MOST_BYTES));
    }
  }

  /** Interim heads that Vert.x knows for what they are. */
  static boolean isKnownInterim(int status) {
    return status == HttpResponseStatus.CONTINUE.code()
        || status == HttpResponseStatus.EARLY_HINTS.code();
  }

  static boolean isInterim(int status) {
    return HttpStatusClass.valueOf(status) == HttpStatusClass.INFORMATIONAL;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise written) {
    if (isOver) {
      ReferenceCountUtil.release(msg);
      written.tryFailure(new ClosedChannelException());
      return;
    }
    if (msg instanceof HttpRequest) {
      isAsked = true;
      hasHead = false;
      isAccepted = false;
      bytes = 0;
    }
    ctx.write(msg, written);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (isOver) {
      ReferenceCountUtil.release(msg);
    } else if (!isExpected(msg)) {
      ReferenceCountUtil.release(msg);
      spoil(ctx, FailureReasons.NOT_ONE_ANSWER);
    } else if (hasHead && msg instanceof LastHttpContent last) {
      isAccepted |= AcceptanceScan.says(last.content());
      end = last;
    } else {
      if (isUsed && msg instanceof HttpContent some) {
        isAccepted |= AcceptanceScan.says(some.content());
      }
      ctx.fireChannelRead(msg);
    }
  }

  private boolean isExpected(Object msg) {
    if (!isAsked || end != null || !(msg instanceof HttpObject)) {
      return false;
    }
    if (msg instanceof HttpResponse head) {
      int status = head.status().code();
      hasHead = !isKnownInterim(status);
      if (hasHead) {
        lifetime.shorten(head);
      }
      return !hasHead || !isInterim(status);
    }
    return true;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (end == null || !isUsed || isAccepted) {
      handOn(ctx);
    } else if (listening == null) {
      listening = ctx.executor().schedule(() -> listened(ctx), LISTEN_MILLIS, MILLISECONDS);
    }
    ctx.fireChannelReadComplete();
  }

  private void listened(ChannelHandlerContext ctx) {
    handOn(ctx);
    ctx.fireChannelReadComplete();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    handOn(ctx);
    ctx.fireChannelInactive();
  }

  private void handOn(ChannelHandlerContext ctx) {
    LastHttpContent whole = end;
    listening = null;
    if (whole != null) {
      end = null;
      isAsked = false;
      isUsed = true;
      ctx.fireChannelRead(whole);
    }
  }

  private void spoil(ChannelHandlerContext ctx, String why) {
    isOver = true;
    ReferenceCountUtil.release(end);
    end = null;
    ctx.fireExceptionCaught(new BodyFault(why));
    ctx.close();
  }

  /**
   * Sees what the decoder keeps to itself: the beginning of an answer without a request, which
   * would become the next one's together with the rest of it.
   */
  private final class Bytes extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
      ByteBuf read = (ByteBuf) msg;
      String fault = fault(read);
      if (fault == null && !isOver) {
        bytes += read.readableBytes();
        read.retain();
        ctx.fireChannelRead(read);
        fault = end != null && read.isReadable() ? FailureReasons.NOT_ONE_ANSWER : null;
      }
      read.release();
      if (fault != null && !isOver) {
        spoil(ctx.pipeline().context(Http1AnswerGuard.this), fault);
      }
    }

    private String fault(ByteBuf read) {
      if (!isAsked || end != null) {
        return FailureReasons.NOT_ONE_ANSWER;
      }
      if (bytes + read.readableBytes() > MOST_BYTES) {
        return FailureReasons.TOO_LARGE;
      }
      return begins(read) ? null : FailureReasons.NOT_READABLE;
    }

    private boolean begins(ByteBuf read) {
      for (long i = bytes; i < BEGINNING.length && i - bytes < read.readableBytes(); i++) {
        if (read.getByte(read.readerIndex() + (int) (i - bytes)) != BEGINNING[(int) i]) {
          return false;
        }
      }
      return true;
    }
  }
}
