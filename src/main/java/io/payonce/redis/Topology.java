package io.payonce.redis;

import io.payonce.redis.failure.RedisAddress;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;

/** Holds what one node said about who serves which slots (CLUSTER SLOTS); only the primaries. */
record Topology(List<Range> ranges) {

  /** Slots first to last, both included. */
  record Range(int first, int last, RedisAddress primary) {}

  /**
   * @param asked the node that answered: a node that does not know its own address leaves it out
   */
  static Topology read(Response slots, RedisAddress asked) {
    List<Range> ranges = new ArrayList<>();
    for (Response range : slots) {
      Response primary = range.get(2);
      String host = primary.get(0) == null ? "" : primary.get(0).toString();
      RedisAddress endpoint = asked.at(
          host.isEmpty() || host.equals("?") ? asked.host() : host,
          primary.get(1).toInteger());
      ranges.add(new Range(range.get(0).toInteger(), range.get(1).toInteger(), endpoint));
    }
    return new Topology(List.copyOf(ranges));
  }
}
