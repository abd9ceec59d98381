package io.payonce.ledger.redis;

import io.payonce.ledger.BrokenRecord;
import io.payonce.ledger.Cursor;
import io.payonce.ledger.Dossier;
import io.payonce.ledger.EndListener;
import io.payonce.ledger.LedgerAdmin;
import io.payonce.ledger.LedgerAdmin.Page;
import io.payonce.ledger.OrderStanding;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.redis.LedgerScript.OnAcknowledge;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.Abilities;
import io.payonce.model.Ability;
import io.payonce.model.PaymentId;
import io.payonce.model.Shards;
import io.payonce.redis.RedisLane;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Keeps the operators' view of the ledger in Redis: it goes round the shards, each of which may
 * live on another node.
 */
public final class RedisLedgerAdmin implements LedgerAdmin {
  private final ScriptRunner moves;
  private final Sealer sealer;
  private final LedgerSettings settings;
  private final Abilities abilities;
  private final BrokenRecords broken;

  /** @param abilities what all pods can read: only that is written */
  public RedisLedgerAdmin(
      RedisLane lane, Sealer sealer, LedgerSettings settings, Abilities abilities) {
    this(lane, sealer, settings, abilities, EndListener.NONE);
  }

  /** @param ends is given what is ended by this one */
  public RedisLedgerAdmin(
      RedisLane lane,
      Sealer sealer,
      LedgerSettings settings,
      Abilities abilities,
      EndListener ends) {
    this.abilities = abilities;
    this.moves = new ScriptRunner(lane, settings);
    this.sealer = sealer;
    this.settings = settings;
    this.broken = new BrokenRecords(moves, settings, abilities, ends);
  }

  @Override
  public Future<Optional<Dossier>> inspect(PaymentId id) {
    return dossier(id, true)
        .map(dossier -> dossier.isBlank() ? Optional.empty() : Optional.of(dossier));
  }

  @Override
  public Future<Page> page(Listing listing, Cursor from, int most) {
    return sizes(listing).compose(sizes -> {
      long total = sizes.stream().mapToLong(Long::longValue).sum();
      return gather(new Search(listing, sizes, most), from, new ArrayList<>())
          .compose(places -> page(places, most, total));
    });
  }

  @Override
  public Future<Totals> totals() {
    Future<List<Long>> unresolved = sizes(Listing.UNRESOLVED);
    Future<List<Long>> attention = sizes(Listing.ATTENTION);
    return unresolved.compose(due -> attention.compose(asked -> new DoubtCount(moves, due)
        .estimate()
        .map(inDoubt -> new Totals(sum(due), sum(asked), inDoubt))));
  }

  @Override
  public Future<Boolean> acknowledge(PaymentId id, String event) {
    return acknowledge(id, null, false, event);
  }

  @Override
  public Future<Boolean> disown(PaymentId id, String order, String event) {
    return acknowledge(id, order, order != null, event);
  }

  private Future<Boolean> acknowledge(PaymentId id, String order, boolean disowns, String event) {
    LedgerKeys keys = LedgerKeys.of(id);
    return moves
        .make(
            LedgerScript.ACKNOWLEDGE,
            List.of(
                keys.payment(),
                keys.ended(),
                keys.attention(),
                keys.order(order),
                keys.wreck(),
                keys.tomb(),
                keys.outcomes(),
                keys.notice(),
                keys.outbox(),
                keys.archive()),
            List.of(
                id.requestId(),
                id.toString(),
                settings.retentionMillis(),
                settings.keepMillis(),
                disowns ? "1" : "0",
                ScriptArgs.line(event, abilities),
                settings.journalArg(),
                settings.noticeMillis(),
                ScriptArgs.rule(event),
                settings.home().first(),
                ArchiveName.order(id, order, settings.home()),
                ArchiveName.of(id)))
        .map(reply -> reply.word() == OnAcknowledge.ACKNOWLEDGED);
  }

  @Override
  public Future<BrokenRecord> salvage(PaymentId id) {
    return broken.salvage(id);
  }

  @Override
  public Future<Buried> bury(
      BrokenRecord wreck, Outcome outcome, String platformId, boolean pays, String event) {
    return broken.bury(wreck, outcome, platformId, pays, event);
  }

  @Override
  public boolean canBury() {
    return abilities.all(Ability.KEYS);
  }

  @Override
  public Future<Optional<PaymentId>> holder(PaymentId of, String order) {
    return moves
        .get(LedgerKeys.of(of).order(order)) // who only has paid it is no holder
        .map(mark -> Optional.ofNullable(OrderStanding.read(mark).holder()).map(of::other));
  }

  private Future<Dossier> dossier(PaymentId id, boolean whole) {
    LedgerKeys keys = LedgerKeys.of(id);
    return moves
        .make(
            LedgerScript.INSPECT,
            List.of(
                keys.payment(),
                keys.ended(),
                keys.due(),
                keys.attention(),
                keys.tomb(),
                keys.stray(),
                keys.wreck(),
                keys.archive()),
            List.of(id.toString(), ArchiveName.of(id)))
        .map(reply -> new InspectReply(id, reply.rest()).dossier(sealer, settings, whole));
  }

  /** The sources of a page. */
  private record Search(Listing listing, List<Long> sizes, int most) {
    Optional<Integer> nextShard(int from) {
      return IntStream.range(from, sizes.size())
          .filter(shard -> sizes.get(shard) > 0)
          .boxed()
          .findFirst();
    }
  }

  /** One place more than asked for, to know whether anything follows. */
  private Future<List<Cursor>> gather(Search search, Cursor from, List<Cursor> found) {
    Optional<Integer> shard = search.nextShard(Math.max(0, from.shard()));
    if (shard.isEmpty() || found.size() > search.most()) {
      return Future.succeededFuture(found);
    }
    Cursor start = shard.get() == from.shard() ? from : new Cursor(shard.get(), 0, "");
    int most = Math.min(LedgerScript.MOST_A_PAGE, search.most() + 1 - found.size());
    return moves
        .make(
            LedgerScript.PAGE,
            List.of(key(search.listing(), shard.get())),
            List.of(start.score(), start.member(), most))
        .compose(reply -> {
          List<Cursor> places = places(shard.get(), reply.rest().get(1));
          found.addAll(places);
          boolean whole = places.size() < most;
          return gather(search, whole ? start.afterShard() : places.get(most - 1), found);
        });
  }

  private static List<Cursor> places(int shard, Response membersAndScores) {
    List<Cursor> places = new ArrayList<>();
    for (int i = 0; i < membersAndScores.size(); i += 2) {
      long score = (long) Double.parseDouble(membersAndScores.get(i + 1).toString());
      places.add(new Cursor(shard, score, membersAndScores.get(i).toString()));
    }
    return places;
  }

  private Future<Page> page(List<Cursor> places, int most, long total) {
    List<Cursor> shown = places.subList(0, Math.min(most, places.size()));
    Cursor next = places.size() > most ? shown.get(most - 1) : null;
    List<Future<Dossier>> looks = shown.stream()
        .map(place -> dossier(PaymentId.parse(place.member()), false))
        .toList();
    return Future.all(looks).map(all -> new Page(all.list(), next, total));
  }

  private Future<List<Long>> sizes(Listing listing) {
    List<Future<Long>> sizes = IntStream.range(0, Shards.COUNT)
        .mapToObj(shard -> moves.size(key(listing, shard)))
        .toList();
    return Future.all(sizes).map(all -> all.list());
  }

  private static String key(Listing listing, int shard) {
    return switch (listing) {
      case UNRESOLVED -> LedgerKeys.due(shard);
      case ATTENTION -> LedgerKeys.attention(shard);
    };
  }

  private static long sum(List<Long> sizes) {
    return sizes.stream().mapToLong(Long::longValue).sum();
  }
}
