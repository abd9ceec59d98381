package io.payonce.redis;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real Redis that answers as a test wants it to: with an error to all that has keys, with an
 * error to who logs in, or with nothing to those who are connected by now. One command at a time
 * goes to the Redis behind, so answers keep their order.
 */
public final class MoodyRedis implements AutoCloseable {
  /** What a node answers whatever becomes of its slots: these have no keys. */
  private static final Set<String> KEYLESS = Set.of(
      "ACL", "AUTH", "CLIENT", "CLUSTER", "COMMAND", "CONFIG", "HELLO", "INFO", "PING", "ROLE",
      "SCRIPT", "SELECT", "TIME", "WAIT");

  private final int behind;
  private final ServerSocket listening;
  private final Set<Socket> callers = ConcurrentHashMap.newKeySet();
  private final Set<Socket> mute = ConcurrentHashMap.newKeySet();
  private final AtomicInteger unheard = new AtomicInteger();
  private volatile String toKeys;
  private volatile String toLogins;

  public MoodyRedis(int behind) {
    this.behind = behind;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread(this::accept);
  }

  public String uri() {
    return "redis://127.0.0.1:" + listening.getLocalPort();
  }

  /** From now on all that has keys is answered so; null: it runs. */
  public void answer(String error) {
    toKeys = error;
  }

  /** From now on whoever logs in is answered so; null: he is let in. */
  public void refuseLogins(String error) {
    toLogins = error;
  }

  /** Connections that are open by now are read no more, and not closed: they are half open. */
  public void deafen() {
    mute.addAll(callers);
  }

  /** How many commands with keys were dropped. */
  public int unheard() {
    return unheard.get();
  }

  /** Ends all connections that there are. */
  public void cut() {
    callers.forEach(MoodyRedis::shut);
  }

  private void accept() {
    try {
      while (true) {
        Socket caller = listening.accept();
        callers.add(caller);
        thread(() -> serve(caller));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket caller) {
    try (caller;
        Socket redis = new Socket(InetAddress.getLoopbackAddress(), behind)) {
      InputStream asked = new BufferedInputStream(caller.getInputStream());
      InputStream said = new BufferedInputStream(redis.getInputStream());
      OutputStream toCaller = new BufferedOutputStream(caller.getOutputStream());
      while (true) {
        ByteArrayOutputStream command = new ByteArrayOutputStream();
        copy(asked, command);
        String name = name(command.toString(StandardCharsets.ISO_8859_1));
        String error = error(name);
        if (mute.contains(caller)) {
          unheard.addAndGet(KEYLESS.contains(name) ? 0 : 1);
          continue;
        }
        if (error != null) {
          toCaller.write(("-" + error + "\r\n").getBytes(StandardCharsets.UTF_8));
        } else {
          redis.getOutputStream().write(command.toByteArray());
          copy(said, toCaller);
        }
        toCaller.flush();
      }
    } catch (IOException gone) {
      // One of the two has hung up.
    } finally {
      callers.remove(caller);
    }
  }

  private String error(String name) {
    boolean login = name.equals("HELLO") || name.equals("AUTH") || name.equals("PING");
    return login ? toLogins : KEYLESS.contains(name) ? null : toKeys;
  }

  /** The third line of an array of bulk strings is the first of them. */
  private static String name(String command) {
    return command.split("\r\n", 4)[2].toUpperCase(Locale.ROOT);
  }

  /** One value of RESP 2 or 3, with all that is in it. */
  private static void copy(InputStream from, OutputStream to) throws IOException {
    StringBuilder head = new StringBuilder();
    do {
      int next = from.read();
      if (next < 0) {
        throw new IOException("hung up");
      }
      to.write(next);
      head.append((char) next);
    } while (head.charAt(head.length() - 1) != '\n');
    int size = "$=!*~>%".indexOf(head.charAt(0)) < 0
        ? 0
        : Integer.parseInt(head.substring(1, head.length() - 2));
    switch (head.charAt(0)) {
      case '$', '=', '!' -> to.write(size < 0 ? new byte[0] : from.readNBytes(size + 2));
      case '*', '~', '>', '%' -> {
        int values = head.charAt(0) == '%' ? 2 * size : size;
        for (int i = 0; i < values; i++) {
          copy(from, to);
        }
      }
      default -> {
        // It is the whole.
      }
    }
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "moody-redis");
    thread.setDaemon(true);
    thread.start();
  }

  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}
