package io.payonce.bench;

import io.payonce.redis.EmbeddedRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A Redis of our own, empty before each run. */
final class Store implements AutoCloseable {
  private final EmbeddedRedis redis;

  Store(Tools tools) throws IOException, InterruptedException {
    redis = EmbeddedRedis.start(EmbeddedRedis.Options.defaults());
    if (tools.pinned()) {
      List<String> pin = new ArrayList<>(List.of("taskset", "-a", "-c", "-p", "1"));
      pin.add(Long.toString(redis.pid()));
      new ProcessBuilder(pin).redirectErrorStream(true).start().waitFor();
    }
  }

  String uri() {
    return redis.uri();
  }

  Usage usage() {
    return Usage.of(ProcessHandle.of(redis.pid()).orElseThrow());
  }

  void clear() throws IOException {
    ask("FLUSHALL", "OK");
  }

  /** Of the data, without what Redis itself needs. */
  long usedBytes() throws IOException {
    return figure(ask("INFO memory", "used_memory_dataset:"), "used_memory_dataset:");
  }

  String version() throws IOException {
    return ask("INFO server", "redis_version:")
        .lines()
        .filter(line -> line.startsWith("redis_version:"))
        .map(line -> line.substring("redis_version:".length()))
        .findFirst()
        .orElse("?");
  }

  private static long figure(String said, String name) {
    return said.lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.substring(name.length()).strip()))
        .findFirst()
        .orElse(0);
  }

  private String ask(String command, String expected) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
      String said = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!said.contains(expected)) {
        throw new IOException(command + ": " + said);
      }
      return said;
    }
  }

  @Override
  public void close() {
    redis.close();
  }
}
