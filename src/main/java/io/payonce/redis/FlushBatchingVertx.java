package io.payonce.redis;

import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.internal.net.NetClientInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.metrics.Metrics;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * A Vert.x whose connections write once a turn of the event loop: the Redis client would make one
 * system call a command, here and on Redis' side, and has no setting for it. Nor has it one for the
 * address that a name leads to, so that is set here too.
 */
final class FlushBatchingVertx extends VertxWrapper {
  /** Commands of one write. At double, Redis gets more work at once than it reads at once. */
  private static final int MOST = 256;

  private final InetAddress address;

  private FlushBatchingVertx(VertxInternal vertx, InetAddress address) {
    super(vertx);
    this.address = address;
  }

  /** @param address where all connections go, whatever their name */
  static Vertx around(Vertx vertx, InetAddress address) {
    return new FlushBatchingVertx((VertxInternal) vertx, address);
  }

  @Override
  public NetClient createNetClient(NetClientOptions options) {
    return new Client((NetClientInternal) super.createNetClient(options), address);
  }

  private static NetSocket gather(NetSocket socket) {
    ((NetSocketInternal) socket)
        .channelHandlerContext()
        .pipeline()
        .addFirst(new FlushConsolidationHandler(MOST, true));
    return socket;
  }

  private record Client(NetClientInternal client, InetAddress address)
      implements NetClientInternal {
    @Override
    public void connectInternal(
        ConnectOptions options, Promise<NetSocket> promise, ContextInternal context) {
      Promise<NetSocket> connected = context.promise();
      connected.future().map(FlushBatchingVertx::gather).onComplete(promise);
      client.connectInternal(to(address, options), connected, context);
    }

    // The name stays: a certificate must have it.
    private static ConnectOptions to(InetAddress address, ConnectOptions options) {
      SocketAddress named = options.getRemoteAddress();
      InetSocketAddress there = new InetSocketAddress(named(named.host(), address), named.port());
      return new ConnectOptions(options).setRemoteAddress(SocketAddress.inetSocketAddress(there));
    }

    private static InetAddress named(String name, InetAddress address) {
      try {
        return address instanceof Inet6Address six
            ? Inet6Address.getByAddress(name, six.getAddress(), six.getScopeId())
            : InetAddress.getByAddress(name, address.getAddress());
      } catch (UnknownHostException impossible) {
        throw new IllegalArgumentException(impossible);
      }
    }

    @Override
    public Future<NetSocket> connect(ConnectOptions options) {
      return client.connect(options).map(FlushBatchingVertx::gather);
    }

    @Override
    public Future<NetSocket> connect(int port, String host) {
      return client.connect(port, host).map(FlushBatchingVertx::gather);
    }

    @Override
    public Future<NetSocket> connect(int port, String host, String serverName) {
      return client.connect(port, host, serverName).map(FlushBatchingVertx::gather);
    }

    @Override
    public Future<NetSocket> connect(SocketAddress address) {
      return client.connect(address).map(FlushBatchingVertx::gather);
    }

    @Override
    public Future<NetSocket> connect(SocketAddress address, String serverName) {
      return client.connect(address, serverName).map(FlushBatchingVertx::gather);
    }

    @Override
    public Future<Void> shutdown(Duration timeout) {
      return client.shutdown(timeout);
    }

    @Override
    public Future<Void> closeFuture() {
      return client.closeFuture();
    }

    @Override
    public Future<Boolean> updateSSLOptions(ClientSSLOptions options, boolean force) {
      return client.updateSSLOptions(options, force);
    }

    @Override
    public Metrics getMetrics() {
      return client.getMetrics();
    }
  }
}
