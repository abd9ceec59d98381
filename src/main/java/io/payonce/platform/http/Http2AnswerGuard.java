package io.payonce.platform.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;

/**
 * The same for HTTP/2, where answers cannot be mixed up: a stream that brings anything else is
 * reset, and its neighbours go on.
 */
final class Http2AnswerGuard extends Http2FrameListenerDecorator {
  /** What a frame costs beside its content. */
  private static final int FRAME_BYTES = 256;

  private final Http2Connection connection;
  private final Http2Connection.PropertyKey bytes;
  private final int mostBytes;

  /** @param mostBytes what the answer to one request may cost, padding and empty frames included */
  Http2AnswerGuard(Http2FrameListener vertx, Http2Connection connection, int mostBytes) {
    super(vertx);
    this.connection = connection;
    this.bytes = connection.newKey();
    this.mostBytes = mostBytes;
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext ctx, int stream, ByteBuf data, int padding, boolean isEnd)
      throws Http2Exception {
    charge(stream, data.readableBytes() + padding);
    return super.onDataRead(ctx, stream, data, padding, isEnd);
  }

  private void charge(int id, int cost) throws Http2Exception {
    Http2Stream stream = connection.stream(id);
    if (stream == null) {
      return;
    }
    Integer former = stream.getProperty(bytes);
    int all = (former == null ? 0 : former) + cost + FRAME_BYTES;
    stream.setProperty(bytes, all);
    if (all > mostBytes) {
      throw Http2Exception.streamError(
          id, Http2Error.ENHANCE_YOUR_CALM, new BodyFault(FailureReasons.TOO_LARGE), "too large");
    }
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx, int stream, Http2Headers headers, int padding, boolean isEnd)
      throws Http2Exception {
    requireFinal(stream, headers);
    super.onHeadersRead(ctx, stream, headers, padding, isEnd);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx,
      int stream,
      Http2Headers headers,
      int dependency,
      short weight,
      boolean isExclusive,
      int padding,
      boolean isEnd)
      throws Http2Exception {
    requireFinal(stream, headers);
    super.onHeadersRead(ctx, stream, headers, dependency, weight, isExclusive, padding, isEnd);
  }

  private void requireFinal(int stream, Http2Headers headers) throws Http2Exception {
    charge(stream, FRAME_BYTES);
    CharSequence status = headers.status();
    if (status == null || status.length() != 3 || status.charAt(0) != '1') {
      return;
    }
    String text = status.toString();
    if (!text.equals("100") && !text.equals("103")) {
      throw Http2Exception.streamError(
          stream,
          Http2Error.PROTOCOL_ERROR,
          new BodyFault(FailureReasons.NOT_ONE_ANSWER),
          "an unknown interim head");
    }
  }
}
