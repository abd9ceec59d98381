package io.payonce.ledger.redis;

import io.payonce.ledger.BeginResult;
import io.payonce.ledger.Claim;
import io.payonce.ledger.Claim.Claimed;
import io.payonce.ledger.CloseResult;
import io.payonce.ledger.Contradiction;
import io.payonce.ledger.Deferral;
import io.payonce.ledger.Dependence;
import io.payonce.ledger.EndListener;
import io.payonce.ledger.Inquiry;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.NewPayment;
import io.payonce.ledger.OrderStanding;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Settlement;
import io.payonce.ledger.Tombstone;
import io.payonce.ledger.UnreadableRecord;
import io.payonce.ledger.redis.LedgerScript.OnDefer;
import io.payonce.ledger.redis.LedgerScript.OnGiveback;
import io.payonce.ledger.redis.LedgerScript.OnIntent;
import io.payonce.ledger.redis.LedgerScript.OnQuarantine;
import io.payonce.ledger.redis.LedgerScript.OnShut;
import io.payonce.ledger.sealing.Fingerprints;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.Abilities;
import io.payonce.model.Ability;
import io.payonce.model.Account;
import io.payonce.model.ClosedPage;
import io.payonce.model.Intent;
import io.payonce.model.Lease;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;
import io.payonce.model.Reply;
import io.payonce.model.Shards;
import io.payonce.recovery.PlatformId;
import io.payonce.recovery.Stage;
import io.payonce.redis.RedisLane;
import io.payonce.validation.RequestRules;
import io.payonce.validation.TipLocks;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the ledger in Redis: each move one script, timed by Redis' clock. A negative answer is
 * given only when as many replicas have it as the settings ask for. One for each event loop; not
 * thread-safe.
 */
public final class RedisLedger extends Intent.Mint implements Ledger {
  private static final Logger LOG = LoggerFactory.getLogger(RedisLedger.class);

  /** A cause that passes by itself gets two more chances; more would only fill the log. */
  public static final int MOST_FAILURES = 3;

  /** At half, the three tries fit into one hiccup; at double, an operator is asked late. */
  public static final long SOON_MILLIS = 5000;

  /** Seldom enough to cost nothing, often enough for a program that has learnt to read it. */
  public static final long SELDOM_MILLIS = 3_600_000;

  /**
   * One question in so long for an order: at half, hasty callers make it two; at double, they wait.
   */
  public static final long INQUIRY_PAUSE_MILLIS = 3000;

  /** A page lives for half an hour. At half, a long one is closed under the wrong key. */
  static final long SESSION_MILLIS = 7_200_000;

  /** What {@code due} reads at a time; at double, it holds Redis up for half a millisecond. */
  static final int MOST_A_LOOK = 400;

  /** Operations whose outcome is found by asking, between blanks. */
  private static final String ASKED_ABOUT = Operation.known().stream()
      .filter(each -> each.doubt() != Operation.Doubt.REPEAT)
      .map(Operation::label)
      .collect(Collectors.joining(" ", " ", " "));

  private final ScriptRunner moves;
  private final Sealer sealer;
  private final LedgerSettings settings;
  private final LocalClock timing;
  private final RedisClock clock;
  private final SettlementWriter closing;
  private final RecordLookup lookup;
  private final Canary.Glances glances;
  private final Abilities abilities;

  /** @param abilities what all pods can read: only that is written */
  public RedisLedger(
      RedisLane lane,
      Sealer sealer,
      LedgerSettings settings,
      LocalClock timing,
      Abilities abilities) {
    this(lane, sealer, settings, timing, abilities, EndListener.NONE);
  }

  /** @param ends is given what is ended by this one */
  public RedisLedger(
      RedisLane lane,
      Sealer sealer,
      LedgerSettings settings,
      LocalClock timing,
      Abilities abilities,
      EndListener ends) {
    this.abilities = abilities;
    this.moves = new ScriptRunner(lane, settings);
    this.sealer = sealer;
    this.settings = settings;
    this.timing = timing;
    this.clock = new RedisClock(timing.nanos());
    this.lookup = new RecordLookup(moves, sealer, settings);
    this.glances = new Canary.Glances(moves, settings.epochs(), abilities);
    this.closing = new SettlementWriter(moves, settings, this, ends);
  }

  @Override
  public Abilities abilities() {
    return abilities;
  }

  RecordLookup lookup() {
    return lookup;
  }

  @Override
  public Future<Inquiry> inquire(PaymentId payer, String order) {
    LedgerKeys keys = LedgerKeys.of(payer);
    String lock = RequestRules.lock(payer.requestId());
    return moves
        .make(
            LedgerScript.INQUIRE,
            List.of(keys.order(lock), keys.back(order), keys.back(lock)),
            List.of(payer.requestId(), INQUIRY_PAUSE_MILLIS, settings.keepMillis()))
        .map(reply -> switch (reply.word()) {
          case ASK -> Inquiry.ASK;
          case KEPT -> Inquiry.KEPT;
          case BUSY -> Inquiry.BUSY;
          case GONE -> Inquiry.GONE;
        });
  }

  @Override
  public Future<Boolean> giveBack(PaymentId payer, String order, boolean asked) {
    LedgerKeys keys = LedgerKeys.of(payer);
    return moves
        .makeDurably(
            LedgerScript.GIVEBACK,
            List.of(
                keys.order(order),
                keys.order(RequestRules.lock(payer.requestId())),
                keys.back(order),
                keys.archive()),
            List.of(
                payer.requestId(),
                asked ? "1" : "0",
                settings.keepMillis(),
                ArchiveName.order(payer, order, settings.home())))
        .map(reply -> reply.word() == OnGiveback.GIVEN);
  }

  @Override
  public Future<Contradiction> contradict(
      PaymentId id, String order, boolean pays, String otherAmount, String event) {
    return closing.contradict(id, order, pays, otherAmount, event);
  }

  @Override
  public Future<Contradiction> paidAgain(PaymentId id, String order, String moved, String event) {
    return closing.contradict(id, order, false, moved, event, true);
  }

  @Override
  public Future<OrderStanding> standing(PaymentId of, String order) {
    return lookup.marked(of, order).map(OrderStanding::read);
  }

  @Override
  public Future<BeginResult> begin(NewPayment payment) {
    return begin(payment, () -> 0);
  }

  @Override
  public Future<BeginResult> begin(NewPayment payment, LongSupplier leftMillis) {
    return new BeginRetrier(
            this,
            moves,
            settings,
            timing,
            clock,
            abilities,
            sealer,
            prints(payment),
            payment,
            leftMillis)
        .pursue();
  }

  @Override
  public Future<Optional<BeginResult>> recall(NewPayment payment) {
    return lookup.recall(payment, prints(payment));
  }

  private Fingerprints prints(NewPayment payment) {
    return new Fingerprints(sealer, payment, abilities.all(Ability.PRINTS));
  }

  @Override
  public Future<CloseResult> settle(Lease lease, Settlement settlement) {
    return closing.settle(lease.payment(), lease.token(), settlement);
  }

  @Override
  public Future<CloseResult> settlePaid(PaymentRef payment, Settlement settlement) {
    return closing.settle(payment, null, settlement);
  }

  @Override
  public Future<CloseResult> release(Lease lease, Settlement settlement, Dependence on) {
    return closing.release(lease, settlement, on);
  }

  @Override
  public Future<Boolean> defer(Lease lease, Deferral deferral) {
    LedgerKeys keys = LedgerKeys.of(lease.id());
    String name = deferral.transactionId();
    List<String> names = List.of(
        keys.payment(),
        keys.due(),
        keys.attention(),
        named(keys, name),
        keys.archive(),
        keys.order(lease.order()),
        keys.back(lease.order()));
    List<Object> args = List.of(
        lease.id().toString(),
        ScriptArgs.orNone(lease.token()),
        deferral.stage().word(),
        deferral.stage().history().encode(),
        deferral.steps(),
        deferral.pauseMillis(),
        sealed(lease.id(), deferral.answerSoFar()),
        ScriptArgs.line(deferral.event(), abilities),
        lease.id().requestId(),
        ScriptArgs.orNone(name),
        keepMillis(name),
        ScriptArgs.orNone(deferral.otherAmount()),
        archived(lease.id(), name),
        isPaidOnce(lease) ? "1" : "0",
        abilities.flag(Ability.PAYERS),
        ArchiveName.order(lease.id(), lease.order(), settings.home()));
    // Who was given the name must not get "no such payment" after a failover.
    var answer = name == null || isSession(name)
        ? moves.make(LedgerScript.DEFER, names, args)
        : moves.makeDurably(LedgerScript.DEFER, names, args);
    return answer.map(reply -> reply.word() == OnDefer.DEFERRED);
  }

  @Override
  public Future<Optional<Intent>> recordIntent(
      Lease lease, Stage next, Reply answerSoFar, String transactionId, String event) {
    LedgerKeys keys = LedgerKeys.of(lease.id());
    String derived =
        next.history().generation() == 1 ? null : PlatformId.of(lease.id(), next.history());
    long stampedAtMillis = timing.wallMillis().getAsLong();
    long askedAtNanos = timing.nanos().getAsLong();
    return moves
        .makeDurably(
            LedgerScript.INTENT,
            List.of(
                keys.payment(),
                keys.due(),
                keys.attention(),
                named(keys, transactionId),
                named(keys, derived),
                keys.order(TipLocks.tail(lease.order())),
                keys.archive(),
                keys.order(lease.order())),
            List.of(
                lease.id().toString(),
                ScriptArgs.orNone(lease.token()),
                next.word(),
                next.history().encode(),
                settings.leaseMillis(),
                sealed(lease.id(), answerSoFar),
                ScriptArgs.line(event, abilities),
                lease.id().requestId(),
                ScriptArgs.orNone(transactionId),
                ScriptArgs.orNone(derived),
                settings.keepMillis(),
                timing.platformAt(lease.account(), stampedAtMillis),
                TipLocks.tailMillis(lease.order(), next.history().sendsInDoubt()),
                archived(lease.id(), transactionId),
                archived(lease.id(), derived),
                isPaidOnce(lease) ? "1" : "0"))
        .map(reply -> reply.word() == OnIntent.RECORDED
            ? Optional.of(intent(lease, stampedAtMillis, leavesBefore(askedAtNanos)))
            : Optional.empty());
  }

  /** Whether it has an order that one payment pays; a lock of anything else has a colon. */
  private boolean isPaidOnce(Lease lease) {
    return settings.onePayment(lease.id())
        && lease.order() != null
        && lease.order().indexOf(':') < 0;
  }

  @Override
  public Future<Claim> claim(PaymentId id, Map<Account, Long> putOffMillis) {
    LedgerKeys keys = LedgerKeys.of(id);
    String token = FencingToken.next();
    return moves
        .make(
            LedgerScript.CLAIM,
            List.of(keys.payment(), keys.ended(), keys.due(), keys.attention()),
            List.of(
                id.toString(),
                token,
                settings.leaseMillis(),
                settings.home().names(),
                settings.home().first(),
                settings.home().deadlineMillis(),
                settings.home().named(putOffMillis),
                ASKED_ABOUT))
        .compose(reply -> switch (reply.word()) {
          case CLAIMED -> perhapsClaimed(id, token, reply);
          case BROKEN -> broken(id, "", new UnreadableRecord(id, "it is none"));
          case FOREIGN -> {
            settings.home().meet(id, reply.text(1));
            yield Future.succeededFuture(new Claim.Nothing());
          }
          case PUT_OFF ->
            Future.succeededFuture(
                new Claim.PutOff(settings.home().whose(reply.text(1)).account()));
          case NOT_DUE, ENDED, GONE, NEWER -> Future.succeededFuture(new Claim.Nothing());
        });
  }

  @Override
  public Future<Optional<Claimed>> takeOver(PaymentId id, String event) {
    LedgerKeys keys = LedgerKeys.of(id);
    String token = FencingToken.next();
    return moves
        .make(
            LedgerScript.TAKEOVER,
            List.of(keys.payment(), keys.ended(), keys.due()),
            List.of(
                id.toString(), token, settings.leaseMillis(), ScriptArgs.line(event, abilities)))
        .map(reply -> switch (reply.word()) {
          case TAKEN -> Optional.of(claimed(id, token, reply));
          case ENDED, GONE -> Optional.empty();
          case NEWER -> throw UnreadableRecord.newer(id);
        });
  }

  @Override
  public Future<Boolean> quarantine(Lease lease, String why) {
    return quarantine(lease.id(), lease.token(), why);
  }

  private Future<Boolean> quarantine(PaymentId id, String token, String why) {
    LedgerKeys keys = LedgerKeys.of(id);
    return moves
        .make(
            LedgerScript.QUARANTINE,
            List.of(keys.payment(), keys.ended(), keys.due(), keys.attention()),
            List.of(
                id.toString(),
                token,
                MOST_FAILURES,
                SOON_MILLIS,
                SELDOM_MILLIS,
                ScriptArgs.line(why, abilities)))
        .map(reply -> reply.word() == OnQuarantine.QUARANTINED);
  }

  @Override
  public Future<Optional<Payment>> abort(PaymentId id) {
    LedgerKeys keys = LedgerKeys.of(id);
    return moves
        .makeDurably(
            LedgerScript.ABORT, List.of(keys.payment(), keys.ended()), List.of("abort asked for"))
        .compose(reply -> switch (reply.word()) {
          case NOTED -> Future.succeededFuture(Optional.of(lookup.payment(id, reply)));
          case ENDED ->
            lookup.understood(
                id, () -> lookup.onceReplicated(keys, lookup.payment(id, reply)).map(Optional::of));
          case GONE -> moves.durably(keys, Optional.empty());
        });
  }

  @Override
  public Future<Optional<ClosedPage>> shut(PaymentId page, long lookMillis, String event) {
    LedgerKeys keys = LedgerKeys.of(page);
    return moves
        .make(
            LedgerScript.SHUT,
            List.of(keys.payment(), keys.ended(), keys.due()),
            List.of(page.toString(), lookMillis, ScriptArgs.line(event, abilities)))
        .map(reply -> reply.word() == OnShut.SHUT
            ? Optional.of(RecordReader.shut(reply.text(1)))
            : Optional.empty());
  }

  @Override
  public Future<Void> expedite(PaymentId id, String event) {
    LedgerKeys keys = LedgerKeys.of(id);
    return moves
        .make(
            LedgerScript.EXPEDITE,
            List.of(keys.payment(), keys.ended(), keys.due()),
            List.of(id.toString(), ScriptArgs.line(event, abilities)))
        .mapEmpty();
  }

  @Override
  public Future<Void> safely(PaymentId id, Predicate<Payment> stands) {
    return lookup.safely(id, stands);
  }

  @Override
  public Future<Optional<Payment>> find(PaymentId id) {
    return lookup.find(id);
  }

  @Override
  public Future<Optional<String>> platformId(PaymentId id) {
    return lookup.platformId(id);
  }

  @Override
  public Future<Optional<Tombstone>> tombstone(PaymentId id) {
    return lookup.tombstone(id);
  }

  @Override
  public Future<Boolean> isUndecided(PaymentId id) {
    return lookup.isUndecided(id);
  }

  @Override
  public Future<Optional<PaymentId>> findByAlias(String owner, String name) {
    return lookup.findByAlias(owner, name);
  }

  @Override
  public Future<List<PaymentId>> due(int shard, int most) {
    int withCanary = Math.min(most + 1, MOST_A_LOOK);
    return due(shard, most, List.of(withCanary, Canary.of(shard), "-inf", ""), new ArrayList<>());
  }

  /** Those of other platforms are passed over, however many there are. */
  private Future<List<PaymentId>> due(
      int shard, int most, List<Object> from, List<PaymentId> found) {
    return moves.make(LedgerScript.DUE, List.of(LedgerKeys.due(shard)), from).compose(reply -> {
      abilities.looked(shard, reply.number(2), reply.number(3));
      settings.epochs().saw(shard, reply.number(2));
      Response members = reply.rest().get(1);
      members.stream()
          .map(Response::toString)
          .filter(member -> !Canary.is(member))
          .filter(member -> namesPayment(shard, member))
          .map(PaymentId::parse)
          .filter(id -> !settings.home().passes(id))
          .limit(most - found.size())
          .forEach(found::add);
      String score = reply.text(4);
      return score.isEmpty() || found.size() == most
          ? Future.succeededFuture(found)
          : due(
              shard,
              most,
              List.of(
                  MOST_A_LOOK,
                  Canary.of(shard),
                  score,
                  members.get(members.size() - 1).toString()),
              found);
    });
  }

  @Override
  public Future<List<Integer>> glance(List<Integer> shards) {
    return glances.at(shards).compose(seen -> {
      // Where the canary has gone, it is put up again.
      List<Future<List<PaymentId>>> bare =
          seen.bare().stream().map(shard -> due(shard, 0)).toList();
      return Future.join(bare).otherwiseEmpty().map(seen.overdue());
    });
  }

  /** A stranger's entry must not hide the payments behind it. */
  private boolean namesPayment(int shard, String member) {
    if (member.indexOf('/') < 0) {
      LOG.error("due time dropped: shard {}, {} names no payment", shard, member);
      moves.forget(LedgerKeys.due(shard), member).onFailure(failure -> {});
      return false;
    }
    return true;
  }

  @Override
  public boolean mayHaveForgotten(PaymentId id) {
    int shard = Shards.of(id.merchantId());
    return settings.epochs().asksFirst(shard, clock.nowMillis(shard));
  }

  /** Where a name that this pod's platform knows a payment by is kept. */
  String named(LedgerKeys keys, String name) {
    return keys.name(name == null ? null : settings.home().named(name));
  }

  /** The same name as the archive has it. */
  byte[] archived(PaymentId id, String name) {
    String named = name == null ? null : settings.home().named(name);
    return ArchiveName.transaction(id, named, settings.home());
  }

  @Override
  public Future<Void> rememberAlias(PaymentId id, String name) {
    LedgerKeys keys = LedgerKeys.of(id);
    return moves
        .make(
            LedgerScript.ALIAS,
            List.of(named(keys, name), keys.archive()),
            List.of(name, id.requestId(), keepMillis(name), archived(id, name)))
        .compose(done -> moves.durably(keys, null));
  }

  private static boolean isSession(String name) {
    return name != null && name.startsWith(SESSION);
  }

  private long keepMillis(String name) {
    return isSession(name)
        ? Math.min(SESSION_MILLIS, settings.keepMillis())
        : settings.keepMillis();
  }

  Intent begun(
      PaymentRef payment, Account account, String token, long stampedAtMillis, long askedAtNanos) {
    Lease lease = lease(payment, account, token);
    return intent(lease, stampedAtMillis, leavesBefore(askedAtNanos));
  }

  /** Redis counts the lease from later than we asked, so this end is the earlier one. */
  private long leavesBefore(long askedAtNanos) {
    return askedAtNanos + (settings.leaseMillis() - BeginRetrier.MARGIN_MILLIS) * 1_000_000;
  }

  private Claimed claimed(PaymentId id, String token, ScriptReply<?> reply) {
    byte[] body = InspectReply.bytes(reply.rest().get(3));
    Payment payment =
        RecordReader.read(id, reply.rest().get(2), body, reply.number(1), sealer, settings);
    return new Claimed(lease(payment.ref(), payment.account(), token), payment);
  }

  private Future<Claim> perhapsClaimed(PaymentId id, String token, ScriptReply<?> reply) {
    if (RecordReader.isForOthers(reply.rest().get(2), reply.number(1), settings)) {
      return Future.succeededFuture(new Claim.Nothing());
    }
    try {
      return Future.succeededFuture(claimed(id, token, reply));
    } catch (UnreadableRecord unreadable) {
      return broken(id, token, unreadable);
    }
  }

  private Future<Claim> broken(PaymentId id, String token, UnreadableRecord unreadable) {
    return quarantine(id, token, "cannot be read")
        .compose(quarantined -> Future.failedFuture(unreadable));
  }

  /** Empty for none: Lua has no null in its arguments. */
  byte[] sealed(PaymentId id, Reply reply) {
    return reply == null ? new byte[0] : sealer.sealReply(id, reply);
  }
}
