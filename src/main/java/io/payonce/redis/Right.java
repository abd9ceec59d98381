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
public enum Right {
  // First what writes: only at a script's first write Redis says that it takes none.
  SET(Where.TRIED, Right.KEY, "1"),
  INCR(Where.TRIED, Right.KEY),
  HSET(Where.TRIED, Right.KEY, "f", "1"),
  HSETNX(Where.TRIED, Right.KEY, "f", "1"),
  HINCRBY(Where.TRIED, Right.KEY, "f", "1"),
  HDEL(Where.TRIED, Right.KEY, "f"),
  ZADD(Where.TRIED, Right.KEY, "1", "m"),
  ZREM(Where.TRIED, Right.KEY, "m"),
  ZREMRANGEBYSCORE(Where.TRIED, Right.KEY, "1", "1"),
  PEXPIRE(Where.TRIED, Right.KEY, "60000"),
  PERSIST(Where.TRIED, Right.KEY),
  RENAME(Where.TRIED, Right.KEY, Right.KEY),
  DEL(Where.TRIED, Right.KEY),
  EXISTS(Where.TRIED, Right.KEY),
  GET(Where.TRIED, Right.KEY),
  MGET(Where.TRIED, Right.KEY),
  TYPE(Where.TRIED, Right.KEY),
  PTTL(Where.TRIED, Right.KEY),
  HEXISTS(Where.TRIED, Right.KEY, "f"),
  HGET(Where.TRIED, Right.KEY, "f"),
  HMGET(Where.TRIED, Right.KEY, "f"),
  HGETALL(Where.TRIED, Right.KEY),
  HKEYS(Where.TRIED, Right.KEY),
  HVALS(Where.TRIED, Right.KEY),
  ZCOUNT(Where.TRIED, Right.KEY, "0", "1"),
  ZRANGE(Where.TRIED, Right.KEY, "0", "0"),
  ZRANGEBYSCORE(Where.TRIED, Right.KEY, "0", "1"),
  ZRANDMEMBER(Where.TRIED, Right.KEY, "1"),
  ZSCORE(Where.TRIED, Right.KEY, "m"),
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

  Right(Where where, String... words) {
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
            .map(Right::rule)
            .collect(Collectors.joining(" "));
  }

  /** The same for the sentinels, which have users of their own. */
  public static String sentinelAcl() {
    return "-@all resetchannels &" + CHANNEL + " +ping "
        + of(Where.SENTINEL).map(Right::rule).collect(Collectors.joining(" "));
  }

  private static Stream<Right> of(Where where) {
    return Arrays.stream(values()).filter(right -> right.where == where);
  }

  private String rule() {
    String name = "+" + name().toLowerCase(Locale.ROOT);
    return where == Where.TRIED || words.isEmpty() ? name : name + "|" + words.get(0);
  }
}
