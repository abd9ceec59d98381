package io.payonce.redis;

import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
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
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A Vert.x whose connections write once a turn of the event loop: the Redis client would make one
 * system call a command, here and on Redis' side, and has no setting for it. Nor has it one for the
 * address that a name leads to, so that is set here too.
 */
final class FlushBatchingVertx extends VertxWrapper {
  /** Commands of one write. At double, Redis gets more work at once than it reads at once. */
  private static final int MOST = 256;

  private final InetAddress address;
  private final Instead instead;

  private FlushBatchingVertx(VertxInternal vertx, InetAddress address, Instead instead) {
    super(vertx);
    this.address = address;
    this.instead = instead;
  }

  /** @param address where all connections go, whatever their name */
  static Vertx around(Vertx vertx, InetAddress address, Instead instead) {
    return new FlushBatchingVertx((VertxInternal) vertx, address, instead);
  }

  @Override
  public NetClient createNetClient(NetClientOptions options) {
    return new Client((NetClientInternal) super.createNetClient(options), address, instead);
  }

  /**
   * Bytes that are written instead of what the client makes of a command. One a connection, and
   * used on its loop only: there, the client writes while it sends.
   */
  static final class Instead {
    private Buffer command;

    /**
     * @param unwritten is done when the client has not written by the time it returns or throws:
     *     what it writes later is its own
     */
    <T> T write(Buffer meant, Supplier<T> sending, Runnable unwritten) {
      command = meant;
      try {
        return sending.get();
      } finally {
        if (command != null) {
          command = null;
          unwritten.run();
        }
      }
    }

    private Buffer of(Buffer written) {
      Buffer meant = command == null ? written : command;
      command = null;
      return meant;
    }
  }

  private record Client(NetClientInternal client, InetAddress address, Instead instead)
      implements NetClientInternal {
    private NetSocket gather(NetSocket socket) {
      ((NetSocketInternal) socket)
          .channelHandlerContext()
          .pipeline()
          .addFirst(new FlushConsolidationHandler(MOST, true));
      return (NetSocket) Proxy.newProxyInstance(
          Client.class.getClassLoader(),
          new Class<?>[] {NetSocketInternal.class},
          (proxy, method, args) -> call(socket, method, args));
    }

    private Object call(NetSocket socket, Method method, Object[] args) throws Throwable {
      if (method.getName().equals("write") && args[0] instanceof Buffer written) {
        return socket.write(instead.of(written));
      }
      try {
        return method.invoke(socket, args);
      } catch (InvocationTargetException failed) {
        throw failed.getCause();
      }
    }

    @Override
    public void connectInternal(
        ConnectOptions options, Promise<NetSocket> promise, ContextInternal context) {
      Promise<NetSocket> connected = context.promise();
      connected.future().map(this::gather).onComplete(promise);
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
      return client.connect(options).map(this::gather);
    }

    @Override
    public Future<NetSocket> connect(int port, String host) {
      return client.connect(port, host).map(this::gather);
    }

    @Override
    public Future<NetSocket> connect(int port, String host, String serverName) {
      return client.connect(port, host, serverName).map(this::gather);
    }

    @Override
    public Future<NetSocket> connect(SocketAddress address) {
      return client.connect(address).map(this::gather);
    }

    @Override
    public Future<NetSocket> connect(SocketAddress address, String serverName) {
      return client.connect(address, serverName).map(this::gather);
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
