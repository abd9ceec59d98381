package io.payonce.ledger.journal;

import io.payonce.ledger.Cursor;
import io.payonce.ledger.journal.OutboxScript.OnLost;
import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.ledger.redis.LedgerScript;
import io.payonce.ledger.redis.ScriptRunner;
import io.payonce.model.PaymentId;
import io.payonce.model.Shards;
import io.payonce.outcome.Outbox.Undelivered;
import io.payonce.outcome.Outbox.UndeliveredPage;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Goes round the shards for what was given up, the longest-standing of a shard first. */
record UndeliveredPages(ScriptRunner moves, NoticeReader reader) {
  private static final int SINCE = 1;
  private static final int TRIES = 2;
  private static final int WHY = 3;
  private static final int URL = 4;
  private static final int SAID = 5;

  Future<UndeliveredPage> page(Cursor from, int most) {
    List<Future<Long>> sizes =
        IntStream.range(0, Shards.COUNT).mapToObj(this::size).toList();
    return Future.all(sizes).compose(counted -> {
      List<Integer> shards = IntStream.range(from.shard(), Shards.COUNT)
          .filter(shard -> sizes.get(shard).result() > 0)
          .boxed()
          .toList();
      long total = sizes.stream().mapToLong(Future::result).sum();
      return gather(shards, from, most + 1, new ArrayList<>())
          .compose(places -> page(places, most, total));
    });
  }

  private Future<Long> size(int shard) {
    String key = LedgerKeys.undelivered(shard);
    return moves
        .send(key, Request.cmd(Command.ZCOUNT).arg(moves.named(key)).arg("-inf").arg("+inf"))
        .map(Response::toLong);
  }

  private Future<List<Cursor>> gather(
      List<Integer> shards, Cursor from, int most, List<Cursor> found) {
    if (shards.isEmpty() || found.size() >= most) {
      return Future.succeededFuture(found);
    }
    int shard = shards.get(0);
    Cursor start = shard == from.shard() ? from : new Cursor(shard, 0, "");
    int wanted = Math.min(LedgerScript.MOST_A_PAGE, most - found.size());
    return moves
        .make(
            LedgerScript.PAGE,
            List.of(LedgerKeys.undelivered(shard)),
            List.of(start.score(), start.member(), wanted))
        .compose(reply -> {
          Response places = reply.rest().get(1);
          for (int i = 0; i < places.size(); i += 2) {
            found.add(new Cursor(
                shard,
                (long) Double.parseDouble(places.get(i + 1).toString()),
                places.get(i).toString()));
          }
          return places.size() < 2 * wanted
              ? gather(shards.subList(1, shards.size()), start.afterShard(), most, found)
              : gather(shards, found.get(found.size() - 1), most, found);
        });
  }

  private Future<UndeliveredPage> page(List<Cursor> places, int most, long total) {
    List<Cursor> shown = places.subList(0, Math.min(most, places.size()));
    Cursor next = places.size() > most ? shown.get(most - 1) : null;
    List<Future<Optional<Undelivered>>> looks =
        shown.stream().map(place -> look(PaymentId.parse(place.member()))).toList();
    return Future.all(looks)
        .map(all -> new UndeliveredPage(
            looks.stream().flatMap(look -> look.result().stream()).toList(), next, total));
  }

  private Future<Optional<Undelivered>> look(PaymentId id) {
    LedgerKeys keys = LedgerKeys.of(id);
    return moves
        .make(
            OutboxScript.LOST,
            List.of(keys.notice(), LedgerKeys.undelivered(keys.shard())),
            List.of(id.toString()))
        .map(reply ->
            reply.word() == OnLost.LOST ? Optional.of(read(id, reply.rest())) : Optional.empty());
  }

  private Undelivered read(PaymentId id, Response lost) {
    return new Undelivered(
        id,
        atMillis(lost.get(SAID).toBytes()),
        lost.get(SINCE) == null ? 0 : (long) Double.parseDouble(lost.get(SINCE).toString()),
        lost.get(TRIES).toInteger(),
        lost.get(WHY).toString(),
        host(reader.url(id, lost.get(URL))));
  }

  private static long atMillis(byte[] said) {
    try {
      return StoredNotice.read(said).atMillis();
    } catch (RuntimeException strange) {
      return 0;
    }
  }

  /** All that operators see of a URL: the rest may be secret. */
  private static String host(String url) {
    try {
      return url == null ? null : URI.create(url).getHost();
    } catch (IllegalArgumentException strange) {
      return null;
    }
  }
}
