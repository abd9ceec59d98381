package io.payonce.outcome.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A caller's hook of plain sockets: it does to each notification what the test says, in turn; the
 * last one goes for all that follow. It remembers all that it was sent.
 */
public final class TestHook implements AutoCloseable {
  /** What is done with a notification; false: the connection is closed. */
  public interface Behaviour {
    boolean answer(Socket socket, CountDownLatch closing) throws IOException, InterruptedException;
  }

  /** One notification. */
  public record Received(String line, Map<String, String> headers, byte[] body, int connection) {
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  private final ServerSocket server;
  private final ConcurrentLinkedQueue<Behaviour> script = new ConcurrentLinkedQueue<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  public final List<Received> received = new CopyOnWriteArrayList<>();

  public TestHook(Behaviour... behaviours) {
    this(plain(), behaviours);
  }

  TestHook(ServerSocket server, Behaviour... behaviours) {
    this.server = server;
    script.addAll(List.of(behaviours));
    daemon(this::accept);
  }

  private static ServerSocket plain() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port() + "/hook";
  }

  /** From now on. */
  public void does(Behaviour next) {
    script.add(next);
    while (script.size() > 1) { // at no time is there nothing
      script.poll();
    }
  }

  public static Behaviour says(int status) {
    String rest = status == 204 ? "\r\n" : "Content-Length: 2\r\n\r\nok";
    return raw("HTTP/1.1 " + status + " Any\r\n" + rest);
  }

  public static Behaviour raw(String bytes) {
    return (socket, closing) -> {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
      return true;
    };
  }

  /** Says nothing until all is over. */
  public static Behaviour hangs() {
    return (socket, closing) -> {
      closing.await();
      return false;
    };
  }

  static Behaviour closes() {
    return (socket, closing) -> false;
  }

  private void accept() {
    try {
      for (int i = 1; ; i++) {
        Socket socket = server.accept();
        sockets.add(socket);
        int number = i;
        daemon(() -> serve(socket, number));
      }
    } catch (IOException closed) {
      // by close()
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        String line = line(in);
        if (line == null) {
          return;
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String each = line(in); !each.isEmpty(); each = line(in)) {
          int colon = each.indexOf(':');
          headers.put(
              each.substring(0, colon).toLowerCase(Locale.ROOT),
              each.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.get("Content-Length")));
        received.add(new Received(line, headers, body, number));
        Behaviour next = script.size() > 1 ? script.poll() : script.peek();
        if (!next.answer(socket, closing)) {
          return;
        }
      }
    } catch (IOException | InterruptedException gone) {
      // whoever called has had enough
    }
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return null;
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "test-hook");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      closing.countDown();
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
