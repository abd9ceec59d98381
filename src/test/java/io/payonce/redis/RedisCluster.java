package io.payonce.redis;

import static org.awaitility.Awaitility.await;

import io.payonce.sandbox.EmbeddedRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Primaries with a replica each, on loopback; three of them if nothing else is said. Nodes 0 to 2
 * begin as primaries, node i + 3 as the replica of node i.
 */
public final class RedisCluster implements AutoCloseable {
  private final List<EmbeddedRedis> nodes = new ArrayList<>();
  private final int primaries;

  private RedisCluster(int primaries) {
    this.primaries = primaries;
  }

  public static RedisCluster start() {
    return start(3, true);
  }

  public static RedisCluster start(int primaries, boolean replicas) {
    RedisCluster cluster = new RedisCluster(primaries);
    try {
      for (int i = 0; i < (replicas ? 2 : 1) * primaries; i++) {
        cluster.nodes.add(startNode());
      }
      cluster.form();
      return cluster;
    } catch (RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  public EmbeddedRedis node(int index) {
    return nodes.get(index);
  }

  /** Of the first and the last node: whoever asks must get along when one of them is away. */
  public List<String> uris() {
    return List.of(nodes.get(0).uri(), nodes.get(nodes.size() - 1).uri());
  }

  public String id(int index) {
    return (String) ask(index, "CLUSTER", "MYID");
  }

  public Object ask(int index, Object... command) {
    return RawRedis.ask(nodes.get(index).port(), command);
  }

  public int primaries() {
    return primaries;
  }

  /** Which of the primaries serves the key from the start. */
  public int ownerOf(String key) {
    return ownerOf(HashSlot.of(key), primaries);
  }

  /** Which of so many primaries serves the slot: each has one range, and all are of one length. */
  static int ownerOf(int slot, int primaries) {
    return slot * primaries / HashSlot.COUNT;
  }

  private void form() {
    for (int i = 0; i < primaries; i++) {
      ask(i, addSlots(i));
      ask(i, "CLUSTER", "SET-CONFIG-EPOCH", i + 1);
    }
    for (int i = 1; i < nodes.size(); i++) {
      ask(0, "CLUSTER", "MEET", "127.0.0.1", nodes.get(i).port());
    }
    awaitAll("cluster_known_nodes:" + nodes.size());
    for (int i = primaries; i < nodes.size(); i++) {
      ask(i, "CLUSTER", "REPLICATE", id(i - primaries));
    }
    awaitAll("cluster_state:ok");
    int replicas = nodes.size() - primaries;
    for (int i = 0; i < replicas; i++) {
      int primary = i;
      waiting().until(() -> text(primary, "INFO", "replication").contains("state=online"));
    }
    for (int i = 0; i < nodes.size(); i++) {
      int node = i;
      waiting().until(() -> replicasKnownTo(node) == replicas);
    }
  }

  private long replicasKnownTo(int node) {
    return text(node, "CLUSTER", "NODES")
        .lines()
        .filter(line -> line.contains("slave"))
        .count();
  }

  private Object[] addSlots(int primary) {
    List<Object> command = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
    for (int slot = 0; slot < HashSlot.COUNT; slot++) {
      if (ownerOf(slot, primaries) == primary) {
        command.add(slot);
      }
    }
    return command.toArray();
  }

  private void awaitAll(String state) {
    for (int i = 0; i < nodes.size(); i++) {
      int node = i;
      waiting().until(() -> text(node, "CLUSTER", "INFO").contains(state));
    }
  }

  private String text(int node, Object... command) {
    return RawRedis.text(ask(node, command));
  }

  private static org.awaitility.core.ConditionFactory waiting() {
    return await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(20));
  }

  private static EmbeddedRedis startNode() {
    for (int attempt = 0; attempt < 50; attempt++) {
      // The cluster's own port is ten thousand higher, so ports of the system's choosing may not
      // do; nor may those that FreePorts has promised to somebody.
      int port = ThreadLocalRandom.current().nextInt(28_000, 32_000);
      if (free(port) && free(port + 10_000)) {
        try {
          return EmbeddedRedis.start(EmbeddedRedis.Options.defaults()
              .withPort(port)
              .withArguments(
                  "--cluster-enabled", "yes",
                  "--cluster-config-file", "nodes.conf",
                  "--cluster-node-timeout", "1000",
                  "--cluster-require-full-coverage", "no",
                  "--cluster-replica-validity-factor", "0",
                  "--repl-diskless-sync", "yes",
                  "--repl-diskless-sync-delay", "0"));
        } catch (IllegalStateException taken) {
          // By a quicker process; another one then.
        }
      }
    }
    throw new IllegalStateException("no pair of free ports found");
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    nodes.forEach(EmbeddedRedis::close);
  }
}
