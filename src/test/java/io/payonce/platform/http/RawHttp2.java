package io.payonce.platform.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import io.payonce.tls.Pki.Identity;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** What {@link RawServer} is, for HTTP/2: frames at will. */
final class RawHttp2 implements AutoCloseable {
  /** What is done with a request that was read to its end. */
  interface Behaviour {
    void answer(Stream stream);
  }

  /** Where one request is answered. */
  record Stream(ChannelHandlerContext ctx, Http2FrameStream id) {
    Stream head(int status, boolean isEnd) {
      return head(status, Map.of(), isEnd);
    }

    Stream head(int status, Map<String, String> more, boolean isEnd) {
      DefaultHttp2Headers headers = new DefaultHttp2Headers();
      headers.status(Integer.toString(status));
      more.forEach(headers::set);
      ctx.write(new DefaultHttp2HeadersFrame(headers, isEnd).stream(id));
      return this;
    }

    Stream data(String text, int padding, boolean isEnd) {
      ByteBuf bytes = ByteBufUtil.writeUtf8(ctx.alloc(), text);
      ctx.write(new DefaultHttp2DataFrame(bytes, isEnd, padding).stream(id));
      return this;
    }

    void whole(String body) {
      head(200, false).data(body, 0, true).flush();
    }

    void flush() {
      ctx.flush();
    }
  }

  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final ConcurrentLinkedQueue<Behaviour> script = new ConcurrentLinkedQueue<>();
  final List<Channel> asked = new CopyOnWriteArrayList<>();
  private final Channel server;

  RawHttp2(Identity identity, Behaviour... behaviours) throws Exception {
    script.addAll(List.of(behaviours));
    SslContext tls = SslContextBuilder.forServer(
            identity.chain().toFile(), identity.key().toFile())
        .sslProvider(SslProvider.JDK)
        .applicationProtocolConfig(new ApplicationProtocolConfig(
            Protocol.ALPN,
            SelectorFailureBehavior.NO_ADVERTISE,
            SelectedListenerFailureBehavior.ACCEPT,
            "h2"))
        .build();
    server = new ServerBootstrap()
        .group(loop)
        .channel(NioServerSocketChannel.class)
        .childHandler(new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
            channel
                .pipeline()
                .addLast(
                    tls.newHandler(channel.alloc()),
                    Http2FrameCodecBuilder.forServer().build(),
                    new Answering());
          }
        })
        .bind("127.0.0.1", 0)
        .sync()
        .channel();
  }

  String url() {
    return "https://localhost:" + ((java.net.InetSocketAddress) server.localAddress()).getPort();
  }

  private final class Answering extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
      if (msg instanceof Http2DataFrame data && data.isEndStream()) {
        answer(ctx, data.stream());
      } else if (msg instanceof Http2HeadersFrame head && head.isEndStream()) {
        answer(ctx, head.stream());
      }
      ReferenceCountUtil.release(msg);
    }

    private void answer(ChannelHandlerContext ctx, Http2FrameStream stream) {
      asked.add(ctx.channel());
      Behaviour next = script.size() > 1 ? script.poll() : script.peek();
      next.answer(new Stream(ctx, stream));
    }
  }

  @Override
  public void close() {
    server.close();
    loop.shutdownGracefully(0, 0, java.util.concurrent.TimeUnit.SECONDS);
  }
}
