package io.payonce.ledger;

import io.payonce.ledger.Move.OnBegin;
import io.payonce.model.Lease;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.rule.Stage;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * One wish to begin a payment, pursued until it is certain what became of it: the same token is
 * shown again while Redis may still act on it, and nothing but "begun" counts before that is over.
 * After that a begin still on its way can no longer begin anything.
 */
final class Beginning {
  /** Between two repeats. At half, a stalled Redis gets twice the load; at double, callers wait. */
  private static final long PAUSE_MILLIS = 50;

  /** The same once it can no longer be a hiccup: who has waited for seconds can wait for that. */
  private static final long LONG_PAUSE_MILLIS = 250;

  /**
   * Of the lease that no copy may use: the platform's connection takes its time, and the two clocks
   * that measure the lease drift. At half, a slow pod's copy leaves while another takes over; at
   * double, a payment whose begin was slow is not sent at all but waits for its due time.
   */
  static final long MARGIN_MILLIS = 1000;

  /**
   * Errors that a script ends with wherever it stands: without its order or its due time, what is
   * found of it is no begin.
   */
  private static final Set<String> TEARS = Set.of("NOPERM", "ERR");

  private final Moves moves;
  private final LedgerSettings settings;
  private final Timing timing;
  private final RedisClock clock;
  private final Abilities abilities;
  private final Sealer sealer;
  private final NewPayment payment;
  private final PaymentId id;
  private final Keys keys;
  private final Prints prints;
  private final RedisLedger mint;
  private final LongSupplier leftMillis;

  private String tipsLock;
  private String order;
  private boolean takesOrder;
  private String token;
  private byte[] sealedBody;
  private long stampedAtMillis;
  private long askedAtNanos;
  private long notAfterMillis;
  private boolean mayHaveRun;
  /** A script of ours stopped half way: what it wrote is there, and the rest is not. */
  private boolean torn;

  private boolean renewed;
  private boolean followed;

  Beginning(
      RedisLedger mint,
      Moves moves,
      LedgerSettings settings,
      Timing timing,
      RedisClock clock,
      Abilities abilities,
      Sealer sealer,
      Prints prints,
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
    this.keys = Keys.of(id);
    this.prints = prints;
  }

  Future<Begin> pursue() {
    return payment.operation() == Operation.TIP_ADJUST && abilities.all(Ability.TIPS)
        ? lockTips().compose(named -> start())
        : start();
  }

  private Future<Begin> start() {
    return clock.knows(keys.shard()) ? ask() : moves.time(keys).compose(this::setClock);
  }

  /** An original named by its transaction has the lock of the one named by its request. */
  private Future<Void> lockTips() {
    String alias = "alias:";
    String original = settings.home().ordered(payment.order());
    return moves
        .get(keys.order(original))
        .recover(failure -> Future.failedFuture(
            failure instanceof LedgerAway away
                ? new LedgerAway(away.getMessage(), false, away.word())
                : failure))
        .map(named -> {
          boolean renamed = named != null && named.startsWith(alias);
          tipsLock = Tips.lock(renamed ? named.substring(alias.length()) : original);
          return null;
        });
  }

  private Future<Begin> setClock(long redisMillis) {
    clock.learn(keys.shard(), redisMillis);
    return ask();
  }

  /** Asks under a fresh token: the copy's life and lease count from here. */
  private Future<Begin> ask() {
    token = Fence.next();
    order = tipsLock == null ? settings.home().ordered(payment.order()) : tipsLock;
    takesOrder = heedsLocks()
        && (payment.operation() != Operation.CREATE_SESSION || abilities.all(Ability.PAGES));
    mayHaveRun = false;
    stampedAtMillis = timing.wallMillis().getAsLong();
    // Anew each time: which key seals may have changed while Redis was silent.
    sealedBody = sealer.seal(id, "body", payment.copy());
    askedAtNanos = timing.nanos().getAsLong();
    notAfterMillis = clock.nowMillis(keys.shard()) + settings.beginNotAfterMillis();
    return repeat();
  }

  private Future<Begin> repeat() {
    boolean last = isLate() && !isWorthWaiting();
    return moves
        .makeDurably(Move.BEGIN, keyList(), args())
        .transform((said, failure) -> failure == null ? heard(said, last) : silent(failure, last));
  }

  private Future<Begin> heard(Said<OnBegin> said, boolean last) {
    long now = said.number(1);
    clock.learn(keys.shard(), now);
    return switch (said.word()) {
      case BEGUN -> torn ? again(last) : begun(said.number(2), last);
      case ALIAS -> follow(said.text(2));
      case TOO_LATE -> absent();
      case KNOWN, OTHER_BODY, LATE, ORDER_TAKEN, ORDER_PAID ->
        mayHaveRun && now <= notAfterMillis ? again(last) : told(said);
    };
  }

  private Future<Begin> begun(long atMillis, boolean last) {
    Begin begun = new Begin.Begun(
        mint.begun(
            new Lease(id, takesOrder ? order : null, token, prints.written()),
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
  private Future<Begin> follow(String name) {
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

  /** Past the lease, what was begun is somebody else's to go on with. */
  private boolean isWorthWaiting() {
    return leftMillis.getAsLong() > 0 && passedMillis() < settings.leaseMillis();
  }

  /**
   * Nothing was begun, and nothing will be. Where we were quick it is our idea of Redis' clock that
   * was wrong, which this very answer has set right; where we were not, and the caller waits, it is
   * begun now.
   */
  private Future<Begin> absent() {
    if (isLate() ? isWorthWaiting() : !renewed) {
      renewed |= !isLate();
      return ask();
    }
    // Past the lease, it may have begun, been taken over and ended.
    return away("it was too late to begin", passedMillis() >= settings.leaseMillis());
  }

  private Future<Begin> told(Said<OnBegin> said) {
    return switch (said.word()) {
      case KNOWN -> known(Row.read(id, said.rest().get(2), null, said.number(1), sealer, settings));
      case OTHER_BODY -> {
        Other other = Other.read(id, said, sealer, settings);
        yield prints.honours(other.fingerprint())
            ? repeat()
            : Future.succeededFuture(other.judged(id, sealer));
      }
      case LATE ->
        Future.succeededFuture(new Begin.Late(Tombstone.read(id, said.text(2), settings.home())));
      case ORDER_TAKEN -> Future.succeededFuture(new Begin.OrderTaken(said.text(2)));
      case ORDER_PAID -> Future.succeededFuture(new Begin.OrderPaid(said.text(2)));
      case BEGUN, ALIAS, TOO_LATE ->
        throw new IllegalStateException(said.word() + " tells nothing");
    };
  }

  private Future<Begin> known(Payment known) {
    return mint.tell(keys, known).map(Begin.Known::new);
  }

  private Future<Begin> silent(Throwable failure, boolean last) {
    if (!(failure instanceof LedgerAway away)) {
      return Future.failedFuture(failure);
    }
    if (!away.mayHaveRun() && !mayHaveRun) {
      return Future.failedFuture(away);
    }
    mayHaveRun = true;
    torn |= TEARS.contains(away.word());
    return again(last);
  }

  private Future<Begin> again(boolean last) {
    return last
        ? away("the ledger kept silent to the end", true)
        : timing
            .pause()
            .apply(isLate() ? LONG_PAUSE_MILLIS : PAUSE_MILLIS)
            .compose(paused -> repeat());
  }

  private static Future<Begin> away(String why, boolean mayHaveRun) {
    return Future.failedFuture(new LedgerAway(why, mayHaveRun));
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
    return List.of(
        keys.payment(),
        keys.due(),
        keys.tomb(),
        keys.order(order),
        keys.back(order),
        from == null ? keys.payment() : Keys.of(from.page()).payment(),
        keys.order(Tips.tail(order)));
  }

  private List<Object> args() {
    Stage first = Stage.first();
    Handover from = handover();
    Voided voided = payment.voided();
    boolean pays = settings.onePayment(id) && (payment.operation().pays() || voided != null);
    return List.of(
        id.requestId(),
        id.toString(),
        token,
        prints.accepted(),
        prints.written(),
        prints.besides(),
        settings.home().own(),
        payment.operation().label(),
        takesOrder ? Text.orNone(order) : "",
        sealedBody,
        payment.waitMillis(),
        settings.leaseMillis(),
        notAfterMillis,
        timing.platformAt().applyAsLong(stampedAtMillis),
        pays ? "1" : "0",
        voided == null ? id.requestId() : voided.payer(),
        voided == null ? "" : voided.refund(),
        mint.abilities().flag(Ability.PAYERS),
        first.word(),
        first.history().encode(),
        Text.line(payment.begun().encode(), abilities),
        heedsLocks() ? "1" : "0",
        from == null ? "" : from.page().requestId(),
        from == null ? "" : from.page().toString(),
        from == null ? "" : from.history(),
        from == null ? 0 : from.lookAtMillis(),
        payment.amount().encode());
  }
}
