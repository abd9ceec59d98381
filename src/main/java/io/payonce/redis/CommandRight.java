package io.payonce.redis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every command that this program gives to Redis, by itself or from a script: the list that the
 * documents' ACL is made of, and that is tried at a start.
 */
public enum CommandRight {
  // First what writes: only at a script's first write Redis says that it takes none.
  SET(Where.TRIED, CommandRight.KEY, "1"),
  INCR(Where.TRIED, CommandRight.KEY),
  HSET(Where.TRIED, CommandRight.KEY, "f", "1"),
  HSETNX(Where.TRIED, CommandRight.KEY, "f", "1"),
  HINCRBY(Where.TRIED, CommandRight.KEY, "f", "1"),
  HDEL(Where.TRIED, CommandRight.KEY, "f"),
  ZADD(Where.TRIED, CommandRight.KEY, "1", "m"),
  ZREM(Where.TRIED, CommandRight.KEY, "m"),
  ZREMRANGEBYSCORE(Where.TRIED, CommandRight.KEY, "1", "1"),
  XADD(Where.TRIED, CommandRight.KEY, "MINID", "~", "1", "*", "f", "1"),
  PEXPIRE(Where.TRIED, CommandRight.KEY, "60000"),
  PERSIST(Where.TRIED, CommandRight.KEY),
  RENAME(Where.TRIED, CommandRight.KEY, CommandRight.KEY),
  DEL(Where.TRIED, CommandRight.KEY),
  EXISTS(Where.TRIED, CommandRight.KEY),
  GET(Where.TRIED, CommandRight.KEY),
  MGET(Where.TRIED, CommandRight.KEY),
  TYPE(Where.TRIED, CommandRight.KEY),
  PTTL(Where.TRIED, CommandRight.KEY),
  HEXISTS(Where.TRIED, CommandRight.KEY, "f"),
  HGET(Where.TRIED, CommandRight.KEY, "f"),
  HMGET(Where.TRIED, CommandRight.KEY, "f"),
  HGETALL(Where.TRIED, CommandRight.KEY),
  HKEYS(Where.TRIED, CommandRight.KEY),
  HVALS(Where.TRIED, CommandRight.KEY),
  HLEN(Where.TRIED, CommandRight.KEY),
  ZCOUNT(Where.TRIED, CommandRight.KEY, "0", "1"),
  ZRANGE(Where.TRIED, CommandRight.KEY, "0", "0"),
  ZRANGEBYSCORE(Where.TRIED, CommandRight.KEY, "0", "1"),
  ZRANDMEMBER(Where.TRIED, CommandRight.KEY, "1"),
  ZSCORE(Where.TRIED, CommandRight.KEY, "m"),
  XRANGE(Where.TRIED, CommandRight.KEY, "0", "0"),
  XREVRANGE(Where.TRIED, CommandRight.KEY, "0", "0"),
  TIME(Where.TRIED),
  SCAN(Where.TRIED, "0", "COUNT", "1"),
  /** These two bring the others. */
  EVAL(Where.DIALLED),
  EVALSHA(Where.DIALLED),
  PING(Where.DIALLED),
  /** For a database in {@code redis.uris}; the client library sends it. */
  SELECT(Where.DIALLED),
  /** Without it much is unchecked. */
  INFO(Where.DIALLED),
  /** For {@code redis.minReplicas}. */
  WAIT(Where.DIALLED),
  /** Behind sentinels. */
  ROLE(Where.DIALLED),
  /** In a cluster. */
  CLUSTER(Where.DIALLED, "slots"),
  ASKING(Where.DIALLED),
  /** Of the sentinels themselves. */
  SENTINEL(Where.SENTINEL, "master"),
  SUBSCRIBE(Where.SENTINEL);

  /** Stands for the key in a list of words. */
  static final String KEY = "KEY";

  private static final String CHANNEL = "+switch-master";

  private enum Where {
    TRIED,
    DIALLED,
    SENTINEL
  }

  private final Where where;
  private final List<String> words;

  CommandRight(Where where, String... words) {
    this.where = where;
    this.words = List.of(words);
  }

  /** What the script is given: for each command how many words it has, and the words. */
  static List<String> trials() {
    List<String> trials = new ArrayList<>();
    of(Where.TRIED).forEach(right -> {
      trials.add("" + (1 + right.words.size()));
      trials.add(right.name());
      trials.addAll(right.words);
    });
    return trials;
  }

  /**
   * The rules of a user who may do what is needed and nothing else.
   *
   * @param keyPrefix the first part of this fleet's keys
   */
  public static String acl(String keyPrefix) {
    String keys = Stream.of("~" + keyPrefix + ":*", "~payonce:*", "~payonce-prefixes")
        .distinct()
        .collect(Collectors.joining(" "));
    return "resetchannels -@all " + keys + " "
        + Arrays.stream(values())
            .filter(right -> right.where != Where.SENTINEL)
            .map(CommandRight::rule)
            .collect(Collectors.joining(" "));
  }

  /** The same for the sentinels, which have users of their own. */
  public static String sentinelAcl() {
    return "-@all resetchannels &" + CHANNEL + " +ping "
        + of(Where.SENTINEL).map(CommandRight::rule).collect(Collectors.joining(" "));
  }

  private static Stream<CommandRight> of(Where where) {
    return Arrays.stream(values()).filter(right -> right.where == where);
  }

  private String rule() {
    String name = "+" + name().toLowerCase(Locale.ROOT);
    return where == Where.TRIED || words.isEmpty() ? name : name + "|" + words.get(0);
  }
}
