package io.payonce.http.server;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.Vertx;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.spi.transport.Transport;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.LongAdder;

/**
 * A transport that refuses connections beyond a port's limit the moment they come, before a byte is
 * read or a handshake begun: Vert.x tells of a connection only afterwards, and has no limit.
 */
public final class ConnectionLimit implements Transport {
  private final Transport real;
  private final Map<Integer, Limit> limits = new ConcurrentHashMap<>();
  private final LongAdder refused = new LongAdder();

  /** @param makesRoom the oldest connection goes, not the new one */
  private record Limit(int most, boolean makesRoom) {
    static final Limit NONE = new Limit(Integer.MAX_VALUE, false);
  }

  private ConnectionLimit(Transport real) {
    this.real = real;
  }

  /** For {@code VertxBuilder.withTransport}. */
  public static io.vertx.core.transport.Transport on(io.vertx.core.transport.Transport real) {
    ConnectionLimit accepting = new ConnectionLimit(real.implementation());
    return new io.vertx.core.transport.Transport() {
      @Override
      public String name() {
        return real.name();
      }

      @Override
      public boolean available() {
        return real.available();
      }

      @Override
      public Throwable unavailabilityCause() {
        return real.unavailabilityCause();
      }

      @Override
      public Transport implementation() {
        return accepting;
      }
    };
  }

  /**
   * No more than {@code most} connections at once from now on: those beyond are refused, unless
   * there is one whose caller may have gone.
   */
  public static void limit(Vertx vertx, int port, int most) {
    limit(vertx, port, new Limit(most, false));
  }

  /** The same, but for a new connection the oldest is closed: whoever comes is served. */
  public static void limitOldest(Vertx vertx, int port, int most) {
    limit(vertx, port, new Limit(most, true));
  }

  private static void limit(Vertx vertx, int port, Limit limit) {
    if (((VertxInternal) vertx).transport() instanceof ConnectionLimit accepting) {
      accepting.limits.put(port, limit);
    }
  }

  /** How many were refused, on all ports. */
  public static long refused(Vertx vertx) {
    return ((VertxInternal) vertx).transport() instanceof ConnectionLimit accepting
        ? accepting.refused.sum()
        : 0;
  }

  /** One for each port; all connections of a port come on one event loop. */
  private final class Counter extends ChannelInboundHandlerAdapter {
    private final Set<Channel> open = Collections.synchronizedSet(new LinkedHashSet<>());
    private final Set<Channel> perhapsGone = Collections.synchronizedSet(new LinkedHashSet<>());
    private final ChannelHandler goodbyes = new Goodbyes(perhapsGone);

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
      Channel connection = (Channel) accepted;
      Limit limit = limit(context.channel());
      if (open.size() >= limit.most()
          && !closeOldest(perhapsGone)
          && !(limit.makesRoom() && closeOldest(open))) {
        refuse(connection);
        return;
      }
      connection.pipeline().addFirst(OutOfMemoryExit.onConnections(), goodbyes);
      open.add(connection);
      connection.closeFuture().addListener(closed -> {
        open.remove(connection);
        perhapsGone.remove(connection);
      });
      context.fireChannelRead(accepted);
    }

    /** At once and for good: a socket that waits for the other side's goodbye is one, too. */
    private void refuse(Channel connection) {
      refused.increment();
      connection.config().setOption(ChannelOption.SO_LINGER, 0);
      connection.unsafe().closeForcibly();
    }

    private boolean closeOldest(Set<Channel> some) {
      Channel oldest;
      synchronized (some) {
        Iterator<Channel> oldestFirst = some.iterator();
        if (!oldestFirst.hasNext()) {
          return false;
        }
        oldest = oldestFirst.next();
        oldestFirst.remove();
      }
      open.remove(oldest);
      oldest.close();
      return true;
    }

    private Limit limit(Channel server) {
      return server.localAddress() instanceof InetSocketAddress address
          ? limits.getOrDefault(address.getPort(), Limit.NONE)
          : Limit.NONE;
    }
  }

  /** Collects connections on which nothing more comes: their callers wait, or have gone. */
  @Sharable
  private static final class Goodbyes extends ChannelInboundHandlerAdapter {
    private final Set<Channel> said;

    Goodbyes(Set<Channel> said) {
      this.said = said;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof ChannelInputShutdownEvent && context.channel().isOpen()) {
        said.add(context.channel());
      }
      context.fireUserEventTriggered(event);
    }
  }

  @Override
  public void configure(TcpConfig config, boolean domainSocket, ServerBootstrap bootstrap) {
    real.configure(config, domainSocket, bootstrap);
    bootstrap.handler(new Counter());
  }

  @Override
  public void configure(TcpConfig config, boolean domainSocket, Bootstrap bootstrap) {
    real.configure(config, domainSocket, bootstrap);
  }

  @Override
  public void configure(DatagramChannel channel, DatagramSocketOptions options) {
    real.configure(channel, options);
  }

  @Override
  public boolean supportsDomainSockets() {
    return real.supportsDomainSockets();
  }

  @Override
  public boolean supportFileRegion() {
    return real.supportFileRegion();
  }

  @Override
  public boolean isAvailable() {
    return real.isAvailable();
  }

  @Override
  public Throwable unavailabilityCause() {
    return real.unavailabilityCause();
  }

  @Override
  public SocketAddress convert(io.vertx.core.net.SocketAddress address) {
    return real.convert(address);
  }

  @Override
  public io.vertx.core.net.SocketAddress convert(SocketAddress address) {
    return real.convert(address);
  }

  @Override
  public IoHandlerFactory ioHandlerFactory() {
    return real.ioHandlerFactory();
  }

  @Override
  public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory factory, int ioRatio) {
    return real.eventLoopGroup(type, threads, factory, ioRatio);
  }

  @Override
  @SuppressWarnings("deprecation")
  public DatagramChannel datagramChannel(InternetProtocolFamily family) {
    return real.datagramChannel(family);
  }

  @Override
  public ChannelFactory<? extends DatagramChannel> datagramChannelFactory() {
    return real.datagramChannelFactory();
  }

  @Override
  public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
    ChannelFactory<? extends Channel> factory = real.channelFactory(domainSocket);
    return () -> {
      Channel connection = factory.newChannel();
      connection.pipeline().addFirst(OutOfMemoryExit.onConnections());
      return connection;
    };
  }

  @Override
  public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
    return real.serverChannelFactory(domainSocket);
  }
}
