package io.payonce.ledger.maintenance;

import io.payonce.ledger.redis.LedgerSettings;
import io.vertx.redis.client.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds what the ledger knows of its keys at one moment: which seals, when each did so last, and
 * how many records need it, as the last walk through each node of Redis has counted them.
 *
 * @param name of the key that seals
 * @param canary something that it has sealed
 * @param slackMillis for how long after it has ceased to seal a key may still be written with
 */
record SealRegister(
    long nowMillis, String name, byte[] canary, Map<String, String> fields, long slackMillis) {
  /**
   * After a key has ceased to seal, what was under way then may still be written with it; pods
   * learn of it within two seconds. At half, a slow pod is late; at double, an old key goes later.
   */
  static final long SLACK_MILLIS = 10_000;

  /** Stands for a key of unknown name. */
  static final String UNKNOWN = "unknown";

  private static final int NOW = 1;
  private static final int NAME = 2;
  private static final int CANARY = 3;
  private static final int FIELDS = 4;

  private static final String AT = "at:";
  private static final String NEED = "need:";

  /** A begin goes on being written, and answers are held on to, for as long as a lease. */
  static long slackMillis(LedgerSettings settings) {
    return SLACK_MILLIS + Math.max(0, settings.leaseMillis());
  }

  static SealRegister read(Response response, LedgerSettings settings) {
    Map<String, String> fields = new HashMap<>();
    Response all = response.get(FIELDS);
    for (int i = 0; i < all.size(); i += 2) {
      String field = all.get(i).toString();
      if (!field.equals("canary")) {
        fields.put(field, all.get(i + 1).toString());
      }
    }
    return new SealRegister(
        response.get(NOW).toLong(),
        response.get(NAME).toString(),
        response.get(CANARY).toBytes(),
        Map.copyOf(fields),
        slackMillis(settings));
  }

  /** All that have ever sealed, as long as the ledger may hold something of it. */
  Set<String> names() {
    return Stream.concat(
            Stream.of(name),
            fields.keySet().stream()
                .filter(field -> field.startsWith(AT))
                .map(field -> field.substring(AT.length())))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** How many records need each key; null while not counted since it sealed last. */
  Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    for (String each : names()) {
      counts.put(each, isCounted(each) ? sum(each) : null);
    }
    if (sum(UNKNOWN) > 0) {
      counts.put(UNKNOWN, sum(UNKNOWN));
    }
    return counts;
  }

  /** Those without which something cannot be read, or that is unknown. */
  Set<String> needed() {
    return counts().entrySet().stream()
        .filter(each -> !each.getKey().equals(UNKNOWN))
        .filter(each -> each.getKey().equals(name) || !Long.valueOf(0).equals(each.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private boolean isCounted(String key) {
    long since = Long.parseLong(fields.getOrDefault(AT + key, "0")) + slackMillis;
    List<String> nodes = Stream.of(fields.getOrDefault("nodes", "").split(" "))
        .filter(node -> !node.isEmpty())
        .toList();
    return !nodes.isEmpty()
        && nodes.stream()
            .allMatch(node -> Long.parseLong(fields.getOrDefault("walked:" + node, "0")) >= since);
  }

  private long sum(String key) {
    return fields.entrySet().stream()
        .filter(each -> each.getKey().startsWith(NEED + key + ":"))
        .mapToLong(each -> Long.parseLong(each.getValue()))
        .sum();
  }
}
