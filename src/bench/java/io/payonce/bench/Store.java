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

/** A Redis of our own, without payments before each run. */
final class Store implements AutoCloseable {
  private static final long SYNC_MILLIS = 20_000;

  private static final Pattern COMMAND = Pattern.compile("cmdstat_([^:]+):calls=(\\d+)");

  /**
   * One step of a walk over all keys; in steps, for pods are waiting. Canaries stand below 0 among
   * what is due.
   */
  private static final String FORGET = String.join(
      " ",
      "local kept = {epoch=1, lapse=1, run=1, pods=1, charter=1, seals=1, audit=1, ['tomb:forms']=1}",
      "local step = redis.call('SCAN', ARGV[1], 'COUNT', 500)",
      "for _, key in ipairs(step[2]) do",
      "local word = string.match(key, '^payonce:{s%d+}:(.*)$')",
      "if word == 'due' then redis.call('ZREMRANGEBYSCORE', key, 0, '+inf')",
      "elseif not kept[word] and not string.find(key, '^payonce:{%a+}') then redis.call('UNLINK', key)",
      "end end return {ok=step[1]}");

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

  /** Takes everything: to a pod that runs on, this is a ledger that has gone back in time. */
  void clear() throws IOException {
    ask("FLUSHALL", "OK");
  }

  /** Takes what belongs to payments, and leaves what a ledger knows of itself and of its pods. */
  void forgetPayments() throws IOException {
    String cursor = "0";
    do {
      String said = ask("EVAL \"" + FORGET + "\" 0 " + cursor, "+");
      cursor = said.substring(1, said.indexOf('\r'));
    } while (!cursor.equals("0"));
  }

  /** Whether pods hold the ledger for one that has gone back: payments then go another road. */
  boolean lapsed() throws IOException {
    String keys = IntStream.range(0, Shards.COUNT)
        .mapToObj(shard -> "payonce:{s" + shard + "}:lapse")
        .collect(Collectors.joining(" "));
    return !ask("EXISTS " + keys, ":").startsWith(":0\r");
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

  /** How many keys there are. */
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
