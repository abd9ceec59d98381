package io.payonce.http.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Decides what Vert.x leaves open of HTTP/1.x: how long a head may take, what a body may cost on
 * the wire, what is said to an unknown version, and how a caller says that it will close or that it
 * has said all ({@link HalfClosure}). One for each connection.
 */
public final class Http1Pacing extends ChannelInboundHandlerAdapter {
  /** A head is one packet or two; one that drips in slower holds a connection, and is no caller. */
  static final long HEAD_MILLIS = 10_000;

  /**
   * Chunks of a byte or two cost this much of a body; what costs more is all framing (sizes,
   * extensions, trailers), which would be read and thrown away for ever.
   */
  private static final int MOST_OVERHEAD = 8;

  private static final String DECODER = "httpDecoder";
  private static final String ENCODER = "httpEncoder";

  private final IntSupplier maxBodyBytes;
  private ChannelHandlerContext behindDecoder;
  private boolean inHead = true;
  private boolean over;
  private long bytes;
  private Future<?> late;

  private Http1Pacing(IntSupplier maxBodyBytes) {
    this.maxBodyBytes = maxBodyBytes;
  }

  /** Does nothing on HTTP/2. */
  public static void keep(HttpConnection connection, IntSupplier maxBodyBytes) {
    ChannelPipeline pipeline =
        ((HttpServerConnection) connection).channelHandlerContext().pipeline();
    if (pipeline.get(DECODER) != null) {
      Http1Pacing pace = new Http1Pacing(maxBodyBytes);
      pipeline.addAfter(DECODER, null, pace.new Decoded());
      pipeline.addBefore(DECODER, null, pace);
      if (pipeline.get(SslHandler.class) == null) {
        pipeline.addAfter(ENCODER, null, new HalfClosure());
      }
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    await(context);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    bytes += message instanceof ByteBuf part ? part.readableBytes() : 0;
    if (over) {
      ReferenceCountUtil.release(message);
    } else if (!inHead && bytes > (long) MOST_OVERHEAD * maxBodyBytes.getAsInt()) {
      over = true;
      ReferenceCountUtil.release(message);
      context.fireExceptionCaught(
          new BodyReader.Unread(413, "the body takes too many bytes on the wire"));
    } else {
      context.fireChannelRead(message);
    }
  }

  // Nearly all heads are whole by now, and no timer was needed.
  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (inHead && bytes > 0 && late == null && !over) {
      await(context);
    }
    context.fireChannelReadComplete();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    arrived();
    context.fireChannelInactive();
  }

  private void await(ChannelHandlerContext context) {
    late = context.executor().schedule(() -> late(context), HEAD_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void arrived() {
    if (late != null) {
      late.cancel(false);
      late = null;
    }
  }

  /** Who began gets an answer; who opened a connection and never spoke does not miss one. */
  private void late(ChannelHandlerContext context) {
    over = true;
    if (bytes == 0) {
      context.close();
      return;
    }
    HttpRequest none = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    behindDecoder.fireChannelRead(
        unreadable(none, new BodyReader.Unread(408, "the head did not arrive in time")));
    behindDecoder.fireChannelReadComplete();
  }

  private static HttpRequest unreadable(HttpRequest request, Throwable why) {
    request.setDecoderResult(DecoderResult.failure(why));
    return request;
  }

  /** Sees what the decoder has read. */
  private final class Decoded extends ChannelInboundHandlerAdapter {
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      behindDecoder = context;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      Object read = message;
      if (message instanceof HttpRequest request) {
        inHead = false;
        bytes = 0;
        arrived();
        keepAlive(request.headers());
        read = spoken(request);
      }
      context.fireChannelRead(read);
      if (message instanceof LastHttpContent) {
        inHead = true;
        bytes = 0;
      }
    }

    /** Vert.x reads the first line of this header only, and only when it is one word. */
    private void keepAlive(HttpHeaders headers) {
      if (headers.contains(HttpHeaderNames.CONNECTION)) {
        for (AsciiString word : List.of(HttpHeaderValues.CLOSE, HttpHeaderValues.KEEP_ALIVE)) {
          if (headers.containsValue(HttpHeaderNames.CONNECTION, word, true)) {
            headers.set(HttpHeaderNames.CONNECTION, word);
            return;
          }
        }
      }
    }

    /** Vert.x by itself would answer another version in that version, and with nothing else. */
    private HttpRequest spoken(HttpRequest request) {
      HttpVersion version = request.protocolVersion();
      // Vert.x knows the two themselves only; one in lower case is another.
      if (version == HttpVersion.HTTP_1_1 || version == HttpVersion.HTTP_1_0) {
        return request;
      }
      request.setProtocolVersion(HttpVersion.HTTP_1_1);
      return request.decoderResult().isFailure()
          ? request
          : unreadable(
              request,
              new BodyReader.Unread(501, "HTTP/1.0, HTTP/1.1 and HTTP/2 over TLS are spoken here"));
    }
  }
}
