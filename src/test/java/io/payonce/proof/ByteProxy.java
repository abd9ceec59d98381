package io.payonce.proof;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/**
 * A wire that we hold in our hands: everything between an instance and what it talks to passes
 * here. So a process can be killed between any two of its steps without a hook in its code.
 */
final class ByteProxy implements AutoCloseable {
  /** Sees each piece of traffic before it is passed on; null: it is not passed on. */
  interface Filter {
    Filter NONE = new Filter() {};

    /** From the instance. */
    default byte[] up(byte[] piece, Object connection) {
      return piece;
    }

    /** To the instance. */
    default byte[] down(byte[] piece, Object connection) {
      return piece;
    }
  }

  private final ServerSocket server;
  private final IntSupplier target;
  private final Filter filter;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  private ByteProxy(ServerSocket server, IntSupplier target, Filter filter) {
    this.server = server;
    this.target = target;
    this.filter = filter;
  }

  static ByteProxy to(int target, Filter filter) {
    return to(() -> target, filter);
  }

  /** Each connection goes where the target is when it comes. */
  static ByteProxy to(IntSupplier target, Filter filter) {
    try {
      ByteProxy tap =
          new ByteProxy(new ServerSocket(0, 128, InetAddress.getLoopbackAddress()), target, filter);
      thread(tap::accept);
      return tap;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** Ends every connection of the moment; new ones may come at once. */
  void cut() {
    sockets.forEach(ByteProxy::close);
    sockets.clear();
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        connect(server.accept());
      }
    } catch (IOException closed) {
      cut();
    }
  }

  private void connect(Socket near) {
    try {
      Socket far = new Socket(InetAddress.getLoopbackAddress(), target.getAsInt());
      sockets.add(near);
      sockets.add(far);
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      thread(() -> pump(near, far, true, near));
      thread(() -> pump(far, near, false, near));
    } catch (IOException refused) {
      close(near);
    }
  }

  private void pump(Socket from, Socket to, boolean up, Object connection) {
    byte[] buffer = new byte[1 << 16];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
        byte[] piece = java.util.Arrays.copyOf(buffer, got);
        byte[] passed = up ? filter.up(piece, connection) : filter.down(piece, connection);
        if (passed == null) {
          break;
        }
        out.write(passed);
        out.flush();
      }
    } catch (IOException over) {
      // One side has gone: so does the other.
    }
    close(from);
    close(to);
    sockets.remove(from);
    sockets.remove(to);
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "tap");
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Gone already.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}
