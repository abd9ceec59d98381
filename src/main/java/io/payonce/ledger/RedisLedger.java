package io.payonce.ledger;

import io.payonce.ledger.Move.OnAside;
import io.payonce.ledger.Move.OnAttempt;
import io.payonce.ledger.Move.OnDefer;
import io.payonce.ledger.Move.OnFind;
import io.payonce.ledger.Move.OnGiveback;
import io.payonce.ledger.Move.OnShut;
import io.payonce.model.Intent;
import io.payonce.model.Lease;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import io.payonce.model.Shut;
import io.payonce.redis.RedisLane;
import io.payonce.rule.Door;
import io.payonce.rule.PlatformId;
import io.payonce.rule.Stage;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger in Redis: each move one script, timed by Redis' clock. What is negative is told only
 * when as many replicas have it as the settings ask for. One for each event loop; not thread-safe.
 */
public final class RedisLedger extends Intent.Mint implements Ledger {
  private static final Logger LOG = LoggerFactory.getLogger(RedisLedger.class);

  /** A cause that passes by itself gets two more chances; more would only fill the log. */
  static final int MOST_FAILURES = 3;

  /** At half, the three tries fit into one hiccup; at double, a person hears of it late. */
  static final long SOON_MILLIS = 5000;

  /** Seldom enough to cost nothing, often enough for a program that has learnt to read it. */
  static final long SELDOM_MILLIS = 3_600_000;

  /**
   * One question in so long for an order: at half, hasty callers make it two; at double, they wait.
   */
  static final long INQUIRY_PAUSE_MILLIS = 3000;

  /** What stands at a name; {@code settle} and {@code begin} know it too. */
  private static final String ALIAS = "alias:req:";

  private final Moves moves;
  private final Sealer sealer;
  private final LedgerSettings settings;
  private final Timing timing;
  private final RedisClock clock;
  private final Closing closing;
  private final Abilities abilities;

  /** @param abilities what all pods can read: only that is written */
  public RedisLedger(
      RedisLane lane, Sealer sealer, LedgerSettings settings, Timing timing, Abilities abilities) {
    this.abilities = abilities;
    this.moves = new Moves(lane, settings);
    this.sealer = sealer;
    this.settings = settings;
    this.timing = timing;
    this.clock = new RedisClock(timing.nanos());
    this.closing = new Closing(moves, settings, this);
  }

  @Override
  public Abilities abilities() {
    return abilities;
  }

  @Override
  public Future<Inquiry> inquire(PaymentId payer, String order) {
    Keys keys = Keys.of(payer);
    return moves
        .make(
            Move.INQUIRE,
            List.of(keys.order(Door.lock(payer.requestId())), keys.back(order)),
            List.of(payer.requestId(), INQUIRY_PAUSE_MILLIS, settings.keepMillis()))
        .map(said -> switch (said.word()) {
          case ASK -> Inquiry.ASK;
          case KEPT -> Inquiry.KEPT;
          case BUSY -> Inquiry.BUSY;
        });
  }

  @Override
  public Future<Boolean> giveBack(PaymentId payer, String order, boolean asked) {
    Keys keys = Keys.of(payer);
    return moves
        .makeDurably(
            Move.GIVEBACK,
            List.of(keys.order(order), keys.order(Door.lock(payer.requestId())), keys.back(order)),
            List.of(payer.requestId(), asked ? "1" : "0", settings.keepMillis()))
        .map(said -> said.word() == OnGiveback.GIVEN);
  }

  @Override
  public Future<Contradiction> contradict(
      PaymentId id, String order, boolean pays, String otherAmount, String event) {
    return closing.contradict(id, order, pays, otherAmount, event);
  }

  @Override
  public Future<Standing> standing(PaymentId of, String order) {
    return moves.get(Keys.of(of).order(order)).map(Standing::read);
  }

  @Override
  public Future<Begin> begin(NewPayment payment) {
    return begin(payment, () -> 0);
  }

  @Override
  public Future<Begin> begin(NewPayment payment, LongSupplier leftMillis) {
    return new Beginning(
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
  public Future<Optional<Begin>> recall(NewPayment payment) {
    return recall(payment, prints(payment));
  }

  private Future<Optional<Begin>> recall(NewPayment payment, Prints prints) {
    PaymentId id = payment.id();
    Keys keys = Keys.of(id);
    return moves
        .make(Move.RECALL, List.of(keys.payment(), keys.tomb()), List.of(prints.accepted()))
        .compose(said -> switch (said.word()) {
          case KNOWN -> tell(keys, payment(id, said)).map(p -> Optional.of(new Begin.Known(p)));
          case OTHER_BODY -> {
            Other other = Other.read(id, said, sealer, settings);
            yield prints.honours(other.fingerprint())
                ? recall(payment, prints)
                : Future.succeededFuture(Optional.of(other.judged(id, sealer)));
          }
          case LATE ->
            Future.succeededFuture(
                Optional.of(new Begin.Late(Tombstone.read(id, said.text(1), settings.home()))));
          case GONE -> moves.durably(keys, Optional.empty());
        });
  }

  private Prints prints(NewPayment payment) {
    return new Prints(sealer, payment, abilities.all(Ability.PRINTS));
  }

  @Override
  public Future<Close> settle(Lease lease, Settlement settlement) {
    return closing.settle(lease, settlement);
  }

  @Override
  public Future<Close> release(Lease lease, Settlement settlement) {
    return closing.release(lease, settlement, null);
  }

  @Override
  public Future<Close> release(Lease lease, Settlement settlement, Dependence on) {
    return closing.release(lease, settlement, on);
  }

  @Override
  public Future<Boolean> defer(Lease lease, Deferral deferral) {
    Keys keys = Keys.of(lease.id());
    String name = deferral.transactionId();
    List<String> names = List.of(keys.payment(), keys.due(), keys.attention(), named(keys, name));
    List<Object> args = List.of(
        lease.id().toString(),
        Text.orNone(lease.fence()),
        deferral.stage().word(),
        deferral.stage().history().encode(),
        deferral.steps(),
        deferral.pauseMillis(),
        sealed(lease.id(), deferral.answerSoFar()),
        Text.line(deferral.event(), abilities),
        lease.id().requestId(),
        Text.orNone(name),
        settings.keepMillis(),
        Text.orNone(deferral.otherAmount()));
    // Who has heard the name must not be told, after a failover, that there is no such payment.
    var answer = name == null
        ? moves.make(Move.DEFER, names, args)
        : moves.makeDurably(Move.DEFER, names, args);
    return answer.map(said -> said.word() == OnDefer.DEFERRED);
  }

  @Override
  public Future<Optional<Intent>> attempt(
      Lease lease, Stage next, Reply answerSoFar, String transactionId, String event) {
    Keys keys = Keys.of(lease.id());
    String derived =
        next.history().attempt() == 1 ? null : PlatformId.of(lease.id(), next.history());
    long stampedAtMillis = timing.wallMillis().getAsLong();
    long askedAtNanos = timing.nanos().getAsLong();
    return moves
        .makeDurably(
            Move.ATTEMPT,
            List.of(
                keys.payment(),
                keys.due(),
                keys.attention(),
                named(keys, transactionId),
                named(keys, derived),
                keys.order(Tips.tail(lease.order()))),
            List.of(
                lease.id().toString(),
                Text.orNone(lease.fence()),
                next.word(),
                next.history().encode(),
                settings.leaseMillis(),
                sealed(lease.id(), answerSoFar),
                Text.line(event, abilities),
                lease.id().requestId(),
                Text.orNone(transactionId),
                Text.orNone(derived),
                settings.keepMillis(),
                timing.platformAt().applyAsLong(stampedAtMillis),
                Tips.tailMillis(lease.order(), next)))
        .map(said -> said.word() == OnAttempt.ATTEMPTED
            ? Optional.of(intent(lease, stampedAtMillis, leavesBefore(askedAtNanos)))
            : Optional.empty());
  }

  @Override
  public Future<Optional<Claimed>> claim(PaymentId id) {
    Keys keys = Keys.of(id);
    String fence = Fence.next();
    return moves
        .make(
            Move.CLAIM,
            List.of(keys.payment(), keys.due(), keys.attention()),
            List.of(
                id.toString(),
                fence,
                settings.leaseMillis(),
                settings.home().own(),
                settings.home().first(),
                settings.home().deadlineMillis()))
        .compose(said -> switch (said.word()) {
          case CLAIMED -> claimed(id, fence, said);
          case BROKEN ->
            broken(new Lease(id, null, "", null), new UnreadableRecord(id, "it is none"));
          case FOREIGN -> {
            settings.home().meet(id, said.text(1));
            yield Future.succeededFuture(Optional.empty());
          }
          case NOT_DUE, ENDED, GONE, NEWER -> Future.succeededFuture(Optional.empty());
        });
  }

  @Override
  public Future<Optional<Claimed>> takeOver(PaymentId id, String event) {
    return new RedisDesk(moves, sealer, settings, abilities).takeOver(id, event);
  }

  @Override
  public Future<Boolean> setAside(Lease lease, String why) {
    Keys keys = Keys.of(lease.id());
    return moves
        .make(
            Move.ASIDE,
            List.of(keys.payment(), keys.due(), keys.attention()),
            List.of(
                lease.id().toString(),
                lease.fence(),
                MOST_FAILURES,
                SOON_MILLIS,
                SELDOM_MILLIS,
                Text.line(why, abilities)))
        .map(said -> said.word() == OnAside.ASIDE);
  }

  @Override
  public Future<Optional<Payment>> abort(PaymentId id) {
    Keys keys = Keys.of(id);
    return moves
        .makeDurably(Move.ABORT, List.of(keys.payment()), List.of("abort asked for"))
        .compose(said -> switch (said.word()) {
          case NOTED -> Future.succeededFuture(Optional.of(payment(id, said)));
          case ENDED -> tell(keys, payment(id, said)).map(Optional::of);
          case GONE -> moves.durably(keys, Optional.empty());
        });
  }

  @Override
  public Future<Optional<Shut>> shut(PaymentId page, long lookMillis, String event) {
    Keys keys = Keys.of(page);
    return moves
        .make(
            Move.SHUT,
            List.of(keys.payment(), keys.due()),
            List.of(page.toString(), lookMillis, Text.line(event, abilities)))
        .map(said ->
            said.word() == OnShut.SHUT ? Optional.of(Row.shut(said.text(1))) : Optional.empty());
  }

  @Override
  public Future<Void> hurry(PaymentId id, String event) {
    Keys keys = Keys.of(id);
    return moves
        .make(
            Move.HURRY,
            List.of(keys.payment(), keys.due()),
            List.of(id.toString(), Text.line(event, abilities)))
        .mapEmpty();
  }

  @Override
  public Future<Optional<Payment>> find(PaymentId id) {
    Keys keys = Keys.of(id);
    return look(keys).compose(said -> switch (said.word()) {
      case FOUND -> tell(keys, payment(id, said)).map(Optional::of);
      case LATE, GONE -> moves.durably(keys, Optional.empty());
    });
  }

  @Override
  public Future<Optional<String>> platformId(PaymentId id) {
    Keys keys = Keys.of(id);
    return look(keys).compose(said -> switch (said.word()) {
      case FOUND -> Future.succeededFuture(Optional.of(payment(id, said).platformId()));
      case LATE ->
        Future.succeededFuture(
            Optional.of(Tombstone.read(id, said.text(1), settings.home()).platformId()));
      case GONE -> moves.durably(keys, Optional.empty());
    });
  }

  @Override
  public boolean mayHaveForgotten(PaymentId id) {
    int shard = Keys.of(id).shard();
    return settings.epochs().asksFirst(shard, clock.nowMillis(shard));
  }

  @Override
  public Future<Optional<Tombstone>> tombstone(PaymentId id) {
    Keys keys = Keys.of(id);
    return look(keys).compose(said -> switch (said.word()) {
      case FOUND -> Future.succeededFuture(Optional.empty());
      case LATE ->
        Future.succeededFuture(Optional.of(Tombstone.read(id, said.text(1), settings.home())));
      case GONE -> moves.durably(keys, Optional.empty());
    });
  }

  @Override
  public Future<Boolean> isUndecided(PaymentId id) {
    Keys keys = Keys.of(id);
    String wreck = keys.wreck();
    return moves
        .send(
            wreck, Request.cmd(Command.HMGET).arg(moves.named(wreck)).arg("oa").arg("od"))
        .compose(left -> isUndecided(left.get(0), left.get(1))
            ? Future.succeededFuture(true)
            : moves.durably(keys, false));
  }

  private static boolean isUndecided(Response moved, Response decided) {
    return moved != null && (decided == null || !moved.toString().equals(decided.toString()));
  }

  /** Where a name that this pod's platform knows a payment by is kept. */
  String named(Keys keys, String name) {
    return keys.name(name == null ? null : settings.home().named(name));
  }

  private Future<Said<OnFind>> look(Keys keys) {
    return moves.make(Move.FIND, List.of(keys.payment(), keys.tomb()), List.of());
  }

  @Override
  public Future<Void> name(PaymentId id, String name) {
    Keys keys = Keys.of(id);
    return moves
        .put(named(keys, name), ALIAS + id.requestId(), settings.keepMillis())
        .compose(done -> moves.durably(keys, null));
  }

  @Override
  public Future<Optional<PaymentId>> findByName(String owner, String name) {
    Keys keys = Keys.of(new PaymentId(owner, ""));
    return moves
        .get(named(keys, name))
        .map(value -> value != null && value.startsWith(ALIAS)
            ? Optional.of(new PaymentId(owner, value.substring(ALIAS.length())))
            : Optional.empty());
  }

  @Override
  public Future<List<PaymentId>> due(int shard, int most) {
    int passed = settings.home().met(shard);
    return moves
        .make(Move.DUE, List.of(Keys.due(shard)), List.of(most + passed + 1, Canary.of(shard)))
        .map(said -> {
          abilities.looked(shard, said.number(2), said.number(3));
          return said.rest().get(1).stream()
              .map(Response::toString)
              .filter(member -> !Canary.is(member))
              .filter(member -> namesPayment(shard, member))
              .map(PaymentId::parse)
              .filter(id -> !settings.home().passes(id))
              .limit(most)
              .toList();
        });
  }

  /** A stranger's entry must not hide the payments behind it. */
  private boolean namesPayment(int shard, String member) {
    if (member.indexOf('/') < 0) {
      LOG.error("the due set of shard {} held {}, which names no payment", shard, member);
      moves.forget(Keys.due(shard), member).onFailure(away -> {});
      return false;
    }
    return true;
  }

  /** What is negative is told only when it cannot be lost any more. */
  Future<Payment> tell(Keys keys, Payment payment) {
    return payment.isEnded() && payment.outcome() != Outcome.PAID
        ? moves.durably(keys, payment)
        : Future.succeededFuture(payment);
  }

  Intent begun(Lease lease, long stampedAtMillis, long askedAtNanos) {
    return intent(lease, stampedAtMillis, leavesBefore(askedAtNanos));
  }

  /** Redis counts the lease from later than we asked, so this end is the earlier one. */
  private long leavesBefore(long askedAtNanos) {
    return askedAtNanos + (settings.leaseMillis() - Beginning.MARGIN_MILLIS) * 1_000_000;
  }

  private Payment payment(PaymentId id, Said<?> said) {
    return Row.read(id, said.rest().get(2), null, said.number(1), sealer, settings);
  }

  private Future<Optional<Claimed>> claimed(PaymentId id, String fence, Said<?> said) {
    Response body = said.rest().get(3);
    try {
      Payment payment = Row.read(
          id,
          said.rest().get(2),
          body == null ? null : body.toBytes(),
          said.number(1),
          sealer,
          settings);
      return Future.succeededFuture(Optional.of(
          new Claimed(new Lease(id, payment.order(), fence, payment.fingerprint()), payment)));
    } catch (UnreadableRecord unreadable) {
      return broken(new Lease(id, null, fence, null), unreadable);
    }
  }

  private Future<Optional<Claimed>> broken(Lease lease, UnreadableRecord unreadable) {
    return setAside(lease, "cannot be read").compose(aside -> Future.failedFuture(unreadable));
  }

  /** Empty for none: Lua has no null in its arguments. */
  byte[] sealed(PaymentId id, Reply reply) {
    return reply == null ? new byte[0] : sealer.sealReply(id, reply);
  }
}
