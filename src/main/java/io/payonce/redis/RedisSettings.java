package io.payonce.redis;

import io.payonce.dns.HostNames;
import io.payonce.redis.failure.RedisAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Says where Redis is and how long we wait for it. The URIs are
 * {@code redis[s]://[user][:password]@host[:port][/database]}; with sentinels they name the
 * sentinels ({@code ?name=} the primary's name; user and password are the primary's,
 * {@code ?sentinelUser=} and {@code ?sentinelPassword=} the sentinels' if they differ).
 */
public record RedisSettings(
    Mode mode,
    List<String> uris,
    String sentinelMaster,
    Duration connectTimeout,
    Duration callTimeout,
    Optional<Path> caFile,
    HostNames names) {

  /**
   * Ways to organise the nodes; an embedded Redis is a standalone one that we have started
   * ourselves.
   */
  public enum Mode {
    EMBEDDED,
    STANDALONE,
    SENTINEL,
    CLUSTER
  }

  /** One whose host names are looked up as this machine does. */
  public RedisSettings(
      Mode mode,
      List<String> uris,
      String sentinelMaster,
      Duration connectTimeout,
      Duration callTimeout,
      Optional<Path> caFile) {
    this(
        mode, uris, sentinelMaster, connectTimeout, callTimeout, caFile, HostNames.ofThisMachine());
  }

  /** One that trusts the authorities of the Java runtime. */
  public RedisSettings(
      Mode mode,
      List<String> uris,
      String sentinelMaster,
      Duration connectTimeout,
      Duration callTimeout) {
    this(mode, uris, sentinelMaster, connectTimeout, callTimeout, Optional.empty());
  }

  private static final String DEFAULT_MASTER = "mymaster";

  /**
   * @throws IllegalArgumentException when a URI cannot be understood (the message shows no
   *     password)
   */
  public RedisSettings {
    Objects.requireNonNull(mode, "mode");
    uris = List.copyOf(uris);
    if (uris.isEmpty()) {
      throw new IllegalArgumentException("redis.uris: at least one is needed");
    }
    List<RedisAddress> endpoints = uris.stream().map(RedisAddress::parse).toList();
    sentinelMaster =
        sentinelMaster != null ? sentinelMaster : endpoints.get(0).param("name", DEFAULT_MASTER);
    requirePositive(connectTimeout, "connectTimeout");
    requirePositive(callTimeout, "callTimeout");
  }

  /** One Redis that a busy machine may stop for seconds: tests and benchmarks do not give up. */
  public static RedisSettings standalone(String uri) {
    return new RedisSettings(
        Mode.STANDALONE, List.of(uri), null, Duration.ofSeconds(10), Duration.ofSeconds(10));
  }

  List<RedisAddress> endpoints() {
    return uris.stream().map(RedisAddress::parse).toList();
  }

  private static void requirePositive(Duration duration, String name) {
    if (duration == null || duration.toMillis() <= 0) {
      throw new IllegalArgumentException(name + ": must be at least a millisecond");
    }
  }

  @Override
  public String toString() {
    return "RedisSettings[mode=%s, uris=%s, sentinelMaster=%s, connectTimeout=%s, callTimeout=%s]"
        .formatted(
            mode,
            uris.stream().map(RedisAddress::masked).toList(),
            sentinelMaster,
            connectTimeout,
            callTimeout);
  }
}
