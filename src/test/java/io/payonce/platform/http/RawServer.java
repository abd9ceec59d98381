package io.payonce.platform.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server of plain sockets that does to each request what the test told it to, in turn; the last
 * thing told goes for all that follow. It remembers every request it read to the end.
 */
final class RawServer implements AutoCloseable {
  /** What is done with a request that was read; false: the connection is of no use any more. */
  interface Behaviour {
    boolean answer(Socket socket) throws IOException, InterruptedException;
  }

  record Received(String line, Map<String, List<String>> headers, byte[] body, int connection) {
    String header(String name) {
      List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
      return values.size() == 1 ? values.get(0) : values.isEmpty() ? null : values.toString();
    }
  }

  private final ServerSocket server;
  private final ConcurrentLinkedQueue<Behaviour> script = new ConcurrentLinkedQueue<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  final List<Received> received = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();
  final AtomicInteger ended = new AtomicInteger();
  final AtomicLong bytes = new AtomicLong();

  RawServer(Behaviour... behaviours) {
    this(plain(), behaviours);
  }

  RawServer(ServerSocket server, Behaviour... behaviours) {
    this.server = server;
    script.addAll(List.of(behaviours));
    daemon(this::accept);
  }

  static ServerSocket plain() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  static Behaviour raw(String bytes) {
    return socket -> {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
      return true;
    };
  }

  static Behaviour json(String body) {
    return answer(200, "Content-Type: application/json\r\n", body);
  }

  static Behaviour answer(int status, String headers, String body) {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return raw("HTTP/1.1 " + status + " X\r\n" + headers + "Content-Length: " + length + "\r\n\r\n"
        + body);
  }

  static Behaviour hangUp() {
    return socket -> false;
  }

  static Behaviour reset() {
    return socket -> {
      socket.setSoLinger(true, 0);
      return false;
    };
  }

  static Behaviour hang() {
    return socket -> true;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        int connection = connections.incrementAndGet();
        daemon(() -> serve(socket, connection));
      } catch (IOException e) {
        // closed, or a client that gave up in the handshake: the next one may do better
      }
    }
  }

  private void serve(Socket socket, int connection) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (Received got = read(in, connection); got != null; got = read(in, connection)) {
        received.add(got);
        Behaviour next = script.size() > 1 ? script.poll() : script.peek();
        if (!next.answer(socket)) {
          return;
        }
      }
    } catch (IOException e) {
      // the client went away: what it did not say was not received
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.incrementAndGet();
    }
  }

  private Received read(InputStream in, int connection) throws IOException {
    String line = line(in);
    if (line == null) {
      return null;
    }
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String header = line(in); !"".equals(header); header = line(in)) {
      int colon = header == null ? -1 : header.indexOf(':');
      if (colon < 0) {
        return null;
      }
      headers
          .computeIfAbsent(
              header.substring(0, colon).toLowerCase(Locale.ROOT), k -> new ArrayList<>())
          .add(header.substring(colon + 1).strip());
    }
    int length =
        Integer.parseInt(headers.getOrDefault("content-length", List.of("0")).get(0));
    byte[] body = in.readNBytes(length);
    bytes.addAndGet(length);
    return new Received(line, headers, body, connection);
  }

  private String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return null;
      }
      bytes.incrementAndGet();
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
