package io.payonce.bench;

import io.payonce.model.Shards;
import io.payonce.sandbox.EmbeddedRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A Redis of our own, empty before each run. */
final class Store implements AutoCloseable {
  private static final long SYNC_MILLIS = 20_000;

  private static final Pattern COMMAND = Pattern.compile("cmdstat_([^:]+):calls=(\\d+)");

  private final EmbeddedRedis redis;
  private final List<EmbeddedRedis> replicas = new ArrayList<>();

  Store(Tools tools) throws IOException, InterruptedException {
    this(tools, 0);
  }

  Store(Tools tools, int count) throws IOException, InterruptedException {
    redis = EmbeddedRedis.start(EmbeddedRedis.Options.defaults());
    pin(tools, redis);
    for (int i = 0; i < count; i++) {
      EmbeddedRedis replica = EmbeddedRedis.start(EmbeddedRedis.Options.defaults()
          .withArguments("--replicaof", "127.0.0.1", Integer.toString(redis.port())));
      replicas.add(replica);
      pin(tools, replica);
    }
    long until = System.currentTimeMillis() + SYNC_MILLIS;
    while (figure(ask("INFO replication", "role:"), "connected_slaves:") < count
        && System.currentTimeMillis() < until) {
      Thread.sleep(100);
    }
  }

  private static void pin(Tools tools, EmbeddedRedis redis) throws IOException, InterruptedException {
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

  /** All of it. */
  long usedMemory() throws IOException {
    return figure(ask("INFO memory", "used_memory:"), "used_memory:");
  }

  /** Looks at every key, which is when Redis frees what is over. */
  void expire() throws IOException, InterruptedException {
    Thread.sleep(50);
    ask("EVAL \"local c='0' repeat local r=redis.call('SCAN',c,'COUNT',1000) c=r[1] for _,k in ipairs(r[2]) do redis.call('EXISTS',k) end until c=='0' return 1\" 0", ":1");
  }

  /** How many keys there are: a payment of ours that was paid leaves four. */
  long keys() throws IOException {
    String said = ask("DBSIZE", ":");
    return Long.parseLong(said.substring(1, said.indexOf('\r')));
  }

  /** How many payments have a due time. */
  long due() throws IOException {
    String cards = IntStream.range(0, Shards.COUNT)
        .mapToObj(shard -> "ZCARD payonce:{s" + shard + "}:due")
        .collect(Collectors.joining("\r\n"));
    return ask(cards, ":")
            .lines()
            .filter(line -> line.startsWith(":"))
            .mapToLong(line -> Math.max(0, Long.parseLong(line.substring(1)) - 1)) // the canary
            .sum();
  }

  /** How often each command was run so far, those of scripts among them. */
  Map<String, Long> commands() throws IOException {
    Map<String, Long> counts = new HashMap<>();
    for (String line : ask("INFO commandstats", "cmdstat_").split("\\r\\n")) {
      Matcher named = COMMAND.matcher(line);
      if (named.lookingAt()) {
        counts.put(named.group(1), Long.parseLong(named.group(2)));
      }
    }
    return counts;
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
    replicas.forEach(EmbeddedRedis::close);
    redis.close();
  }
}
