package io.payonce.ledger.redis;

import io.payonce.ledger.BeginResult;
import io.payonce.ledger.Handover;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.NewPayment;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Tombstone;
import io.payonce.ledger.UnreadableRecord;
import io.payonce.ledger.Voided;
import io.payonce.ledger.redis.LedgerScript.OnBegin;
import io.payonce.ledger.sealing.Fingerprints;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.Abilities;
import io.payonce.model.Ability;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;
import io.payonce.recovery.Stage;
import io.payonce.validation.RequestRules;
import io.payonce.validation.TipLocks;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs {@code begin} and repeats it with the same token until the result is certain. Guarantee:
 * after {@code notAfter} no late duplicate of the command can begin the payment.
 *
 * <p>Example: {@code begin} times out at 0 ms although Redis ran it. At 50 ms it is repeated with
 * token T; the script finds T in the record and says BEGUN, not KNOWN. Had Redis lost it, the
 * repeat would begin it. At {@code notAfter} the script itself refuses, so a command still in a
 * buffer is harmless.
 */
public final class BeginRetrier {
  /** Between two repeats. At half, a stalled Redis gets twice the load; at double, callers wait. */
  private static final long PAUSE_MILLIS = 50;

  /** The same once it can no longer be a hiccup: who has waited for seconds can wait for that. */
  private static final long LONG_PAUSE_MILLIS = 250;

  /**
   * Of the lease that no send may use: the platform's connection takes its time, and the two clocks
   * that measure the lease drift. At half, a slow pod's send leaves while another takes over; at
   * double, a payment whose begin was slow is not sent at all but waits for its due time.
   */
  public static final long MARGIN_MILLIS = 1000;

  /**
   * Errors that a script ends with wherever it stands: without its order or its due time, what is
   * found of it is no begin.
   */
  private static final Set<String> TEARS = Set.of("NOPERM", "ERR");

  /**
   * What had no lock of its own in the first version: begun so while nobody needs that form, it
   * would let another payment of its order pass.
   */
  private static final Set<Operation> LOCKED_LATER =
      Set.of(Operation.CREATE_SESSION, Operation.TIP_ADJUST);

  private static final Logger LOG = LoggerFactory.getLogger(BeginRetrier.class);

  private final ScriptRunner moves;
  private final LedgerSettings settings;
  private final LocalClock timing;
  private final RedisClock clock;
  private final Abilities abilities;
  private final Sealer sealer;
  private final NewPayment payment;
  private final PaymentId id;
  private final LedgerKeys keys;
  private final Fingerprints prints;
  private final RedisLedger mint;
  private final LongSupplier leftMillis;

  private String tipsLock;
  private String order;
  private boolean takesOrder;
  private String token;
  private byte[] sealedBody;
  private byte[] sealedRoad;
  private long stampedAtMillis;
  private long askedAtNanos;
  private long notAfterMillis;
  private boolean mayHaveRun;
  /** A script of ours stopped half way: what it wrote is there, and the rest is not. */
  private boolean torn;

  private boolean renewed;
  private boolean followed;

  BeginRetrier(
      RedisLedger mint,
      ScriptRunner moves,
      LedgerSettings settings,
      LocalClock timing,
      RedisClock clock,
      Abilities abilities,
      Sealer sealer,
      Fingerprints prints,
      NewPayment payment,
      LongSupplier leftMillis) {
    this.leftMillis = leftMillis;
    this.mint = mint;
    this.moves = moves;
    this.settings = settings;
    this.timing = timing;
    this.clock = clock;
    this.abilities = abilities;
    this.sealer = sealer;
    this.payment = payment;
    this.id = payment.id();
    this.keys = LedgerKeys.of(id);
    this.prints = prints;
  }

  Future<BeginResult> pursue() {
    if (LOCKED_LATER.contains(payment.operation()) && !abilities.known()) {
      return unavailable("it is not known yet what all pods can read", false);
    }
    return payment.operation() == Operation.TIP_ADJUST && abilities.all(Ability.TIPS)
        ? lockTips().compose(named -> start())
        : start();
  }

  private Future<BeginResult> start() {
    return clock.knows(keys.shard()) ? ask() : moves.time(keys).compose(this::setClock);
  }

  /** An original named by its transaction has the lock of the one named by its request. */
  private Future<Void> lockTips() {
    String alias = "alias:";
    String original = settings.home().ordered(payment.order());
    return mint.lookup()
        .marked(id, original)
        .recover(failure -> Future.failedFuture(
            failure instanceof LedgerUnavailable unavailable
                ? new LedgerUnavailable(unavailable.getMessage(), false, unavailable.word())
                : failure))
        .map(named -> {
          boolean renamed = named != null && named.startsWith(alias);
          tipsLock = TipLocks.lock(renamed ? named.substring(alias.length()) : original);
          return null;
        });
  }

  private Future<BeginResult> setClock(long redisMillis) {
    clock.learn(keys.shard(), redisMillis);
    return ask();
  }

  /** Asks under a fresh token: the send's life and lease count from here. */
  private Future<BeginResult> ask() {
    token = FencingToken.next();
    order = tipsLock == null ? settings.home().ordered(payment.order()) : tipsLock;
    takesOrder = heedsLocks()
        && (payment.operation() != Operation.CREATE_SESSION || abilities.all(Ability.PAGES));
    mayHaveRun = false;
    stampedAtMillis = timing.wallMillis().getAsLong();
    // Anew each time: which key seals may have changed while Redis was silent.
    sealedBody = sealer.seal(id, "body", payment.outgoing());
    sealedRoad = RecordReader.road(id, payment.road(), sealer);
    askedAtNanos = timing.nanos().getAsLong();
    notAfterMillis = clock.nowMillis(keys.shard()) + settings.beginNotAfterMillis();
    return repeat();
  }

  private Future<BeginResult> repeat() {
    boolean last = isLate() && !isWorthWaiting();
    return moves
        .makeDurably(LedgerScript.BEGIN, keyList(), args())
        .transform(
            (reply, failure) -> failure == null ? onReply(reply, last) : silent(failure, last));
  }

  private Future<BeginResult> onReply(ScriptReply<OnBegin> reply, boolean last) {
    long now = reply.number(1);
    clock.learn(keys.shard(), now);
    return switch (reply.word()) {
      case BEGUN -> torn ? again(last) : begun(reply.number(2), last);
      case ALIAS -> follow(reply.text(2));
      case TOO_LATE -> absent();
      case KNOWN, OTHER_BODY, LATE, ORIGINAL_OPEN, ORDER_TAKEN, ORDER_PAID ->
        mayHaveRun && now <= notAfterMillis
            ? again(last)
            : mint.lookup().understood(id, () -> result(reply));
    };
  }

  private Future<BeginResult> begun(long atMillis, boolean last) {
    BeginResult begun = new BeginResult.Begun(
        mint.begun(
            new PaymentRef(id, takesOrder ? order : null, prints.written()),
            payment.account(),
            token,
            stampedAtMillis,
            askedAtNanos),
        atMillis,
        prints.written(),
        settings.epochs().asksFirst(keys.shard(), atMillis));
    return mayHaveRun
        ? moves.durably(keys, begun).recover(failure -> silent(failure, last))
        : Future.succeededFuture(begun);
  }

  /** The order goes by another name; an alias never leads to an alias. */
  private Future<BeginResult> follow(String name) {
    if (followed) {
      return Future.failedFuture(new UnreadableRecord(id, "its order is an alias of an alias"));
    }
    followed = true;
    order = name;
    return repeat();
  }

  private boolean isLate() {
    return passedMillis() > settings.beginNotAfterMillis();
  }

  /** Past the lease, what was begun is another worker's to go on with. */
  private boolean isWorthWaiting() {
    return leftMillis.getAsLong() > 0 && passedMillis() < settings.leaseMillis();
  }

  /**
   * Redis refused the begin as too late. If we were quick, our estimate of Redis' clock was wrong,
   * and this answer has set it right: it is begun once more. If we were not, it is begun once more
   * where the caller still waits.
   */
  private Future<BeginResult> absent() {
    if (isLate() ? isWorthWaiting() : !renewed) {
      renewed |= !isLate();
      return ask();
    }
    // Past the lease, it may have begun, been taken over and ended.
    return unavailable("it was too late to begin", passedMillis() >= settings.leaseMillis());
  }

  private Future<BeginResult> result(ScriptReply<OnBegin> reply) {
    return switch (reply.word()) {
      case KNOWN ->
        known(RecordReader.read(id, reply.rest().get(2), null, reply.number(1), sealer, settings));
      case OTHER_BODY -> {
        OtherRequest other = OtherRequest.read(id, reply, sealer, settings);
        yield prints.honours(other.fingerprint())
            ? repeat()
            : Future.succeededFuture(other.judged(id, sealer));
      }
      case LATE ->
        Future.succeededFuture(
            new BeginResult.Expired(Tombstone.read(id, reply.text(2), settings.home()::whose)));
      case ORIGINAL_OPEN -> Future.succeededFuture(new BeginResult.OriginalOpen());
      case ORDER_TAKEN -> Future.succeededFuture(new BeginResult.OrderTaken(reply.text(2)));
      case ORDER_PAID -> Future.succeededFuture(new BeginResult.OrderPaid(reply.text(2)));
      case BEGUN, ALIAS, TOO_LATE ->
        throw new IllegalStateException(reply.word() + " tells nothing");
    };
  }

  private Future<BeginResult> known(Payment known) {
    return mint.lookup().onceReplicated(keys, known).map(BeginResult.Known::new);
  }

  private Future<BeginResult> silent(Throwable failure, boolean last) {
    if (!(failure instanceof LedgerUnavailable unavailable)) {
      return Future.failedFuture(failure);
    }
    if (!unavailable.mayHaveRun() && !mayHaveRun) {
      return Future.failedFuture(unavailable);
    }
    mayHaveRun = true;
    torn |= TEARS.contains(unavailable.word());
    // Of each payment while Redis is silent, and that Redis is silent is said once: only for those
    // who ask.
    LOG.debug("begin retried: {}, {}", id, unavailable.getMessage());
    return again(last);
  }

  private Future<BeginResult> again(boolean last) {
    return last
        ? unavailable("the ledger kept silent to the end", true)
        : timing
            .pause()
            .apply(isLate() ? LONG_PAUSE_MILLIS : PAUSE_MILLIS)
            .compose(paused -> repeat());
  }

  private static Future<BeginResult> unavailable(String why, boolean mayHaveRun) {
    return Future.failedFuture(new LedgerUnavailable(why, mayHaveRun));
  }

  private long passedMillis() {
    return (timing.nanos().getAsLong() - askedAtNanos) / 1_000_000;
  }

  /**
   * A page that may not take its order yet, for others could not read that, makes way for those
   * that do.
   */
  private boolean heedsLocks() {
    return payment.operation() != Operation.CREATE_SESSION || settings.pagesLock();
  }

  /** What takes no order is handed none. */
  private Handover handover() {
    return takesOrder ? payment.handover() : null;
  }

  private List<String> keyList() {
    Handover from = handover();
    String original = RequestRules.originalRequestId(order);
    return List.of(
        keys.payment(),
        keys.ended(),
        keys.due(),
        keys.tomb(),
        keys.order(order),
        keys.back(order),
        from == null ? keys.payment() : LedgerKeys.of(from.page()).payment(),
        keys.order(TipLocks.tail(order)),
        keys.archive(),
        original == null ? keys.payment() : LedgerKeys.of(id.other(original)).payment());
  }

  private List<Object> args() {
    Stage first = Stage.first();
    Handover from = handover();
    Voided voided = payment.voided();
    boolean pays = settings.onePayment(id) && (payment.operation().pays() || voided != null);
    return Arrays.asList( // of many, List.of makes a copy
        id.requestId(),
        id.toString(),
        token,
        prints.accepted(),
        prints.written(),
        settings.home().of(payment.account()),
        payment.operation().stored(),
        takesOrder ? ScriptArgs.orNone(order) : "",
        sealedBody,
        payment.waitMillis(),
        settings.leaseMillis(),
        notAfterMillis,
        timing.platformAt(payment.account(), stampedAtMillis),
        pays ? "1" : "0",
        mint.abilities().flag(Ability.PAYERS),
        first.word(),
        first.history().encode(),
        ScriptArgs.line(payment.begun().encode(), abilities),
        heedsLocks() ? "1" : "0",
        payment.amount().encode(),
        ArchiveName.order(id, order, settings.home()),
        ArchiveName.of(id),
        ScriptArgs.orNone(payment.appId()),
        sealedRoad,
        prints.besides(),
        voided == null ? "" : voided.payer(),
        voided == null ? "" : voided.refund(),
        from == null ? "" : from.page().requestId(),
        from == null ? "" : from.page().toString(),
        from == null ? "" : from.history(),
        from == null ? "" : from.lookAtMillis());
  }
}
