package io.payonce.telemetry;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.payonce.ledger.maintenance.RedisDurability;

/**
 * A server of Redis as JSON; what is not known of it is left out.
 *
 * @param shards how many of all are there
 * @param word the last error that it answered with
 * @param keeps a {@link Keeps}, or that it was not checked
 */
@JsonInclude(Include.NON_NULL)
public record RedisPartView(
    String part, String state, String shards, String slots, String word, Object keeps) {
  /** The way in which a server keeps what is written. */
  @JsonInclude(Include.ALWAYS)
  record Keeps(
      String role,
      String policy,
      boolean appendOnlyFile,
      int replicas,
      long usedMemory,
      long maxMemory,
      long evictedKeys) {
    static Keeps of(RedisDurability keeping) {
      return new Keeps(
          keeping.replication().isPrimary() ? "primary" : "replica",
          keeping.memory().policy(),
          keeping.files().appendOnly(),
          keeping.replication().replicas(),
          keeping.memory().used(),
          keeping.memory().max(),
          keeping.memory().evictedKeys());
    }
  }
}
