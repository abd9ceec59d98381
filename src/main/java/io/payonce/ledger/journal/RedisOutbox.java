package io.payonce.ledger.journal;

import io.payonce.ledger.Cursor;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.journal.OutboxScript.OnEnd;
import io.payonce.ledger.journal.OutboxScript.OnTake;
import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.ledger.redis.ScriptArgs;
import io.payonce.ledger.redis.ScriptRunner;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.Abilities;
import io.payonce.model.PaymentId;
import io.payonce.outcome.Notice;
import io.payonce.outcome.Outbox;
import io.payonce.redis.RedisLane;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The outbox in Redis: what is to be notified of a payment is a hash, when that is tried next
 * stands in a sorted set of its shard. Who settles a payment writes both, in one script. One for
 * each event loop.
 */
public final class RedisOutbox implements Outbox {
  private final ScriptRunner moves;
  private final NoticeReader reader;
  private final long keepMillis;
  private final Abilities abilities;

  /**
   * @param abilities what all pods can read: only that is written
   * @param keepMillis how long what is tried, or was given up, is kept
   */
  public RedisOutbox(
      RedisLane lane,
      Sealer sealer,
      LedgerSettings settings,
      Abilities abilities,
      long keepMillis) {
    this.moves = new ScriptRunner(lane, settings);
    this.reader = new NoticeReader(sealer, settings.home());
    this.abilities = abilities;
    this.keepMillis = keepMillis;
  }

  @Override
  public Future<Shard> look(int shard, int most) {
    return moves
        .make(
            OutboxScript.LOOK,
            List.of(
                LedgerKeys.outbox(shard), LedgerKeys.undelivered(shard), LedgerKeys.failing(shard)),
            List.of(most, keepMillis))
        .map(reply -> new Shard(
            reply.rest().get(1).stream()
                .map(member -> PaymentId.parse(member.toString()))
                .toList(),
            reply.number(2),
            reply.number(3),
            reply.number(4),
            reply.number(5)));
  }

  @Override
  public Future<List<Integer>> scout(List<Integer> shards) {
    if (!moves.spansShards()) {
      return Future.succeededFuture(shards); // a script for each would cost as much as the look
    }
    List<String> keys = shards.stream()
        .flatMap(shard -> Stream.of(LedgerKeys.outbox(shard), LedgerKeys.undelivered(shard)))
        .toList();
    return moves
        .make(OutboxScript.SCOUT, keys, List.of())
        .map(reply ->
            reply.rest().get(1).stream().map(at -> shards.get(at.toInteger())).toList())
        .recover(failure -> failure instanceof LedgerUnavailable unavailable
                && !unavailable.word().isEmpty() // of one of many, or for being many
            ? Future.succeededFuture(shards)
            : Future.failedFuture(failure));
  }

  @Override
  public Future<Optional<Notice>> claim(PaymentId id, long leaseMillis) {
    LedgerKeys keys = LedgerKeys.of(id);
    return moves
        .make(
            OutboxScript.TAKE,
            List.of(keys.notice(), keys.outbox(), keys.payment(), keys.ended()),
            List.of(id.toString(), leaseMillis, UUID.randomUUID().toString(), keepMillis))
        .map(reply -> reply.word() == OnTake.TAKEN
            ? Optional.of(reader.read(id, reply.rest()))
            : Optional.empty());
  }

  @Override
  public Future<Boolean> delivered(Notice notice, String event) {
    LedgerKeys keys = LedgerKeys.of(notice.id());
    return moves
        .make(
            OutboxScript.DELIVER,
            ends(keys),
            List.of(notice.id().toString(), notice.number(), notice.uuid(), line(event)))
        .map(reply -> reply.word() == OnEnd.MORE);
  }

  @Override
  public Future<Void> again(Notice notice, long pauseMillis, String why) {
    LedgerKeys keys = LedgerKeys.of(notice.id());
    return moves
        .make(
            OutboxScript.AGAIN,
            List.of(keys.notice(), keys.outbox(), LedgerKeys.failing(keys.shard())),
            List.of(
                notice.id().toString(),
                notice.uuid(),
                pauseMillis,
                why,
                notice.tries().sinceMillis()))
        .mapEmpty();
  }

  @Override
  public Future<Void> postpone(Notice notice, long pauseMillis) {
    return again(notice, pauseMillis, "");
  }

  @Override
  public Future<Boolean> giveUp(Notice notice, String why, String event) {
    LedgerKeys keys = LedgerKeys.of(notice.id());
    return moves
        .make(
            OutboxScript.FORGO,
            ends(keys),
            List.of(notice.id().toString(), notice.number(), notice.uuid(), why, line(event)))
        .map(reply -> reply.word() == OnEnd.MORE);
  }

  private static List<String> ends(LedgerKeys keys) {
    return List.of(
        keys.notice(),
        keys.outbox(),
        LedgerKeys.undelivered(keys.shard()),
        LedgerKeys.failing(keys.shard()),
        keys.payment(),
        keys.ended());
  }

  @Override
  public Future<UndeliveredPage> undelivered(Cursor from, int most) {
    return new UndeliveredPages(moves, reader).page(from, most);
  }

  @Override
  public Future<Redelivery> redeliver(PaymentId id, String event) {
    LedgerKeys keys = LedgerKeys.of(id);
    return moves
        .make(
            OutboxScript.REVIVE,
            List.of(
                keys.notice(),
                keys.outbox(),
                LedgerKeys.undelivered(keys.shard()),
                keys.payment(),
                keys.ended()),
            List.of(id.toString(), keepMillis, line(event)))
        .map(reply -> switch (reply.word()) {
          case DUE -> Redelivery.DUE;
          case PENDING -> Redelivery.PENDING;
          case NOTHING -> Redelivery.UNKNOWN;
        });
  }

  private String line(String event) {
    return ScriptArgs.line(event, abilities);
  }
}
