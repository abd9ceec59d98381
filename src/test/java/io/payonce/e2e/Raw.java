package io.payonce.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What no HTTP library would send: bytes on a socket. */
final class Raw {
  /** Longer than any answer takes, and than the time a body may take. */
  private static final int READ_MILLIS = 60_000;

  private static final int PACE_MILLIS = 10;

  /** What keys of no payment end with; "forms" comes with the first look at a charter. */
  private static final List<String> OF_NO_PAYMENT =
      List.of("audit", "pods", "due", "epoch", "lapse", "run", "charter", "seals", "forms");

  private static final byte[] CHUNK =
      ("400\r\n" + "x".repeat(1024) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);

  private Raw() {}

  static Socket open(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(READ_MILLIS);
    return socket;
  }

  /** Everything that comes back until the other side closes. */
  static String exchange(int port, String bytes) {
    try (Socket socket = open(port)) {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return rest(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends, and hangs up without waiting for anything. */
  static void hangUpAfter(int port, String bytes) {
    try (Socket socket = open(port)) {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Chunks after this head, until the other side has had enough; everything that came back. */
  static String sendForEver(int port, String head) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] some = new byte[4096];
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(READ_MILLIS);
    try (Socket socket = open(port)) {
      socket.setSoTimeout(PACE_MILLIS);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      while (System.nanoTime() < until) {
        socket.getOutputStream().write(CHUNK);
        try {
          int read = socket.getInputStream().read(some);
          if (read < 0) {
            return all.toString(StandardCharsets.ISO_8859_1);
          }
          all.write(some, 0, read);
        } catch (SocketTimeoutException quiet) {
          // Nothing yet: goes on sending.
        }
      }
    } catch (SocketException cutOff) {
      return all.toString(StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("nobody minds; so far: " + all);
  }

  /** A POST with these further header lines, each ended by CR LF. */
  static String post(String path, String headers, String body) {
    return keptPost(path, "Connection: close\r\n" + headers, body);
  }

  /** The same by a caller who means to keep the connection. */
  static String keptPost(String path, String headers, String body) {
    return "POST " + path + " HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer " + TestPod.KEY
        + "\r\nContent-Type: application/json\r\n" + headers + "\r\n" + body;
  }

  static String length(String body) {
    return "Content-Length: " + body.getBytes(StandardCharsets.ISO_8859_1).length + "\r\n";
  }

  /**
   * Keys that speak of payments or orders. What pods keep of themselves does not, nor does a list
   * of due times in which only the mark stands by which old pods are noticed.
   */
  static List<String> keysIn(int redisPort) {
    String said = exchange(redisPort, "KEYS *\r\nQUIT\r\n");
    return said.lines()
        .filter(line -> line.startsWith("payonce:"))
        .filter(line -> !OF_NO_PAYMENT.contains(line.substring(line.lastIndexOf(':') + 1))
            || line.endsWith("}:due") && hasPayments(redisPort, line))
        .toList();
  }

  private static boolean hasPayments(int redisPort, String due) {
    return !exchange(redisPort, "ZRANGEBYSCORE " + due + " 0 +inf\r\nQUIT\r\n").startsWith("*0");
  }

  static String rest(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] some = new byte[4096];
    try {
      for (int n = in.read(some); n >= 0; n = in.read(some)) {
        all.write(some, 0, n);
      }
    } catch (SocketException reset) {
      // A server may reset a connection on which it has not read everything.
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }
}
