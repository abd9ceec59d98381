package io.payonce.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.payonce.credentials.PlatformKeys;
import io.payonce.model.Answer;
import io.vertx.core.CompositeFuture;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A platform that has stopped taking connections, as with a stalled process: its kernel answers the
 * handshakes, and takes the requests of as many as its listen queue has room for. Those of all
 * others stay in our send buffers, and are tried again and again while their connection exists.
 */
class FullListenQueueTest {
  private static final int BACKLOG = 3;

  /** Half of them fill the queue; the kernel holds as many handshakes beyond it. */
  private static final int REQUESTS = 2 * (BACKLOG + 1);

  private static final int TIMEOUT_MILLIS = 500;

  /** Where /proc/net/tcp has a connection's remote address and its state. */
  private static final int REMOTE = 2;

  private static final int STATE = 3;
  private static final String TIME_WAIT = "06";

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void what_it_had_not_taken_when_it_was_given_up_never_reaches_it(boolean isPayment)
      throws Exception {
    assumeTrue(Epoll.isAvailable(), "only its options can hold handshakes open");
    try (Stalled platform = new Stalled();
        PlatformFixture fixture = new PlatformFixture(
            PlatformFixture.settings(platform.url(), 10_000, TIMEOUT_MILLIS, REQUESTS),
            new PlatformKeys(() -> PlatformFixture.access("sk_1")))) {
      List<Answer> answers = together(fixture, isPayment);
      long doubtful = answers.stream().filter(Answer.Silent.class::isInstance).count();
      assertThat(doubtful)
          .as("more have left than it took: %s", answers)
          .isGreaterThan(BACKLOG + 1);
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(connectionsTo(platform.port())).isEmpty());
      platform.wake();
      await().until(() -> !platform.came.isEmpty());
      assertThat(platform.came).hasSizeLessThanOrEqualTo(BACKLOG + 1);
    }
  }

  /** In one turn of the event loop: all connect before any of them writes. */
  private static List<Answer> together(PlatformFixture fixture, boolean isPayment) {
    return fixture.on(() -> Future.all(IntStream.range(0, REQUESTS)
            .mapToObj(i -> isPayment
                ? fixture.platform.send(PlatformFixture.intent(60_000), PlatformFixture.sale())
                : fixture.platform.call(PlatformFixture.sale()))
            .toList())
        .map(CompositeFuture::list));
  }

  /** Our ends of connections to that port, as the kernel has them. */
  private static List<String> connectionsTo(int port) throws IOException {
    String ending = String.format(Locale.ROOT, ":%04X", port);
    List<String> all = new ArrayList<>();
    for (String table : new String[] {"tcp", "tcp6"}) {
      try (Stream<String> lines = Files.lines(Path.of("/proc/net", table))) {
        lines
            .map(line -> line.strip().split("\\s+"))
            .filter(fields -> fields[REMOTE].endsWith(ending) && !fields[STATE].equals(TIME_WAIT))
            .forEach(fields -> all.add(String.join(" ", List.of(fields).subList(0, 5))));
      }
    }
    return all;
  }

  /** Accepts nothing until it wakes. */
  private static final class Stalled implements AutoCloseable {
    private final EventLoopGroup loop =
        new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final Channel server;
    final List<String> came = new CopyOnWriteArrayList<>();

    Stalled() throws InterruptedException {
      server = new ServerBootstrap()
          .group(loop)
          .channel(EpollServerSocketChannel.class)
          .option(ChannelOption.SO_BACKLOG, BACKLOG)
          .option(ChannelOption.AUTO_READ, false)
          // A handshake is done only when data comes: so many connect before the queue is full.
          .option(EpollChannelOption.TCP_DEFER_ACCEPT, 30)
          .childHandler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
              channel.pipeline().addLast(new Reader());
            }
          })
          .bind("127.0.0.1", 0)
          .sync()
          .channel();
    }

    int port() {
      return ((InetSocketAddress) server.localAddress()).getPort();
    }

    String url() {
      return "http://127.0.0.1:" + port();
    }

    void wake() {
      server.config().setAutoRead(true);
    }

    private final class Reader extends ChannelInboundHandlerAdapter {
      @Override
      public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf bytes = (ByteBuf) msg;
        came.add(bytes.toString(StandardCharsets.UTF_8));
        bytes.release();
      }

      @Override
      public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
      }
    }

    @Override
    public void close() {
      server.close();
      loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }
  }
}
