package io.payonce.bench;

import io.payonce.redis.LuaScript;
import io.payonce.redis.RedisLane;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.List;

/**
 * Two scripts with the Redis commands of a sale and no decision: names and values come ready from outside.
 * {@link #ALL} has each command that {@code begin} and {@code settle} call where an archive is in use and no bucket
 * is split; {@link #FEWEST} has the writes alone that any ledger with the same promises makes (record, order, due
 * time, journal, answer, tombstone, order mark, alias) and one look each: no clock, no epoch, no bucket that is
 * looked after.
 */
enum CommandScripts {
  ALL(
      """
      redis.call('TIME')
      redis.call('EXISTS', payment, packed, tomb, order, order)
      redis.call('GET', archive)
      redis.call('HGET', named, name)
      redis.call('HGET', pointed, place)
      redis.call('HSET', payment, 'st', 'SENDING', 'h', '1.1.1.', 'f', '24lqbokwlv0a2.6z', 'body', value, 'pf', 'platform',
        'pa', '-1', 'is', '1 1796000841948 20000 sale AAAAAAAAAAAAAAAAAAAAAA otl5lcm5h7w1n250', 'b', ' 24lqbokwlv0a2.6z ',
        'log', '1796000841948 begun ', 'am', '', 'ap', 'app1')
      redis.call('SET', order, 'held:ttl5lcm5h7w1n250')
      redis.call('ZADD', due, 1796000856948, member)
      redis.call('INCR', epoch)
      """,
      """
      redis.call('HMGET', payment, 'st', 'f', 'out', 'is', 'was', 'log', 'bad', 'for', 'pf', 'oa', 'am', 'ap', 'nu', 'late',
        'h', 'it', 'n', 'ab', 'fp', 'shut', 'od')
      redis.call('TIME')
      redis.call('MGET', archive, alias, order)
      redis.call('PEXPIRE', outcomes, 604800000)
      redis.call('XADD', outcomes, 'MINID', '~', 1795396041949, '*', 'v', 1, 'k', 'settled', 'p', member, 'is',
        '1 1796000841948 20000 sale AAAAAAAAAAAAAAAAAAAAAA otl5lcm5h7w1n250', 'am', '', 'oa', '', 'pf', 'platform', 'ap',
        'app1', 'out', 'PAID', 'told', '', 'h', '1.1.1.', 't', '5f3atl5lcm5h7w1n2500123456789abcdef', 'i', '', 'why',
        'platform: S; paid')
      redis.call('DEL', payment)
      redis.call('SET', packed, value, 'PX', 86400000)
      redis.call('ZREM', due, member)
      redis.call('HEXISTS', back, 'gone:ttl5lcm5h7w1n250')
      redis.call('HGET', named, '')
      redis.call('HGET', pointed, '')
      redis.call('HSETNX', pointed, place, 'pointer')
      redis.call('HGET', other, '')
      redis.call('HSETNX', other, name2, 'pointer')
      redis.call('HSETNX', named, name, entry)
      redis.call('DEL', order)
      redis.call('INCR', epoch)
      """),
  FEWEST(
      """
      redis.call('EXISTS', payment, packed, tomb, order)
      redis.call('SET', payment, value)
      redis.call('SET', order, 'held:ttl5lcm5h7w1n250')
      redis.call('ZADD', due, 1796000856948, member)
      """,
      """
      redis.call('GET', payment)
      redis.call('XADD', outcomes, 'MINID', '~', 1795396041949, '*', 'o', line)
      redis.call('DEL', payment, order)
      redis.call('SET', packed, value, 'PX', 86400000)
      redis.call('ZREM', due, member)
      redis.call('HSET', named, name, entry)
      redis.call('HSET', pointed, place, 'pointer')
      redis.call('HSET', other, name2, 'pointer')
      """);

  /** Payments of one shard that share a bucket, with two pointers each: as many fields as a bucket of an archive has. */
  private static final int CROWD = 20;

  private static final String KEYS =
      "local payment, packed, due, tomb, order, back, alias, archive, outcomes, named, pointed, other, epoch = unpack(KEYS)\n"
          + "local member, name, place, name2, value, entry, line = unpack(ARGV)\n";

  private final LuaScript begin;
  private final LuaScript settle;

  CommandScripts(String begin, String settle) {
    this.begin = LuaScript.of("begin-" + name(), KEYS + begin + "return {'BEGUN', 1, 1}");
    this.settle = LuaScript.of("settle-" + name(), KEYS + settle + "return {'SETTLED', 1, 1}");
  }

  /** The two scripts of one payment. */
  final class Sale {
    private final List<String> keys;
    private final List<Object> arguments;

    private Sale(List<String> keys, List<Object> arguments) {
      this.keys = keys;
      this.arguments = arguments;
    }

    Future<Response> begin(RedisLane lane) {
      return lane.eval(begin, keys, arguments);
    }

    Future<Response> settle(RedisLane lane) {
      return lane.eval(settle, keys, arguments);
    }
  }

  /** Payment {@code number} of a run, of one of so many merchants; under no key that a pod looks at. */
  Sale sale(String prefix, long number, int merchants) {
    String tag = "bencher:{s" + number % merchants + "}:";
    String member = "M%010d/t%s%d".formatted(number % merchants, prefix, number);
    String order = tag + "order:M%010d/".formatted(number % merchants);
    String archive = tag + "archive";
    String bucket = archive + ":" + number / merchants / CROWD;
    List<String> keys = List.of(
        tag + "payment:" + member,
        tag + "ended:" + member,
        tag + "due",
        tag + "tomb:" + member,
        order + "o" + prefix + number,
        tag + "back:" + member,
        order + "txn:5f3a" + prefix + number + "0123456789abcdef",
        archive,
        tag + "outcomes",
        bucket,
        bucket,
        bucket,
        tag + "epoch");
    byte[] answer = new byte[265];
    return new Sale(
        keys,
        List.of(
            member,
            member.substring(5),
            "o" + Long.toString(number % 1_000, 36),
            "t" + Long.toString(number % 1_000, 36),
            answer,
            new byte[50],
            new byte[170]));
  }
}
