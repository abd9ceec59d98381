package io.payonce.ledger.redis;

import io.payonce.ledger.CloseResult;
import io.payonce.ledger.Contradiction;
import io.payonce.ledger.Dependence;
import io.payonce.ledger.EndListener;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Settlement;
import io.payonce.ledger.Tombstone;
import io.payonce.ledger.UnreadableRecord;
import io.payonce.ledger.redis.LedgerScript.OnRelease;
import io.payonce.ledger.redis.LedgerScript.OnSettle;
import io.payonce.model.Ability;
import io.payonce.model.Lease;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes how a payment ends: settled, released, or contradicted. Guarantee: PAID is accepted
 * without a lease and never overwritten; every other outcome needs the lease.
 *
 * <p>Example: pod A pauses before it writes UNPAID, pod B claims the payment, finds S and settles
 * it as PAID. A wakes up and writes: the script compares the fencing tokens and returns ALREADY,
 * nothing changes. Had A written UNPAID first, B would get CONTRADICTED: the answer given stays,
 * and the payment needs review.
 */
public final class SettlementWriter {
  /** In place of what it was before: it is paid, and another of its ids was charged, too. */
  private static final String TWICE = "TWICE";

  private static final Logger LOG = LoggerFactory.getLogger(SettlementWriter.class);

  /**
   * How long a released payment can still be read: by callers that wait for it, and by a begin out
   * of a stalled buffer, which must find its token to know that it is a repeat. At half it would
   * do; at double it only costs memory.
   */
  public static final long RELEASED_MILLIS = 3_600_000;

  private final ScriptRunner moves;
  private final LedgerSettings settings;
  private final RedisLedger ledger;
  private final EndListener ends;

  SettlementWriter(
      ScriptRunner moves, LedgerSettings settings, RedisLedger ledger, EndListener ends) {
    this.ends = ends;
    this.moves = moves;
    this.settings = settings;
    this.ledger = ledger;
  }

  /** @param token of the lease that it is settled under; null without one */
  Future<CloseResult> settle(PaymentRef payment, String token, Settlement settlement) {
    PaymentId id = payment.id();
    LedgerKeys keys = LedgerKeys.of(id);
    boolean pays = settlement.paysOrder() && settings.onePayment(id) && payment.order() != null;
    List<String> names = Arrays.asList( // of many, List.of makes a copy
        keys.payment(),
        keys.ended(),
        keys.due(),
        keys.attention(),
        keys.tomb(),
        keys.order(payment.order()),
        ledger.named(keys, settlement.transactionId()),
        keys.back(payment.order()),
        keys.outcomes(),
        keys.notice(),
        keys.outbox(),
        keys.archive());
    byte[] packedId = ArchiveName.packed(Tombstone.mark(id, settlement.platformId()));
    List<Object> args = Arrays.asList(
        id.requestId(),
        id.toString(),
        ScriptArgs.orNone(token),
        ScriptArgs.orNone(payment.order()),
        ScriptArgs.orNone(payment.fingerprint()),
        settlement.outcome().word(),
        ledger.sealed(id, settlement.answer()),
        settlement.history().encode(),
        ScriptArgs.orNone(settlement.transactionId()),
        Tombstone.mark(id, settlement.platformId()),
        pays ? "1" : "0",
        ledger.abilities().flag(Ability.PAYERS),
        settings.retentionMillis(),
        settings.keepMillis(),
        remembers(settlement) ? "1" : "0",
        ScriptArgs.line(settlement.event(), ledger.abilities()),
        settings.home().first(),
        settings.journalArg(),
        settings.noticeMillis(),
        ScriptArgs.rule(settlement.event()),
        ScriptArgs.isDecision(settlement.event()) ? "1" : "0",
        packs() ? "1" : "0",
        ScriptArgs.raw(payment.fingerprint()),
        archives(id, settlement) ? settings.archiveUnitMillis() : "",
        ArchiveName.order(id, payment.order(), settings.home()),
        ArchiveName.of(id),
        ledger.archived(id, settlement.transactionId()),
        packedId);
    var answer = settlement.outcome() == Outcome.PAID
        ? moves.make(LedgerScript.SETTLE, names, args)
        : moves.makeDurably(LedgerScript.SETTLE, names, args);
    return answer.compose(reply -> switch (reply.word()) {
      case SETTLED -> settled(id, settlement, reply);
      case ALREADY -> already(id);
      case CONTRADICTED -> contradicted(id);
      case STALE -> Future.succeededFuture(new CloseResult.Stale());
      case OTHER_REQUEST -> otherRequest(id, settlement);
      case GONE -> gone(id, settlement);
      case UNREADABLE -> unreadable(id, settlement.outcome());
      case OTHER_ORDER -> otherOrder(id);
    });
  }

  /** An id that is too long for it stays with its tombstone. */
  private boolean archives(PaymentId id, Settlement settlement) {
    String mark = Tombstone.mark(id, settlement.platformId());
    return settings.keepMillis() > 0
        && (mark.isEmpty() || ArchiveName.packed(mark).length > 0)
        && ledger.abilities().all(Ability.ARCHIVE);
  }

  /** What is not kept at all cannot be kept in another form. */
  private boolean packs() {
    return settings.retentionMillis() > 0 && ledger.abilities().all(Ability.PACKED);
  }

  private boolean remembers(Settlement settlement) {
    return settings.tombstoneMillis() > 0 && settlement.platformId() != null;
  }

  /** @param on null: on nothing */
  Future<CloseResult> release(Lease lease, Settlement settlement, Dependence on) {
    LedgerKeys keys = LedgerKeys.of(lease.id());
    return moves
        .makeDurably(
            LedgerScript.RELEASE,
            List.of(
                keys.payment(),
                keys.ended(),
                keys.due(),
                keys.attention(),
                keys.order(lease.order()),
                keys.back(lease.order()),
                on == null ? keys.payment() : LedgerKeys.of(on.original()).payment(),
                keys.outcomes(),
                keys.notice(),
                keys.outbox()),
            List.of(
                lease.id().requestId(),
                lease.id().toString(),
                ScriptArgs.orNone(lease.token()),
                ScriptArgs.orNone(lease.order()),
                ledger.sealed(lease.id(), settlement.answer()),
                settlement.history().encode(),
                RELEASED_MILLIS,
                settings.keepMillis(),
                ScriptArgs.line(settlement.event(), ledger.abilities()),
                ledger.sealed(lease.id(), on == null ? null : on.otherwise()),
                on != null && on.stops() ? "a void of it was refused before it ended" : "",
                ScriptArgs.orNone(settlement.transactionId()),
                Tombstone.mark(lease.id(), settlement.platformId()),
                settings.journalArg(),
                settings.noticeMillis(),
                ScriptArgs.rule(settlement.event())))
        .compose(reply -> switch (reply.word()) {
          case RELEASED -> released(lease.id(), settlement, reply);
          case ALREADY -> already(lease.id());
          case STALE, GONE -> Future.succeededFuture(new CloseResult.Stale());
          case UNREADABLE -> unreadable(lease.id(), Outcome.RELEASED);
          case OTHER_ORDER -> otherOrder(lease.id());
        });
  }

  Future<Contradiction> contradict(
      PaymentId id, String order, boolean pays, String otherAmount, String event) {
    return contradict(id, order, pays, otherAmount, event, false);
  }

  /** @param again what is paid has been paid once more */
  Future<Contradiction> contradict(
      PaymentId id, String order, boolean pays, String otherAmount, String event, boolean again) {
    LedgerKeys keys = LedgerKeys.of(id);
    boolean marks = pays && settings.onePayment(id) && order != null;
    return moves
        .makeDurably(
            LedgerScript.CONTRADICT,
            List.of(
                keys.payment(),
                keys.ended(),
                keys.attention(),
                keys.order(order),
                keys.back(order),
                keys.wreck(),
                keys.outcomes(),
                keys.archive(),
                keys.tomb()),
            List.of(
                id.requestId(),
                id.toString(),
                ScriptArgs.orNone(order),
                marks ? "1" : "0",
                ledger.abilities().flag(Ability.PAYERS),
                settings.keepMillis(),
                otherAmount,
                ScriptArgs.line(event, ledger.abilities()),
                settings.journalArg(),
                ScriptArgs.rule(event),
                again ? "1" : "0",
                settings.home().first(),
                ArchiveName.order(id, order, settings.home()),
                ArchiveName.of(id)))
        .compose(reply -> switch (reply.word()) {
          case NOTED -> {
            LOG.error(
                again
                    ? "paid twice: {}, the platform charged another of its ids, too; needs review"
                    : "answer contradicted: {}, money moved that was answered otherwise; needs review",
                id);
            yield Future.succeededFuture(Contradiction.NOTED);
          }
          case DECIDED -> Future.succeededFuture(Contradiction.DECIDED);
          case KNOWN, PAID -> Future.succeededFuture(Contradiction.NOTED);
          case UNSETTLED -> Future.succeededFuture(Contradiction.UNSETTLED);
          case UNREADABLE -> unreadable(id, Outcome.PAID);
          case OTHER_ORDER -> otherOrder(id);
        });
  }

  /** What ended otherwise than asked for is read, as what others have written. */
  private Future<CloseResult> released(
      PaymentId id, Settlement settlement, ScriptReply<OnRelease> reply) {
    int sends = settlement.history().sends();
    ends.ended(id, () -> FixedFields.end(Outcome.RELEASED, sends, reply, 3));
    boolean otherwise = reply.number(1) == 1;
    return otherwise ? already(id) : Future.succeededFuture(new CloseResult.Closed());
  }

  private Future<CloseResult> settled(
      PaymentId id, Settlement settlement, ScriptReply<OnSettle> reply) {
    int sends = settlement.history().sends();
    ends.ended(id, () -> FixedFields.end(settlement.outcome(), sends, reply, 3));
    String former = reply.text(1);
    if (former.equals(TWICE)) {
      LOG.error("paid twice: {}, the platform charged another of its ids, too; needs review", id);
    }
    if (former.equals(Outcome.RELEASED.word())) {
      LOG.error(
          "answer contradicted: {}, answered refused for now, then {}", id, settlement.outcome());
    }
    return Future.succeededFuture(new CloseResult.Closed());
  }

  /** Long after its end that is nothing; before, a failover has lost the record. */
  private static Future<CloseResult> gone(PaymentId id, Settlement settlement) {
    LOG.warn("record missing: {}, settled as {}", id, settlement.outcome());
    return Future.succeededFuture(new CloseResult.Stale());
  }

  /** A failover has lost the record, and its id has been begun with again. */
  private static Future<CloseResult> otherRequest(PaymentId id, Settlement settlement) {
    if (settlement.outcome() == Outcome.PAID) {
      LOG.error(
          "record missing: {}, PAID, and its id is another request's by now; needs review", id);
    }
    return Future.succeededFuture(new CloseResult.Stale());
  }

  private Future<CloseResult> contradicted(PaymentId id) {
    LOG.error("answer contradicted: {}, answered UNPAID, platform reports PAID; needs review", id);
    return already(id);
  }

  private Future<CloseResult> already(PaymentId id) {
    return ledger
        .find(id)
        .map(found ->
            found.<CloseResult>map(CloseResult.Already::new).orElseGet(CloseResult.Stale::new));
  }

  /** How it stands is unknown; that it is paid is written beside it. */
  private static <T> Future<T> unreadable(PaymentId id, Outcome outcome) {
    UnreadableRecord unreadable = new UnreadableRecord(id, "it does not say what it is");
    if (outcome == Outcome.PAID) {
      LOG.error("{}; the platform reports PAID; needs review", unreadable.getMessage());
    }
    return Future.failedFuture(unreadable);
  }

  private static <T> Future<T> otherOrder(PaymentId id) {
    return Future.failedFuture(
        new IllegalArgumentException("payment " + id + " locks another order"));
  }
}
