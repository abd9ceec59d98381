package io.payonce.ledger.redis;

import io.payonce.ledger.LedgerUnavailable;
import io.payonce.redis.RedisLane;
import io.payonce.redis.ServedSlots;
import io.payonce.redis.failure.RedisFailure;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Runs scripts over one lane; whatever goes wrong with Redis becomes a {@link LedgerUnavailable}.
 */
public final class ScriptRunner {
  /** Begins the line that names a run of the process. */
  public static final String RUN = "run_id:";

  private static final String UNCHECKED = RUN + "unchecked";

  private final RedisLane lane;
  private final LedgerSettings settings;

  public ScriptRunner(RedisLane lane, LedgerSettings settings) {
    this.lane = lane;
    this.settings = settings;
  }

  public <W extends Enum<W>> Future<ScriptReply<W>> make(
      LedgerScript<W> move, List<String> keys, List<?> args) {
    return counted(move, keys, all -> lane.eval(move.script(), all, sent(move, args)));
  }

  private static List<?> sent(LedgerScript<?> move, List<?> args) {
    return move.counts() ? List.of(ScriptArgs.pack(args)) : args;
  }

  /**
   * Every answer shows how far the shard's count is: less than we knew is proof of a lapse, and no
   * more after a move.
   */
  private <W extends Enum<W>> Future<ScriptReply<W>> counted(
      LedgerScript<W> move, List<String> keys, Function<List<String>, Future<Response>> run) {
    if (!move.counts()) {
      return said(move, run.apply(keys));
    }
    int shard = LedgerKeys.shardOfKey(keys.get(0));
    long before = settings.epochs().seen(shard);
    List<String> all = new ArrayList<>(keys.size() + 1);
    all.addAll(keys);
    all.add(LedgerKeys.epoch(shard));
    return said(move, run.apply(all)).map(reply -> {
      long shows = reply.number(reply.rest().size() - 1);
      if (settings.epochs().heard(shard, before, shows, move.raises())) {
        learn(shard, before).onFailure(failure -> settings.epochs().unlearnt(shard));
      }
      return reply;
    });
  }

  /** Notes the lapse where no pod has, and learns when it was; to be called again if it fails. */
  public Future<Void> learn(int shard, long seen) {
    return make(
            LedgerScript.LAPSE,
            List.of(LedgerKeys.lapse(shard), LedgerKeys.epoch(shard)),
            List.of(seen, settings.keepMillis(), settings.epochs().latest(shard)))
        .map(reply -> {
          settings.epochs().learn(shard, reply.number(2), reply.number(1));
          return null;
        });
  }

  /** Answers only when the replicas that we wait for have it. */
  <W extends Enum<W>> Future<ScriptReply<W>> makeDurably(
      LedgerScript<W> move, List<String> keys, List<?> args) {
    return settings.replicates()
        ? counted(
            move,
            keys,
            all -> lane.evalReplicated(
                move.script(),
                all,
                sent(move, args),
                settings.minReplicas(),
                settings.durability().replicaWait()))
        : make(move, keys, args);
  }

  /**
   * Answers with {@code read} when the replicas have all that was read. Redis counts only writes of
   * our own connection, so a read proves nothing by itself: a tiny write after it does.
   */
  <T> Future<T> durably(LedgerKeys keys, T read) {
    return settings.replicates()
        ? makeDurably(LedgerScript.TOUCH, List.of(keys.touch()), List.of()).map(read)
        : Future.succeededFuture(read);
  }

  /** Redis' clock, ms since 1970. */
  Future<Long> time(LedgerKeys keys) {
    return timeAt(keys.due());
  }

  /** The clock of the node that has this key. */
  public Future<Long> timeAt(String key) {
    return send(key, Request.cmd(Command.TIME))
        .map(time -> time.get(0).toLong() * 1000 + time.get(1).toLong() / 1000);
  }

  /** The string at {@code key}, null when there is none. */
  public Future<String> get(String key) {
    return send(key, Request.cmd(Command.GET).arg(lane.named(key)))
        .map(value -> value == null ? null : value.toString());
  }

  /**
   * Which run of the process it is that serves this key; one name for all where that may not be
   * asked.
   */
  public Future<String> run(String key) {
    return send(key, Request.cmd(Command.INFO).arg("server"))
        .map(info -> info.toString()
            .lines()
            .filter(line -> line.startsWith(RUN))
            .findFirst()
            .orElse(UNCHECKED))
        .recover(failure -> failure instanceof LedgerUnavailable unavailable
                && unavailable.word().equals("NOPERM")
            ? Future.succeededFuture(UNCHECKED)
            : Future.failedFuture(failure));
  }

  /** Takes a member off a sorted set. */
  Future<Void> forget(String key, String member) {
    return send(key, Request.cmd(Command.ZREM).arg(lane.named(key)).arg(member)).mapEmpty();
  }

  /** How many members the sorted set at {@code key} has; what stands below 0 is no payment. */
  Future<Long> size(String key) {
    return send(key, Request.cmd(Command.ZCOUNT).arg(lane.named(key)).arg("0").arg("+inf"))
        .map(Response::toLong);
  }

  /** Whether a script may have keys of several shards. */
  public boolean spansShards() {
    return lane.spansSlots();
  }

  /** The servers that hold the ledger. */
  public List<ServedSlots> parts() {
    return lane.parts();
  }

  /** How Redis spells a key: for what {@link #send} is given. */
  public String named(String key) {
    return lane.named(key);
  }

  public Future<Response> send(String key, Request request) {
    return lane.send(key, request).recover(ScriptRunner::unavailable);
  }

  private static <W extends Enum<W>> Future<ScriptReply<W>> said(
      LedgerScript<W> move, Future<Response> answer) {
    return answer.transform((response, failure) -> failure == null
        ? Future.succeededFuture(ScriptReply.read(move.words(), response))
        : unavailable(failure));
  }

  private static <T> Future<T> unavailable(Throwable why) {
    return Future.failedFuture(
        why instanceof RedisFailure redis
            ? new LedgerUnavailable(redis.getMessage(), redis.mayHaveRun(), redis.said())
            : why);
  }
}
