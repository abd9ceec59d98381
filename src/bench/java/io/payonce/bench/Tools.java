package io.payonce.bench;

import io.payonce.redis.RedisLane;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Starts and ends programs, in a folder of its own. On two cores the proxy under test has the first
 * to itself, and everything else shares the second: otherwise wrk would take from the proxy what it
 * is to measure.
 */
final class Tools implements AutoCloseable {
  private static final long START_MILLIS = 120_000;

  private final Path folder;
  private final boolean pinned;
  private final List<Process> running = new ArrayList<>();

  Tools() throws IOException {
    folder = Files.createTempDirectory("payonce-bench");
    pinned = Runtime.getRuntime().availableProcessors() >= 2 && has("taskset");
  }

  static boolean has(String program) {
    return List.of(System.getenv("PATH").split(":")).stream()
        .anyMatch(part -> Files.isExecutable(Path.of(part, program)));
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path folder() {
    return folder;
  }

  boolean pinned() {
    return pinned;
  }

  /** For what is not under test. */
  List<String> beside() {
    return pinned ? List.of("taskset", "-c", "1") : List.of();
  }

  /** Copies a resource beside this class into the folder. */
  synchronized Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      try (InputStream in = Tools.class.getResourceAsStream(name)) {
        Files.copy(in, file);
      }
    }
    return file;
  }

  Process underTest(String name, List<String> command, Map<String, String> env, int port)
      throws IOException {
    return start(name, pinned ? List.of("taskset", "-c", "0") : List.of(), command, env, port);
  }

  Process aside(String name, List<String> command, int port) throws IOException {
    return start(name, beside(), command, Map.of(), port);
  }

  private Process start(
      String name, List<String> before, List<String> command, Map<String, String> env, int port)
      throws IOException {
    List<String> whole = new ArrayList<>(before);
    whole.addAll(command);
    Path log = folder.resolve(name + ".log");
    ProcessBuilder builder = new ProcessBuilder(whole)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile());
    builder.environment().putAll(env);
    Process process = builder.start();
    running.add(process);
    awaitPort(process, port, log);
    return process;
  }

  /** Once it is; whoever waits on a loop holds nothing up. */
  static Future<RedisLane> connected(Vertx vertx, RedisLane lane) {
    return lane.connected()
        ? Future.succeededFuture(lane)
        : vertx.timer(20).compose(later -> connected(vertx, lane));
  }

  private static void awaitPort(Process process, int port, Path log) throws IOException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_MILLIS);
    while (System.nanoTime() < until && process.isAlive()) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        return;
      } catch (IOException notYet) {
        pause();
      }
    }
    throw new IOException("did not start:\n" + Files.readString(log));
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  void idler() throws IOException {
    List<String> command = new ArrayList<>(pinned ? List.of("taskset", "-c", "0") : List.of());
    command.addAll(List.of("sh", "-c", "while :; do :; done"));
    running.add(new ProcessBuilder(command).start());
  }

  void stop(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running.remove(process);
  }

  @Override
  public void close() {
    List.copyOf(running).forEach(this::stop);
  }
}
