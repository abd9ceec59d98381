package io.payonce.redis;

import static org.awaitility.Awaitility.await;

import io.payonce.sandbox.EmbeddedRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A primary, its replica and three sentinels who watch them under the name "mymaster". */
public final class RedisSentinels implements AutoCloseable {
  private static final String NAME = "mymaster";

  private final List<EmbeddedRedis> servers = new ArrayList<>();
  private final List<EmbeddedRedis> sentinels = new ArrayList<>();

  private RedisSentinels() {}

  public static RedisSentinels start() {
    RedisSentinels all = new RedisSentinels();
    try {
      all.startServers();
      all.startSentinels();
      return all;
    } catch (RuntimeException | Error e) {
      all.close();
      throw e;
    }
  }

  /** The primary of the beginning. */
  public EmbeddedRedis primary() {
    return servers.get(0);
  }

  public EmbeddedRedis replica() {
    return servers.get(1);
  }

  public EmbeddedRedis sentinel(int index) {
    return sentinels.get(index);
  }

  public List<String> uris() {
    return sentinels.stream().map(EmbeddedRedis::uri).toList();
  }

  private void startServers() {
    servers.add(EmbeddedRedis.start(EmbeddedRedis.Options.defaults()
        .withArguments("--repl-diskless-sync", "yes", "--repl-diskless-sync-delay", "0")));
    servers.add(EmbeddedRedis.start(EmbeddedRedis.Options.defaults()
        .withArguments("--replicaof", "127.0.0.1", String.valueOf(primary().port()))));
    waiting()
        .until(() -> RawRedis.text(RawRedis.ask(primary().port(), "INFO", "replication"))
            .contains("state=online"));
  }

  private void startSentinels() {
    for (int i = 0; i < 3; i++) {
      EmbeddedRedis sentinel =
          EmbeddedRedis.start(EmbeddedRedis.Options.defaults().withArguments("--sentinel"));
      sentinels.add(sentinel);
      RawRedis.ask(
          sentinel.port(), "SENTINEL", "MONITOR", NAME, "127.0.0.1", primary().port(), 2);
      RawRedis.ask(sentinel.port(), "SENTINEL", "SET", NAME, "down-after-milliseconds", 1000);
      RawRedis.ask(sentinel.port(), "SENTINEL", "SET", NAME, "failover-timeout", 2000);
    }
    for (EmbeddedRedis sentinel : sentinels) {
      waiting().until(() -> {
        String state = RawRedis.text(RawRedis.ask(sentinel.port(), "SENTINEL", "MASTER", NAME));
        return state.contains("num-slaves 1 ") && state.contains("num-other-sentinels 2 ");
      });
    }
  }

  private static org.awaitility.core.ConditionFactory waiting() {
    return await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(20));
  }

  @Override
  public void close() {
    sentinels.forEach(EmbeddedRedis::close);
    servers.forEach(EmbeddedRedis::close);
  }
}
