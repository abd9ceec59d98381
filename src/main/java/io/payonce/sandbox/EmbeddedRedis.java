package io.payonce.sandbox;

import io.payonce.redis.failure.RedisAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real Redis of our own for the sandbox and for tests: on loopback, its data in a temporary
 * folder that goes with it, and it ends with this JVM, however that ends. Blocking: not for event
 * loops.
 */
public final class EmbeddedRedis implements AutoCloseable {

  /** Twice the longest start seen on a busy machine, with room for a long append-only file. */
  private static final long START_MILLIS = 20_000;

  private static final int PORT_ATTEMPTS = 10;

  private final Options options;
  private final Path binary;
  private final Path folder;
  private final Thread hook = new Thread(this::end, "embedded-redis-end");
  private int port;
  private Process process;

  /**
   * Options of a start.
   *
   * @param port 0 for a free one
   * @param appendOnly whether what was written survives {@link #kill}
   * @param password null for none
   * @param arguments further arguments of redis-server
   */
  public record Options(int port, boolean appendOnly, String password, List<String> arguments) {
    public Options {
      arguments = List.copyOf(arguments);
    }

    public static Options defaults() {
      return new Options(0, false, null, List.of());
    }

    public Options withPort(int newPort) {
      return new Options(newPort, appendOnly, password, arguments);
    }

    public Options withAppendOnly() {
      return new Options(port, true, password, arguments);
    }

    public Options withPassword(String newPassword) {
      return new Options(port, appendOnly, newPassword, arguments);
    }

    public Options withArguments(String... more) {
      return new Options(port, appendOnly, password, List.of(more));
    }

    @Override
    public String toString() {
      return "Options[port=%d, appendOnly=%s, password=%s]"
          .formatted(port, appendOnly, password == null ? null : "****");
    }
  }

  private EmbeddedRedis(Options options) throws IOException {
    this.options = options;
    this.binary = RedisBinary.find();
    this.folder = Files.createTempDirectory("payonce-redis-");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Returns when Redis accepts connections.
   *
   * @throws IllegalStateException when it cannot be started, with Redis' own last words
   */
  public static EmbeddedRedis start(Options options) {
    try {
      EmbeddedRedis redis = new EmbeddedRedis(options);
      redis.startOnSomePort();
      return redis;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String uri() {
    return new RedisAddress("redis", "127.0.0.1", port, null, options.password(), null, Map.of())
        .uri();
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  /** SIGKILL, and waits for the end: what is not in the append-only file is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /**
   * Starts again after {@link #kill}, on the same port and data. Who has the port meanwhile, such
   * as a client that found nobody there but itself, is given time to leave it.
   */
  public void restart() {
    long deadlineNanos = System.nanoTime() + START_MILLIS * 1_000_000;
    try {
      while (!launch()) {
        if (System.nanoTime() - deadlineNanos > 0) {
          throw new IllegalStateException("port " + port + " has been taken by another process");
        }
        pause();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The end of this JVM does not end it any more, which goes on while others are still at work with
   * it: whoever asks for this closes it after them.
   */
  public void handOver() {
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is going down already: the hook does the same, or has been handed over.
    }
  }

  private void startOnSomePort() throws IOException {
    for (int attempt = 1; attempt <= PORT_ATTEMPTS; attempt++) {
      port = options.port() != 0 ? options.port() : freePort();
      if (launch()) {
        return;
      }
      if (options.port() != 0) {
        break;
      }
    }
    close();
    throw new IllegalStateException("Redis cannot be started: port " + port + " is taken");
  }

  /**
   * False if the port is taken: between our choosing it and Redis' binding it, another process can
   * be quicker.
   */
  private boolean launch() throws IOException {
    Path log = folder.resolve("redis.log");
    Files.deleteIfExists(log);
    process = new ProcessBuilder(command())
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
    ParentWatch.over(process, folder);
    long deadlineNanos = System.nanoTime() + START_MILLIS * 1_000_000;
    while (System.nanoTime() < deadlineNanos) {
      boolean alive = process.isAlive();
      String said = Files.readString(log);
      if (alive
          && (said.contains("eady to accept connections") || said.contains("Sentinel ID is"))) {
        return true;
      }
      if (!alive && said.contains("Address already in use")) {
        return false;
      }
      if (!alive) {
        throw failed("ended with code " + process.exitValue(), said);
      }
      pause();
    }
    throw failed("is not ready after " + START_MILLIS + " ms", Files.readString(log));
  }

  private List<String> command() throws IOException {
    List<String> command = new ArrayList<>(ParentWatch.ownSession());
    command.add(binary.toString());
    boolean sentinel = options.arguments().contains("--sentinel");
    if (sentinel) {
      command.add(Files.writeString(folder.resolve("sentinel.conf"), "").toString());
    }
    command.addAll(
        List.of("--port", String.valueOf(port), "--bind", "127.0.0.1", "--dir", folder.toString()));
    if (!sentinel) {
      command.addAll(List.of("--save", "", "--appendonly", options.appendOnly() ? "yes" : "no"));
      command.addAll(List.of("--maxmemory-policy", "noeviction"));
      // What kill() tests is the death of the process, which an append-only file written at once
      // survives. With "everysec" it is not, while a slow disk is at what came before.
      command.addAll(List.of("--appendfsync", "no"));
    }
    if (options.password() != null) {
      command.addAll(List.of("--requirepass", options.password()));
    }
    command.addAll(options.arguments());
    return command;
  }

  private IllegalStateException failed(String what, String said) {
    close();
    List<String> lines = said.lines().toList();
    String last = String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
    return new IllegalStateException(binary + " " + what + "; its last words:\n" + last);
  }

  private void end() {
    if (process != null) {
      process.destroyForcibly();
      awaitEnd();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      // Gone already, or left to the system's own cleaning of its temporary folder.
    }
  }

  private void awaitEnd() {
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting Redis", e);
    }
  }
}
