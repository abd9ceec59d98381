package io.payonce.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** What no HTTP library would send: bytes on a socket. */
final class Raw {
  /** Longer than any answer takes, and than the time a body may take. */
  private static final int READ_MILLIS = 20_000;

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

  /** A POST with these further header lines, each ended by CR LF. */
  static String post(String path, String headers, String body) {
    return "POST " + path + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\nAuthorization: Bearer "
        + House.KEY + "\r\nContent-Type: application/json\r\n" + headers + "\r\n" + body;
  }

  static String length(String body) {
    return "Content-Length: " + body.getBytes(StandardCharsets.ISO_8859_1).length + "\r\n";
  }

  /** How many keys a Redis holds. */
  static int keysIn(int redisPort) {
    String said = exchange(redisPort, "DBSIZE\r\nQUIT\r\n");
    return Integer.parseInt(said.substring(1, said.indexOf('\r')));
  }

  private static String rest(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] some = new byte[4096];
    try {
      for (int n = in.read(some); n >= 0; n = in.read(some)) {
        all.write(some, 0, n);
      }
    } catch (java.net.SocketException reset) {
      // A server may reset a connection on which it has not read everything.
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }
}
