package io.payonce.ledger.journal;

import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.ledger.redis.ScriptRunner;
import io.payonce.model.PaymentId;
import io.payonce.model.Shards;
import io.payonce.outcome.OutcomeBatch;
import io.payonce.outcome.OutcomeCursor;
import io.payonce.outcome.OutcomeEntry;
import io.payonce.outcome.OutcomeJournal;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The journal on Redis: one stream a shard, written by the scripts that end payments.
 *
 * <p>A stream gives its entries the time of its server, and never one before its last entry's. So
 * whoever asks a server for its time, and for a stream after that, has seen all entries of that
 * stream that are older. The least of these times, less a margin, is how far the journal is read:
 * nothing older can come any more, from whichever shard.
 */
public final class RedisOutcomeJournal implements OutcomeJournal {
  /**
   * How far the clock of a replica that becomes the primary may be behind. At half, ordinary time
   * services are too coarse on some machines; at double, every outcome comes a second later.
   */
  static final long MARGIN_MILLIS = 1000;

  /**
   * Of each shard at first. Where 256 shards are equally busy, this many of each are read at once,
   * whatever is given of them: at double, that is twice the memory.
   */
  private static final int MOST_FIRST = 32;

  /** How far an operator's question goes back: ten thousand events of a shard, in fifty steps. */
  private static final int LOOK = ShardReading.MOST;

  private static final int LOOKS = 50;

  /** An order with more payments than that is read about in the journal itself. */
  private static final int MOST_OF_ORDER = 20;

  private final ScriptRunner moves;

  public RedisOutcomeJournal(ScriptRunner moves) {
    this.moves = moves;
  }

  @Override
  public Future<OutcomeBatch> read(OutcomeCursor after, int most) {
    if (most < 1 || most > MOST) {
      throw new IllegalArgumentException("not from 1 to " + MOST + ": " + most);
    }
    List<Future<Long>> clocks =
        shards().mapToObj(RedisOutcomeJournal::key).map(moves::timeAt).toList();
    List<Future<ShardReading>> streams = shards()
        .mapToObj(shard -> fill(new ShardReading(shard, first(most)), after))
        .toList();
    return Future.all(clocks)
        .compose(times -> Future.all(streams)
            .compose(all ->
                batch(new StreamMerge(after, most, times.list(), MARGIN_MILLIS, all.list()))));
  }

  @Override
  public Future<List<String>> ofOrder(PaymentId any, String order) {
    return look(any, order, "+", LOOKS, new LinkedHashSet<>());
  }

  private Future<List<String>> look(
      PaymentId any, String order, String end, int looks, Set<String> found) {
    int shard = Shards.of(any.merchantId());
    String key = key(shard);
    Request back = Request.cmd(Command.XREVRANGE)
        .arg(moves.named(key))
        .arg(end)
        .arg("-")
        .arg("COUNT")
        .arg(LOOK);
    return moves.send(key, back).compose(entries -> {
      for (Response each : entries) {
        OutcomeEntry entry = EntryReader.read(shard, each);
        if (entry.isReadable()
            && entry.id().owner().equals(any.owner())
            && order.equals(entry.facts().names().order())) {
          found.add(entry.id().requestId());
        }
      }
      if (entries.size() < LOOK || looks == 1 || found.size() >= MOST_OF_ORDER) {
        return Future.succeededFuture(List.copyOf(found));
      }
      OutcomeCursor last =
          OutcomeCursor.ofEntry(shard, entries.get(entries.size() - 1).get(0).toString());
      return look(any, order, last.lastIdBefore(), looks - 1, found);
    });
  }

  private static IntStream shards() {
    return IntStream.range(0, Shards.COUNT);
  }

  private static int first(int most) {
    return Math.min(MOST_FIRST, 1 + most / MOST_FIRST);
  }

  private static String key(int shard) {
    return LedgerKeys.outcomes(shard);
  }

  private Future<OutcomeBatch> batch(StreamMerge merge) {
    ShardReading open = merge.advance();
    if (open == null) {
      return Future.succeededFuture(merge.batch());
    }
    open.askMore();
    return fill(open, open.last()).compose(filled -> batch(merge));
  }

  private Future<ShardReading> fill(ShardReading reading, OutcomeCursor after) {
    String key = key(reading.shard());
    Request range = Request.cmd(Command.XRANGE)
        .arg(moves.named(key))
        .arg(after.firstIdAfter(reading.shard()))
        .arg("+")
        .arg("COUNT")
        .arg(reading.asks());
    return moves.send(key, range).map((Response entries) -> reading.filled(entries));
  }
}
