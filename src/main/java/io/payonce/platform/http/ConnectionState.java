package io.payonce.platform.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;

/** Follows what came over one connection so far, and gives it up. */
final class ConnectionState extends ChannelInboundHandlerAdapter {
  private static final AttributeKey<ConnectionState> OF =
      AttributeKey.valueOf(ConnectionState.class, "of");

  private final Channel channel;
  private boolean hasSpoken;
  private long heardNanos;

  private ConnectionState(Channel channel) {
    this.channel = channel;
  }

  static ConnectionState watch(Channel channel) {
    ConnectionState line = new ConnectionState(channel);
    channel.attr(OF).set(line);
    return line;
  }

  static ConnectionState of(HttpClientRequest request) {
    HttpConnection connection = request.connection();
    return ((ConnectionBase) connection).channel().attr(OF).get();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    hasSpoken = true;
    heardNanos = System.nanoTime();
    ctx.fireChannelRead(msg);
  }

  /** Whether the platform ever said anything on it after the handshake. */
  boolean hasSpoken() {
    return hasSpoken;
  }

  /**
   * Gives a request up, so that it never reaches the platform later. What lies in a send buffer
   * would (seen with a full listen queue: 14 seconds after its caller had been answered P), so the
   * connection is reset. One that other requests share (HTTP/2) only if nothing at all has come
   * since: else what was written to it has left.
   */
  void giveUp(HttpClientRequest request, long writtenNanos) {
    if (channel.eventLoop().inEventLoop()) {
      giveUpNow(request, writtenNanos);
    } else {
      channel.eventLoop().execute(() -> giveUpNow(request, writtenNanos));
    }
  }

  private void giveUpNow(HttpClientRequest request, long writtenNanos) {
    boolean isMute = !hasSpoken || heardNanos - writtenNanos < 0;
    if (request.version() != HttpVersion.HTTP_2 || isMute) {
      reset();
    }
    request.reset();
  }

  // Closed at its very end: a TLS connection would first wait for its goodbye to be written.
  private void reset() {
    if (channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      channel.unsafe().close(channel.unsafe().voidPromise());
    }
  }
}
