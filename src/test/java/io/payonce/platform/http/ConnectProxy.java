package io.payonce.platform.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A small HTTP proxy that knows CONNECT only, and whatever it is to do wrong. */
public final class ConnectProxy implements AutoCloseable {
  /** What becomes of a connection whose CONNECT was read. */
  public interface Behaviour {
    void meet(Socket client, int target) throws IOException;
  }

  private final ServerSocket server;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile Behaviour behaviour;

  /** The heads of all CONNECTs, in the order in which they came. */
  public final List<String> heads = new CopyOnWriteArrayList<>();

  /** What went through towards the platform. */
  final ByteArrayOutputStream passed = new ByteArrayOutputStream();

  public ConnectProxy(String address, Behaviour behaviour) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getByName(address));
    this.behaviour = behaviour;
    daemon(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  public void from(Behaviour now) {
    behaviour = now;
  }

  /** It says that and nothing else. */
  public static Behaviour says(String head) {
    return (client, target) ->
        client.getOutputStream().write((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  public static Behaviour hangsUp() {
    return (client, target) -> client.close();
  }

  public static Behaviour isMute() {
    return (client, target) -> {};
  }

  /** Whatever name was asked for leads to this machine. */
  public Behaviour passes() {
    return (client, target) -> {
      Socket platform = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(platform);
      says("HTTP/1.1 200 Connection established").meet(client, target);
      daemon(() -> pump(platform, client, OutputStream.nullOutputStream()));
      pump(client, platform, passed);
    };
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        open.add(client);
        daemon(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try {
      String head = head(client.getInputStream());
      heads.add(head);
      String target = head.split(" ")[1];
      behaviour.meet(client, Integer.parseInt(target.substring(target.lastIndexOf(':') + 1)));
    } catch (IOException gone) {
      // the other side has seen that as well
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no whole head");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static void pump(Socket from, Socket to, OutputStream besides) {
    byte[] some = new byte[8192];
    try (from;
        to) {
      for (int n = from.getInputStream().read(some);
          n >= 0;
          n = from.getInputStream().read(some)) {
        besides.write(some, 0, n);
        to.getOutputStream().write(some, 0, n);
      }
    } catch (IOException gone) {
      // both ends are closed
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "connect-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
