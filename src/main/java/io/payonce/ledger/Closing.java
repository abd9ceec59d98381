package io.payonce.ledger;

import io.payonce.model.Lease;
import io.payonce.model.PaymentId;
import io.vertx.core.Future;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How payments end in Redis: "paid" by anybody's word, everything else by the lease's holder only.
 */
final class Closing {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  /**
   * How long a released payment can still be read: by callers that wait for it, and by a begin out
   * of a stalled buffer, which must find its token to know that it is a repeat. At half it would
   * do; at double it only costs memory.
   */
  static final long RELEASED_MILLIS = 3_600_000;

  private final Moves moves;
  private final LedgerSettings settings;
  private final RedisLedger ledger;

  Closing(Moves moves, LedgerSettings settings, RedisLedger ledger) {
    this.moves = moves;
    this.settings = settings;
    this.ledger = ledger;
  }

  Future<Close> settle(Lease lease, Settlement settlement) {
    Keys keys = Keys.of(lease.id());
    boolean pays =
        settlement.paysOrder() && settings.onePayment(lease.id()) && lease.order() != null;
    List<String> names = List.of(
        keys.payment(),
        keys.due(),
        keys.attention(),
        keys.tomb(),
        keys.order(lease.order()),
        ledger.named(keys, settlement.transactionId()),
        keys.back(lease.order()));
    List<Object> args = List.of(
        lease.id().requestId(),
        lease.id().toString(),
        Text.orNone(lease.fence()),
        Text.orNone(lease.order()),
        Text.orNone(lease.fingerprint()),
        settlement.outcome().word(),
        ledger.sealed(lease.id(), settlement.answer()),
        settlement.history().encode(),
        Text.orNone(settlement.transactionId()),
        Tombstone.mark(lease.id(), settlement.platformId()),
        pays ? "1" : "0",
        ledger.abilities().flag(Ability.PAYERS),
        settings.retentionMillis(),
        settings.keepMillis(),
        remembers(settlement) ? "1" : "0",
        Text.line(settlement.event(), ledger.abilities()),
        settings.home().first());
    var answer = settlement.outcome() == Outcome.PAID
        ? moves.make(Move.SETTLE, names, args)
        : moves.makeDurably(Move.SETTLE, names, args);
    return answer.compose(said -> switch (said.word()) {
      case SETTLED -> settled(lease.id(), settlement, said.text(1));
      case ALREADY -> already(lease.id());
      case CONTRADICTED -> contradicted(lease.id());
      case STALE -> Future.succeededFuture(new Close.Stale());
      case GONE -> gone(lease.id(), settlement);
      case OTHER_ORDER -> otherOrder(lease.id());
    });
  }

  private boolean remembers(Settlement settlement) {
    return settings.tombstoneMillis() > 0 && settlement.platformId() != null;
  }

  /** @param on null: on nothing */
  Future<Close> release(Lease lease, Settlement settlement, Dependence on) {
    Keys keys = Keys.of(lease.id());
    return moves
        .makeDurably(
            Move.RELEASE,
            List.of(
                keys.payment(),
                keys.due(),
                keys.attention(),
                keys.order(lease.order()),
                keys.back(lease.order()),
                on == null ? keys.payment() : Keys.of(on.original()).payment()),
            List.of(
                lease.id().requestId(),
                lease.id().toString(),
                Text.orNone(lease.fence()),
                Text.orNone(lease.order()),
                ledger.sealed(lease.id(), settlement.answer()),
                settlement.history().encode(),
                RELEASED_MILLIS,
                settings.keepMillis(),
                Text.line(settlement.event(), ledger.abilities()),
                ledger.sealed(lease.id(), on == null ? null : on.elseTold()),
                on != null && on.stops() ? "a void of it was refused before it ended" : ""))
        .compose(said -> switch (said.word()) {
          case RELEASED -> released(lease.id(), said.number(1) == 1);
          case ALREADY -> already(lease.id());
          case STALE, GONE -> Future.succeededFuture(new Close.Stale());
          case OTHER_ORDER -> otherOrder(lease.id());
        });
  }

  Future<Contradiction> contradict(
      PaymentId id, String order, boolean pays, String otherAmount, String event) {
    Keys keys = Keys.of(id);
    boolean marks = pays && settings.onePayment(id) && order != null;
    return moves
        .makeDurably(
            Move.CONTRADICT,
            List.of(
                keys.payment(),
                keys.attention(),
                keys.order(order),
                keys.back(order),
                keys.wreck()),
            List.of(
                id.requestId(),
                id.toString(),
                Text.orNone(order),
                marks ? "1" : "0",
                ledger.abilities().flag(Ability.PAYERS),
                settings.keepMillis(),
                otherAmount,
                Text.line(event, ledger.abilities())))
        .compose(said -> switch (said.word()) {
          case NOTED -> {
            LOG.error("payment {} was told otherwise, and money moved: look at it", id);
            yield Future.succeededFuture(Contradiction.NOTED);
          }
          case DECIDED -> Future.succeededFuture(Contradiction.DECIDED);
          case PAID -> Future.succeededFuture(Contradiction.NOTED);
          case UNSETTLED -> Future.succeededFuture(Contradiction.UNSETTLED);
          case OTHER_ORDER -> otherOrder(id);
        });
  }

  /** What is told otherwise than asked for is read, as what others have written. */
  private Future<Close> released(PaymentId id, boolean otherwise) {
    return otherwise ? already(id) : Future.succeededFuture(new Close.Closed());
  }

  private Future<Close> settled(PaymentId id, Settlement settlement, String former) {
    if (former.equals(Outcome.RELEASED.word())) {
      LOG.error("payment {} was told as refused for now, and is {}", id, settlement.outcome());
    }
    return Future.succeededFuture(new Close.Closed());
  }

  /** Long after its end that is nothing; before, a failover has lost the record. */
  private static Future<Close> gone(PaymentId id, Settlement settlement) {
    LOG.warn("payment {} is {}, but the ledger has no record of it", id, settlement.outcome());
    return Future.succeededFuture(new Close.Stale());
  }

  private Future<Close> contradicted(PaymentId id) {
    LOG.error("payment {} was told as unpaid, and the platform says paid: look at it", id);
    return already(id);
  }

  private Future<Close> already(PaymentId id) {
    return ledger
        .find(id)
        .map(found -> found.<Close>map(Close.Already::new).orElseGet(Close.Stale::new));
  }

  private static <T> Future<T> otherOrder(PaymentId id) {
    return Future.failedFuture(
        new IllegalArgumentException("payment " + id + " locks another order"));
  }
}
