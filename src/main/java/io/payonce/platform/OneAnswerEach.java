package io.payonce.platform;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;

/**
 * The same for HTTP/2, where answers cannot be mixed up: a stream that brings anything else is
 * reset, and its neighbours go on.
 */
final class OneAnswerEach extends Http2FrameListenerDecorator {
  OneAnswerEach(Http2FrameListener vertx) {
    super(vertx);
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

  private static void requireFinal(int stream, Http2Headers headers) throws Http2Exception {
    CharSequence status = headers.status();
    if (status == null || status.length() != 3 || status.charAt(0) != '1') {
      return;
    }
    String text = status.toString();
    if (!text.equals("100") && !text.equals("103")) {
      throw Http2Exception.streamError(
          stream,
          Http2Error.PROTOCOL_ERROR,
          new BodyFault(Reasons.NOT_ONE_ANSWER),
          "an unknown interim head");
    }
  }
}
