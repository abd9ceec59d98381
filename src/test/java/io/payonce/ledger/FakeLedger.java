package io.payonce.ledger;

import io.payonce.ledger.Claim.Claimed;
import io.payonce.ledger.FakeStore.Mishap;
import io.payonce.ledger.FakeStore.Row;
import io.payonce.ledger.redis.BeginRetrier;
import io.payonce.ledger.redis.BriefTimeline;
import io.payonce.ledger.redis.FencingToken;
import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.ledger.redis.RedisLedger;
import io.payonce.ledger.redis.ScriptArgs;
import io.payonce.ledger.redis.SettlementWriter;
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
import io.payonce.recovery.History;
import io.payonce.recovery.PlatformId;
import io.payonce.recovery.Stage;
import io.payonce.validation.RequestRules;
import io.payonce.validation.TipLocks;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The ledger's moves in memory and in virtual time, as {@link LedgerContract} demands them of the
 * one in Redis. Several on one store are several pods.
 */
public final class FakeLedger extends Intent.Mint implements Ledger {
  private static final String NOBODY = "-";

  /** Before the transaction's id of what was charged once more. */
  private static final String AS = " as ";

  private final FakeStore store;
  private final LedgerSettings settings;
  private final LongSupplier wallMillis;
  private final LongSupplier nanos;

  public FakeLedger(FakeStore store, LedgerSettings settings) {
    this(store, settings, store::now, () -> store.now() * 1_000_000);
  }

  public FakeLedger(
      FakeStore store, LedgerSettings settings, LongSupplier wallMillis, LongSupplier nanos) {
    this.store = store;
    this.settings = settings;
    this.wallMillis = wallMillis;
    this.nanos = nanos;
  }

  /**
   * A begin is repeated under its token when its answer is lost; so a lost answer is a begin that
   * happened and is known to have, unless every repeat is lost too.
   */
  @Override
  public Future<BeginResult> begin(NewPayment payment) {
    String token = FencingToken.next();
    return make("begin", () -> begin(payment, settings.home().ordered(payment.order()), token))
        .recover(failure -> failure instanceof LedgerUnavailable away && away.mayHaveRun()
            ? make("begin", () -> begin(payment, settings.home().ordered(payment.order()), token))
                .recover(again -> away(true))
            : Future.failedFuture(failure));
  }

  /** A token for {@link #begin(NewPayment, String, long)}. */
  public static String token() {
    return FencingToken.next();
  }

  /** One begin on its way, which comes too late after that time: then it is empty. */
  public Optional<BeginResult> begin(NewPayment payment, String token, long notAfterMillis) {
    Row row = store.row(payment.id());
    boolean repeated = row != null && row.begins.contains(token);
    boolean fresh = row == null || mayComeAgain(row) && !repeated;
    return fresh && store.now() > notAfterMillis
        ? Optional.empty()
        : Optional.of(begin(payment, settings.home().ordered(payment.order()), token));
  }

  private BeginResult begin(NewPayment payment, String order, String token) {
    PaymentId id = payment.id();
    if (payment.operation() == Operation.TIP_ADJUST && !TipLocks.isLock(order)) {
      String named = store.mark(order(id, order));
      boolean renamed = named != null && named.startsWith("alias:");
      return begin(payment, TipLocks.lock(renamed ? named.substring(6) : order), token);
    }
    String fingerprint = payment.fingerprint();
    Row row = store.row(id);
    boolean repeated = row != null && row.begins.contains(token);
    if (repeated && row.token.equals(token) && row.outcome == null) {
      return begun(row, id, token);
    }
    if (row != null && (!mayComeAgain(row) || repeated)) {
      return row.fingerprint.equals(fingerprint)
          ? new BeginResult.Known(payment(id, row, false))
          : new BeginResult.OtherBody(payment(id, row, false), null);
    }
    String tomb = store.mark(tomb(id));
    if (tomb != null) {
      Tombstone late = buried(id, tomb);
      return Tombstone.fingerprint(tomb).equals(fingerprint)
          ? new BeginResult.Expired(late)
          : new BeginResult.OtherBody(null, late);
    }
    boolean takes = payment.operation() != Operation.CREATE_SESSION || settings.pagesLock();
    String mark = order == null ? null : store.mark(order(id, order));
    if (mark != null && mark.startsWith("alias:")) {
      return begin(payment, mark.substring("alias:".length()), token);
    }
    if (isOpen(id, order, payment.operation())) {
      return new BeginResult.OriginalOpen();
    }
    OrderStanding standing = OrderStanding.read(mark);
    boolean theirs =
        standing.holder() != null && !standing.holder().equals(id.requestId()) && takes;
    if (theirs && !gives(payment.handover(), standing.holder())) {
      return new BeginResult.OrderTaken(standing.holder());
    }
    String last = lingering(store.mark(order(id, TipLocks.tail(order))));
    if (last != null) {
      return new BeginResult.OrderTaken(last);
    }
    Voided voided = payment.voided();
    String payer = voided == null ? id.requestId() : voided.payer();
    List<String> others = standing.without(payer).payers();
    if (!others.isEmpty()
        && settings.onePayment(id)
        && (payment.operation().pays() || voided != null)) {
      return new BeginResult.OrderPaid(others.get(0));
    }
    boolean itself = standing.payers().contains(id.requestId());
    if (row == null && itself && payer.equals(id.requestId())) {
      return new BeginResult.OrderPaid(payer);
    }
    if (theirs) {
      hand(payment.handover(), id);
    }
    write(payment, takes ? order : null, token, fingerprint, standing, row);
    return begun(store.row(id), id, token);
  }

  private boolean isOpen(PaymentId id, String order, Operation operation) {
    String named = RequestRules.originalRequestId(order);
    Row original = named == null ? null : store.row(id.other(named));
    return original != null
        && original.outcome == null
        && (original.otherAmount == null || operation != Operation.VOID);
  }

  private static boolean mayComeAgain(Row row) {
    return row.outcome == Outcome.RELEASED && row.otherAmount == null;
  }

  private boolean gives(Handover from, String holder) {
    Row page =
        from == null || !from.page().requestId().equals(holder) ? null : store.row(from.page());
    return page != null
        && page.outcome == null
        && page.otherAmount == null
        && (page.stage.word().equals("OPEN") || page.stage.word().equals("ATTENTION"))
        && page.history.encode().replace("a", "").equals(from.history().replace("a", ""))
        && page.shut != null
        && page.shut.successor() == null;
  }

  private void hand(Handover from, PaymentId to) {
    Row page = store.row(from.page());
    page.shut = new ClosedPage(page.shut.sinceMillis(), to.requestId());
    note(page, "closed; its order is handed to " + to.requestId());
    if (page.token.equals(NOBODY)) {
      store.due().put(from.page(), from.lookAtMillis());
    }
  }

  @Override
  public Future<Optional<BeginResult>> recall(NewPayment payment) {
    return make("recall", () -> {
      PaymentId id = payment.id();
      Row row = store.row(id);
      boolean stands = row != null && !mayComeAgain(row);
      return stands || store.mark(tomb(id)) != null
          ? Optional.of(
              begin(payment, settings.home().ordered(payment.order()), FencingToken.next()))
          : Optional.empty();
    });
  }

  private void write(
      NewPayment payment,
      String order,
      String token,
      String fingerprint,
      OrderStanding standing,
      Row former) {
    PaymentId id = payment.id();
    Row row = new Row();
    row.operation = payment.operation();
    row.order = order;
    row.was = sets() || standing.payers().isEmpty() ? "" : standing.heldBy(null).mark();
    row.voided = payment.voided();
    row.stage = Stage.first();
    row.history = History.FIRST;
    row.token = token;
    row.begins.add(token);
    row.fingerprint = fingerprint;
    row.platform = settings.home().of(payment.account());
    row.body = payment.outgoing();
    row.begunAt = store.now();
    row.intentAt = store.now();
    row.platformAhead = wallMillis.getAsLong() - store.now();
    row.wait = payment.waitMillis();
    row.amount = payment.amount();
    row.app = payment.appId() == null ? "" : payment.appId();
    row.road = payment.road();
    if (former != null) {
      row.begins.addAll(former.begins);
      row.timeline = former.timeline;
    }
    note(row, payment.begun().encode());
    store.put(id, row);
    if (order != null) {
      OrderStanding taken = (sets() ? standing : OrderStanding.FREE).heldBy(id.requestId());
      stand(order(id, order), taken);
    }
    if (payment.voided() != null
        && !payment.voided().payer().equals(payment.voided().refund())) {
      store.mark(
          voids(id, order) + payment.voided().refund(), payment.voided().payer(), Long.MAX_VALUE);
    }
    store.due().put(id, store.now() + settings.leaseMillis());
  }

  private BeginResult begun(Row row, PaymentId id, String token) {
    return new BeginResult.Begun(
        intent(lease(
            new PaymentRef(id, row.order, row.fingerprint),
            settings.home().whose(row.platform).account(),
            token)),
        row.begunAt,
        row.fingerprint,
        store.asksFirst());
  }

  @Override
  public Future<CloseResult> settle(Lease lease, Settlement settlement) {
    return make("settle", () -> settleNow(lease.payment(), lease.token(), settlement));
  }

  @Override
  public Future<CloseResult> settlePaid(PaymentRef payment, Settlement settlement) {
    return make("settle", () -> settleNow(payment, null, settlement));
  }

  private CloseResult settleNow(PaymentRef payment, String token, Settlement settlement) {
    PaymentId id = payment.id();
    Row row = store.row(id);
    boolean paid = settlement.outcome() == Outcome.PAID;
    if (row == null) {
      String tombed = store.mark(tomb(id));
      if (paid && (tombed == null || !tombed.startsWith(Outcome.PAID + " "))) {
        String answered = tombed == null ? "" : tombed.substring(0, tombed.indexOf(' '));
        if (tombed != null || isNews(payment, settlement)) {
          report("contradicted", id, null, settlement, answered, settlement.history());
        }
      }
      if (paid && settlement.paysOrder() && settings.onePayment(id) && payment.order() != null) {
        payLate(id, payment.order());
      }
      String answered = paid ? store.mark(tomb(id)) : null;
      if (answered != null && !answered.startsWith(Outcome.PAID + " ")) {
        String rest = answered.substring(answered.indexOf(' '));
        store.mark(tomb(id), Outcome.PAID + rest, settings.keepMillis());
        store.attention().putIfAbsent(id, store.now());
      }
      return new CloseResult.Stale();
    }
    if (!row.fingerprint.equals(payment.fingerprint())) {
      if (paid) {
        payLost(payment, row, settlement);
      }
      return new CloseResult.Stale();
    }
    checkOrder(payment, row);
    if (row.outcome != null && row.outcome != Outcome.RELEASED) {
      if (paid && row.outcome != Outcome.PAID) {
        if (!row.late.add(Tombstone.mark(id, settlement.platformId()))) {
          return new CloseResult.Already(payment(id, row, false));
        }
        report("contradicted", id, row, settlement, row.outcome.word(), row.history);
        note(row, settlement.event());
        store.attention().put(id, store.now());
        row.endsAt = Long.MAX_VALUE;
        if (pays(id, settlement, row)) {
          payLate(id, row.order);
        }
      }
      return new CloseResult.Already(payment(id, row, false));
    }
    if (!paid && row.outcome == Outcome.RELEASED) {
      return new CloseResult.Already(payment(id, row, false));
    }
    if (!paid && !holds(row, token)) {
      return new CloseResult.Stale();
    }
    long keep = settings.keepMillis();
    String fingerprint = row.fingerprint;
    boolean released = row.outcome == Outcome.RELEASED;
    History known = holds(row, token) ? settlement.history() : row.history;
    String second = chargedToo(row, settlement);
    String moved = row.otherAmount;
    row.otherAmount = second == null ? moved : null;
    report("settled", id, row, settlement, released ? Outcome.RELEASED.word() : "", known);
    row.otherAmount = moved;
    Long listed = store.attention().get(id);
    end(id, row, settlement.outcome(), settlement, settings.retentionMillis());
    if (second != null) {
      String paidWord = Outcome.PAID.word();
      String why = ScriptArgs.rule(settlement.event());
      journal("contradicted", id, row, paidWord, paidWord, known.encode(), second, "", why);
      store.attention().put(id, listed == null ? store.now() : listed);
      row.endsAt = Long.MAX_VALUE;
    }
    row.history = known;
    row.decided = paid || row.otherAmount == null ? row.decided : row.otherAmount;
    if (released || row.lost) {
      store.attention().putIfAbsent(id, store.now());
      row.endsAt = Long.MAX_VALUE;
    }
    if (paid && row.order != null && row.order.startsWith("req:")) {
      store.mark(done(id, row.order), String.valueOf(store.now()), keep);
    }
    String payer = unvoid(id, row, paid);
    if (pays(id, settlement, row) || row.voided != null && paid) {
      pay(id, row.order, payer, row.was);
    } else {
      free(id, row);
    }
    if (settings.tombstoneMillis() > 0 && settlement.platformId() != null) {
      store.mark(
          tomb(id),
          settlement.outcome() + " " + fingerprint + " " + settlement.platformId() + strange(row),
          keep);
    }
    if (settlement.transactionId() != null) {
      String alias = order(id, "txn:" + settings.home().named(settlement.transactionId()));
      if (("alias:req:" + id.requestId()).equals(store.mark(alias))) {
        store.unmark(alias);
      }
      named(id, settlement.transactionId());
    }
    return new CloseResult.Closed();
  }

  @Override
  public Future<Contradiction> paidAgain(PaymentId id, String order, String moved, String event) {
    return contradict(id, order, false, moved, event, true);
  }

  @Override
  public Future<Contradiction> contradict(
      PaymentId id, String order, boolean pays, String otherAmount, String event) {
    return contradict(id, order, pays, otherAmount, event, false);
  }

  private Future<Contradiction> contradict(
      PaymentId id, String order, boolean pays, String otherAmount, String event, boolean again) {
    return make("contradict", () -> {
      Row row = store.row(id);
      boolean marks = pays && settings.onePayment(id) && order != null;
      if (row != null) {
        if (!java.util.Objects.equals(row.order, order)) {
          throw new IllegalArgumentException("payment " + id + " locks another order");
        }
        if (row.outcome == null || row.outcome == Outcome.PAID && !again) {
          return row.outcome == null ? Contradiction.UNSETTLED : Contradiction.NOTED;
        }
        if (otherAmount.equals(row.decided)) {
          return Contradiction.DECIDED;
        }
        boolean known = otherAmount.equals(row.otherAmount);
        contradicted(id, row, known, otherAmount, again, event);
        row.otherAmount = otherAmount;
        row.endsAt = Long.MAX_VALUE;
        if (!known) {
          note(row, event);
        }
      } else {
        if (otherAmount.equals(store.mark(wreck(id) + " od"))) {
          return Contradiction.DECIDED;
        }
        boolean known = otherAmount.equals(store.mark(wreck(id) + " oa"));
        contradicted(id, null, known, otherAmount, again, event);
        String log = store.mark(wreck(id) + " log");
        store.mark(wreck(id) + " oa", otherAmount, settings.keepMillis());
        store.mark(wreck(id) + " or", marks ? order : "", settings.keepMillis());
        store.mark(
            wreck(id) + " log",
            (log == null ? "" : log) + (known ? "" : line(event)),
            settings.keepMillis());
      }
      store.attention().putIfAbsent(id, store.now());
      if (marks) {
        payLate(id, order);
      }
      return Contradiction.NOTED;
    });
  }

  @Override
  public Future<Boolean> isUndecided(PaymentId id) {
    return make("undecided", () -> {
      String moved = store.mark(wreck(id) + " oa");
      return moved != null && !moved.equals(store.mark(wreck(id) + " od"));
    });
  }

  private static String wreck(PaymentId id) {
    return LedgerKeys.of(id).wreck();
  }

  /**
   * What an operator does who has seen why an ended payment is listed for review.
   *
   * @param disowned the order that it has not paid, as he decided; else null
   */
  boolean acknowledge(PaymentId id, String disowned, String event) {
    Row row = store.row(id);
    if (row != null && row.outcome == null || store.attention().remove(id) == null) {
      return false;
    }
    String tombed = store.mark(tomb(id));
    String answered = row != null
        ? row.outcome.word()
        : tombed == null ? "" : tombed.substring(0, tombed.indexOf(' '));
    String word = disowned == null ? Outcome.PAID.word() : Outcome.UNPAID.word();
    String sends = row == null ? "" : row.history.encode();
    String now = answered.isEmpty() ? word : answered;
    journal("decided", id, row, now, answered, sends, "", "", ScriptArgs.rule(event));
    if (disowned != null && row != null && !row.late.isEmpty()) {
      notify("decided", id, row, answered, row.answer);
      row.late.clear();
    }
    if (row != null) {
      row.decided = row.otherAmount == null ? row.decided : row.otherAmount;
      row.otherAmount = row.outcome == Outcome.RELEASED ? null : row.otherAmount;
      note(row, event);
      if (row.endsAt == Long.MAX_VALUE) {
        row.endsAt = store.now() + settings.retentionMillis();
      }
    } else if (store.mark(wreck(id) + " oa") != null) {
      store.mark(wreck(id) + " od", store.mark(wreck(id) + " oa"), settings.keepMillis());
      store.mark(
          wreck(id) + " log", store.mark(wreck(id) + " log") + line(event), settings.keepMillis());
    }
    if (disowned != null && store.mark(order(id, disowned)) != null) {
      String key = order(id, disowned);
      stand(key, OrderStanding.read(store.mark(key)).without(id.requestId()));
    }
    return true;
  }

  private boolean pays(PaymentId id, Settlement settlement, Row row) {
    return settlement.paysOrder() && settings.onePayment(id) && row.order != null;
  }

  @Override
  public Future<CloseResult> release(Lease lease, Settlement settlement, Dependence on) {
    return make("release", () -> releaseNow(lease, settlement, on));
  }

  private CloseResult releaseNow(Lease lease, Settlement settlement, Dependence on) {
    Row row = store.row(lease.id());
    if (row == null) {
      return new CloseResult.Stale();
    }
    if (row.outcome != null) {
      return new CloseResult.Already(payment(lease.id(), row, false));
    }
    if (!holds(row, lease.token())) {
      return new CloseResult.Stale();
    }
    checkOrder(lease.payment(), row);
    Row original = on == null ? null : store.row(on.original());
    boolean open = original != null && original.outcome == null;
    long passed = store.now() - row.begunAt;
    if (!row.begins.contains(row.token) || passed >= row.wait || passed < 0) {
      Reply answer = open ? on.otherwise() : settlement.answer();
      report("released", lease.id(), row, settlement, answer, "", settlement.history());
    }
    end(lease.id(), row, Outcome.RELEASED, settlement, SettlementWriter.RELEASED_MILLIS);
    unvoid(lease.id(), row, false);
    free(lease.id(), row);
    if (!open) {
      return new CloseResult.Closed();
    }
    row.answer = on.otherwise();
    if (on.stops()) {
      original.aborted = true;
      note(original, "a void of it was refused before it ended");
    }
    return new CloseResult.Already(payment(lease.id(), row, false));
  }

  private void end(PaymentId id, Row row, Outcome outcome, Settlement settlement, long lasts) {
    note(row, settlement.event());
    row.outcome = outcome;
    row.stage = null;
    row.history = settlement.history();
    row.answer = settlement.answer();
    row.body = null;
    row.endsAt = store.now() + lasts;
    store.due().remove(id);
    if (!row.lost) {
      store.attention().remove(id);
    }
  }

  private void contradicted(
      PaymentId id, Row row, boolean known, String moved, boolean again, String event) {
    if (!known) {
      int named = again ? moved.lastIndexOf(AS) : -1;
      String stands = row == null ? "" : row.outcome.word();
      String sends = row == null ? "" : row.history.encode();
      String before = row == null ? null : row.otherAmount;
      Row with = row == null ? new Row() : row;
      with.otherAmount = moved;
      journal(
          "contradicted",
          id,
          with,
          Outcome.PAID.word(),
          stands,
          sends,
          named < 0 ? "" : moved.substring(named + AS.length()),
          "",
          ScriptArgs.rule(event));
      with.otherAmount = before;
    }
  }

  /** What the scripts' {@code report} does. */
  private void report(
      String kind, PaymentId id, Row row, Settlement end, String answered, History history) {
    report(kind, id, row, end, end.answer(), answered, history);
  }

  private void report(
      String kind,
      PaymentId id,
      Row row,
      Settlement end,
      Reply answer,
      String answered,
      History history) {
    String platformId = Tombstone.mark(id, end.platformId());
    String name = end.transactionId() == null ? "" : end.transactionId();
    String why = ScriptArgs.rule(end.event());
    String word =
        kind.equals("released") ? Outcome.RELEASED.word() : end.outcome().word();
    journal(kind, id, row, word, answered, history.encode(), name, platformId, why);
    notify(kind, id, row, word, answer);
  }

  private void journal(
      String kind,
      PaymentId id,
      Row row,
      String outcome,
      String answered,
      String history,
      String transactionId,
      String platformId,
      String why) {
    if (settings.lives().journalMillis() > 0) {
      store
          .journal()
          .add(new OutcomeLine(
              kind,
              id,
              row == null ? null : row.operation,
              row == null || row.order == null ? "" : row.order,
              row == null ? "" : row.amount.encode(),
              row == null || row.otherAmount == null ? "" : row.otherAmount.split(AS, 2)[0],
              outcome,
              answered,
              history,
              transactionId,
              platformId,
              row == null || row.platform == null ? "" : row.platform,
              row == null ? "" : row.app,
              why));
    }
  }

  private void notify(String kind, PaymentId id, Row row, String outcome, Reply answer) {
    List<NoticeLine> answered = store.notices().get(id);
    String url = row == null
        ? answered == null ? null : answered.get(0).callersUrl()
        : row.road == null ? null : row.road.callersUrl();
    if (url != null) {
      List<NoticeLine> all = store.notices().computeIfAbsent(id, first -> new ArrayList<>());
      String text = answer == null ? null : new String(answer.body(), StandardCharsets.UTF_8);
      all.replaceAll(line -> line.to(url));
      all.add(new NoticeLine(all.size() + 1, kind, outcome, text, url));
      store.outbox().putIfAbsent(id, store.now());
    }
  }

  private void free(PaymentId id, Row row) {
    String key = order(id, row.order);
    OrderStanding standing = OrderStanding.read(store.mark(key));
    if (row.order == null || !id.requestId().equals(standing.holder())) {
      if (row.order != null && row.otherAmount != null) {
        stand(key, standing.without(id.requestId()));
      }
      return;
    }
    for (String payer : OrderStanding.read(row.was).payers()) {
      standing = standing.with(payer);
    }
    stand(key, standing.heldBy(null));
  }

  private boolean sets() {
    return abilities().all(Ability.PAYERS);
  }

  private void stand(String key, OrderStanding standing) {
    if (standing.mark() == null) {
      store.unmark(key);
    } else {
      store.mark(
          key, standing.mark(), standing.holder() == null ? settings.keepMillis() : Long.MAX_VALUE);
    }
  }

  private void pay(PaymentId id, String order, String payer, String was) {
    String key = order(id, order);
    OrderStanding standing = OrderStanding.read(store.mark(key));
    boolean own = standing.holder() == null || standing.holder().equals(id.requestId());
    OrderStanding others = standing.heldBy(own || !sets() ? null : standing.holder());
    if (own) {
      List<String> merged =
          new ArrayList<>(OrderStanding.read(was).without(payer).payers());
      merged.addAll(others.payers());
      others = new OrderStanding(null, merged);
    }
    stand(key, isGone(id, order, payer) ? others : others.with(payer));
    List<String> rest = others.without(payer).payers();
    String other = own ? rest.stream().findFirst().orElse(null) : standing.holder();
    if (other != null) {
      store.attention().putIfAbsent(id, store.now());
      store.attention().putIfAbsent(id.other(other), store.now());
    }
  }

  private void payLate(PaymentId id, String order) {
    String mark = store.mark(order(id, order));
    if (sets() || mark == null || mark.equals("held:" + id.requestId())) {
      pay(id, order, id.requestId(), "");
    }
  }

  /** Of a request whose id is another one's by now. */
  private void payLost(PaymentRef payment, Row row, Settlement settlement) {
    PaymentId id = payment.id();
    if (isNews(payment, settlement)) {
      String name = settlement.transactionId() == null ? "" : settlement.transactionId();
      journal(
          "contradicted",
          id,
          null,
          Outcome.PAID.word(),
          "",
          settlement.history().encode(),
          name,
          Tombstone.mark(id, settlement.platformId()),
          ScriptArgs.rule(settlement.event()));
      note(row, "another request of this id is paid: " + name);
    }
    if (row.outcome == null) {
      row.lost = true;
      row.aborted = true;
    } else {
      row.endsAt = Long.MAX_VALUE;
    }
    store.attention().putIfAbsent(id, store.now());
    if (!settlement.paysOrder() || !settings.onePayment(id) || payment.order() == null) {
      return;
    }
    String key = order(id, payment.order());
    OrderStanding standing = OrderStanding.read(store.mark(key));
    boolean own = payment.order().equals(row.order);
    if (own && sets() && id.requestId().equals(standing.holder())) {
      stand(key, standing.with(id.requestId()));
    } else {
      payLate(id, payment.order());
    }
  }

  /** Whose payment its end stands for. */
  private String unvoid(PaymentId id, Row row, boolean done) {
    if (row.voided == null) {
      return id.requestId();
    }
    String key = voids(id, row.order) + row.voided.refund();
    if (done) {
      store.unmark(gone(id, row.order, row.voided.payer()));
      if (!row.voided.payer().equals(row.voided.refund())) {
        store.mark(key, row.voided.payer(), settings.keepMillis());
      }
    } else {
      store.unmark(key);
    }
    return row.voided.payer();
  }

  private static String gone(PaymentId id, String order, String payer) {
    return LedgerKeys.of(id).back(order) + " gone:" + payer;
  }

  private boolean isGone(PaymentId id, String order, String payer) {
    return store.mark(gone(id, order, payer)) != null;
  }

  /** What {@code settle.lua} says of another of its ids. */
  private static String chargedToo(Row row, Settlement settlement) {
    String second =
        settlement.outcome() == Outcome.PAID && !ScriptArgs.isDecision(settlement.event())
            ? ofAnother(row.otherAmount)
            : null;
    return second == null || second.equals(settlement.transactionId()) ? null : second;
  }

  private static String ofAnother(String otherAmount) {
    int as = otherAmount == null ? -1 : otherAmount.lastIndexOf(AS);
    return as < 0 ? null : otherAmount.substring(as + AS.length());
  }

  /** Of a payment that has left no trace: once for each of its ids. */
  private boolean isNews(PaymentRef payment, Settlement settlement) {
    String mark = LedgerKeys.of(payment.id()).back(payment.order()) + " told:"
        + payment.id().requestId();
    String named = String.valueOf(settlement.platformId());
    boolean news = !named.equals(store.mark(mark));
    store.mark(mark, named, settings.keepMillis());
    return news;
  }

  private static String done(PaymentId id, String lock) {
    return LedgerKeys.of(id).back(lock) + " done";
  }

  private static String voids(PaymentId id, String order) {
    return LedgerKeys.of(id).back(order) + " void:";
  }

  @Override
  public Abilities abilities() {
    return store.abilities();
  }

  @Override
  public Future<OrderStanding> standing(PaymentId of, String order) {
    return make("standing", () -> OrderStanding.read(store.mark(order(of, order))));
  }

  @Override
  public Future<Inquiry> inquire(PaymentId payer, String order) {
    return make("inquire", () -> {
      if (isGone(payer, order, payer.requestId())) {
        return Inquiry.GONE;
      }
      Inquiry why = undoing(payer, order);
      String name = LedgerKeys.of(payer).back(order) + " asked";
      long asked = time(name) > store.now() ? 0 : time(name);
      long done = time(done(payer, RequestRules.lock(payer.requestId())));
      long since = store.now() - RedisLedger.INQUIRY_PAUSE_MILLIS;
      if (why != null) {
        return why;
      } else if (asked > done && since < Math.max(asked, done)) {
        return since < done ? Inquiry.BUSY : Inquiry.KEPT;
      }
      store.mark(name, String.valueOf(store.now()), settings.keepMillis());
      return Inquiry.ASK;
    });
  }

  private long time(String name) {
    String mark = store.mark(name);
    return mark == null ? 0 : Long.parseLong(mark);
  }

  private Inquiry undoing(PaymentId payer, String order) {
    if (OrderStanding.read(store.mark(order(payer, RequestRules.lock(payer.requestId()))))
            .holder()
        != null) {
      return Inquiry.BUSY;
    }
    return store.marksAt(voids(payer, order)).contains(payer.requestId()) ? Inquiry.KEPT : null;
  }

  @Override
  public Future<Boolean> giveBack(PaymentId payer, String order, boolean asked) {
    return make("giveback", () -> {
      boolean gone = isGone(payer, order, payer.requestId());
      if (asked && !gone && undoing(payer, order) != null) {
        return false;
      }
      store.mark(gone(payer, order, payer.requestId()), "1", settings.keepMillis());
      String key = order(payer, order);
      if (store.mark(key) != null) {
        stand(key, OrderStanding.read(store.mark(key)).without(payer.requestId()));
      }
      return true;
    });
  }

  @Override
  public Future<Boolean> defer(Lease lease, Deferral deferral) {
    return make("defer", () -> deferNow(lease, deferral));
  }

  private boolean deferNow(Lease lease, Deferral deferral) {
    Row row = store.row(lease.id());
    if (isStale(row, lease)) {
      return false;
    }
    advance(lease.id(), row, deferral.stage(), deferral.answerSoFar(), deferral.event());
    row.steps = deferral.steps();
    boolean keeps = deferral.otherAmount() == null
        || ofAnother(row.otherAmount) != null && ofAnother(deferral.otherAmount()) == null;
    row.otherAmount = keeps ? row.otherAmount : deferral.otherAmount();
    boolean gaveAway = row.shut != null && row.shut.successor() != null;
    if (deferral.otherAmount() != null && gaveAway && settings.onePayment(lease.id())) {
      payLate(lease.id(), row.order);
    }
    row.failures = 0;
    row.token = NOBODY;
    named(lease.id(), deferral.transactionId());
    long pause = row.expedited ? Math.min(0, deferral.pauseMillis()) : deferral.pauseMillis();
    row.expedited = false;
    store.due().put(lease.id(), store.now() + pause);
    return true;
  }

  @Override
  public Future<Optional<Intent>> recordIntent(
      Lease lease, Stage next, Reply answerSoFar, String transactionId, String event) {
    return make("intent", () -> {
      Optional<Intent> intent = attemptNow(lease, next, answerSoFar, event);
      if (intent.isPresent()) {
        named(lease.id(), transactionId);
        named(
            lease.id(),
            next.history().generation() == 1 ? null : PlatformId.of(lease.id(), next.history()));
      }
      return intent;
    });
  }

  private Optional<Intent> attemptNow(Lease lease, Stage next, Reply answerSoFar, String event) {
    Row row = store.row(lease.id());
    if (isStale(row, lease) || row.aborted) {
      return Optional.empty();
    }
    if (isPaidBesides(lease.id(), row)) {
      row.aborted = true;
      note(row, "its order is paid by another payment: no further send");
      return Optional.empty();
    }
    advance(lease.id(), row, next, answerSoFar, event);
    row.intentAt = store.now();
    row.platformAhead = wallMillis.getAsLong() - store.now();
    store.due().put(lease.id(), store.now() + settings.leaseMillis());
    long tail = TipLocks.tailMillis(lease.order(), next.history().sendsInDoubt());
    if (tail > 0) {
      store.mark(
          order(lease.id(), TipLocks.tail(lease.order())),
          "late:" + lease.id().requestId() + " " + (store.now() + tail) + " "
              + (wallMillis.getAsLong() + tail),
          86_400_000);
    }
    return Optional.of(intent(lease));
  }

  private boolean isPaidBesides(PaymentId id, Row row) {
    boolean once = settings.onePayment(id) && row.order != null && row.order.indexOf(':') < 0;
    String payer = row.voided == null ? id.requestId() : row.voided.payer();
    return once
        && row.operation != Operation.REFUND
        && !OrderStanding.read(store.mark(order(id, row.order)))
            .without(payer)
            .payers()
            .isEmpty();
  }

  private String lingering(String mark) {
    if (mark == null || !mark.startsWith("late:")) {
      return null;
    }
    String[] parts = mark.substring(5).split(" ");
    boolean over = store.now() >= Long.parseLong(parts[1])
        && wallMillis.getAsLong() >= Long.parseLong(parts[2]);
    return over ? null : parts[0];
  }

  private void advance(PaymentId id, Row row, Stage stage, Reply answer, String event) {
    boolean before = row.stage.word().equals("ATTENTION");
    boolean after = stage.word().equals("ATTENTION");
    if (after && !before) {
      store.attention().put(id, store.now());
    } else if (!after && (before || row.failures > 0)) {
      store.attention().remove(id);
    }
    row.stage = stage;
    row.history = stage.history();
    row.answer = answer == null ? row.answer : answer;
    note(row, event);
  }

  @Override
  public Future<Claim> claim(PaymentId id, Map<Account, Long> putOffMillis) {
    return make("claim", () -> claimNow(id, putOffMillis));
  }

  private Claim claimNow(PaymentId id, Map<Account, Long> putOffMillis) {
    Row row = store.row(id);
    if (row == null || row.outcome != null) {
      store.due().remove(id);
      if (row == null) {
        store.attention().remove(id);
      }
      return new Claim.Nothing();
    }
    if (store.due().getOrDefault(id, Long.MIN_VALUE) > store.now()) {
      return new Claim.Nothing();
    }
    String stranger = settings.home().whose(row.platform).stranger();
    if (stranger != null) {
      pass(id, row, stranger);
      return new Claim.Nothing();
    }
    Account account = settings.home().whose(row.platform).account();
    Long later = putOffMillis.get(account);
    if (later != null && waits(row)) {
      if (later > 0 || !store.due().containsKey(id)) {
        store.due().put(id, store.now() + later);
      }
      return new Claim.PutOff(account);
    }
    row.expedited = false;
    return take(id, row);
  }

  private boolean waits(Row row) {
    boolean young = store.now() < row.begunAt + settings.home().deadlineMillis();
    return row.operation.doubt() != Operation.Doubt.REPEAT
        && switch (row.stage.name()) {
          case ATTENTION -> true;
          case IN_DOUBT, OPEN -> young;
          case SENDING, HELD -> false;
        };
  }

  /** What {@code claim.lua} does with what another platform was sent. */
  private void pass(PaymentId id, Row row, String stranger) {
    settings.home().meet(id, stranger);
    if (store.now() > store.due().getOrDefault(id, 0L) + settings.leaseMillis()) {
      store.due().put(id, store.now() + settings.leaseMillis());
    }
    long day = row.stage.word().equals("OPEN") ? 86_400_000 : 0;
    if (store.now() > row.begunAt + settings.home().deadlineMillis() + day) {
      store.attention().putIfAbsent(id, store.now());
    }
  }

  private Claimed take(PaymentId id, Row row) {
    row.token = FencingToken.next();
    store.due().put(id, store.now() + settings.leaseMillis());
    Payment payment = payment(id, row, true);
    return new Claimed(lease(payment.ref(), payment.account(), row.token), payment);
  }

  /** What {@link LedgerAdmin#inspect} shows of an unforgotten payment. */
  Optional<Dossier> look(PaymentId id) {
    String tomb = store.mark(tomb(id));
    if (store.row(id) == null && (tomb != null || store.attention().containsKey(id))) {
      String order = store.mark(wreck(id) + " or");
      return Optional.of(new Dossier(
          id,
          null,
          null,
          tomb == null ? null : buried(id, tomb),
          new Dossier.Left(
              null,
              store.mark(wreck(id) + " log"),
              store.mark(wreck(id) + " oa"),
              order == null || order.isEmpty() ? null : order),
          false,
          new Dossier.Times(0, store.attention().getOrDefault(id, 0L), store.now())));
    }
    return Optional.ofNullable(store.row(id))
        .map(row -> new Dossier(
            id,
            payment(id, row, true),
            null,
            null,
            Dossier.Left.NOTHING,
            !row.token.equals(NOBODY),
            new Dossier.Times(
                store.due().getOrDefault(id, 0L),
                store.attention().getOrDefault(id, 0L),
                store.now())));
  }

  @Override
  public Future<Optional<Claimed>> takeOver(PaymentId id, String event) {
    return make("takeover", () -> takeOverNow(id, event));
  }

  private Optional<Claimed> takeOverNow(PaymentId id, String event) {
    Row row = store.row(id);
    if (row == null || row.outcome != null) {
      return Optional.empty();
    }
    note(row, event);
    return Optional.of(take(id, row));
  }

  @Override
  public Future<Boolean> quarantine(Lease lease, String why) {
    return make("quarantine", () -> quarantineNow(lease, why));
  }

  private boolean quarantineNow(Lease lease, String why) {
    Row row = store.row(lease.id());
    if (isStale(row, lease)) {
      return false;
    }
    note(row, why);
    row.token = NOBODY;
    row.failures++;
    boolean aside = row.failures >= RedisLedger.MOST_FAILURES;
    store
        .due()
        .put(
            lease.id(),
            store.now() + (aside ? RedisLedger.SELDOM_MILLIS : RedisLedger.SOON_MILLIS));
    if (aside) {
      store.attention().putIfAbsent(lease.id(), store.now());
    }
    return aside;
  }

  @Override
  public Future<Optional<Payment>> abort(PaymentId id) {
    return make("abort", () -> Optional.ofNullable(store.row(id)).map(row -> abortNow(id, row)));
  }

  private Payment abortNow(PaymentId id, Row row) {
    if (row.outcome == null) {
      row.aborted = true;
      note(row, "abort asked for");
    }
    return payment(id, row, false);
  }

  @Override
  public Future<Optional<ClosedPage>> shut(PaymentId page, long lookMillis, String event) {
    return make("shut", () -> {
      Row row = store.row(page);
      if (row == null || row.outcome != null) {
        return Optional.empty();
      }
      if (row.shut == null) {
        row.shut = new ClosedPage(store.now(), null);
        note(row, event);
        if (row.token.equals(NOBODY)) {
          store.due().merge(page, store.now() + lookMillis, Math::min);
        }
      }
      return Optional.of(row.shut);
    });
  }

  /** There is one memory, and no other that could lack what it has. */
  @Override
  public Future<Void> safely(PaymentId id, Predicate<Payment> stands) {
    return make(
            "safely",
            () -> Optional.ofNullable(store.row(id))
                .filter(row -> stands.test(payment(id, row, false)))
                .isPresent())
        .compose(so -> so
            ? Future.succeededFuture()
            : Future.failedFuture(new LedgerUnavailable("a failover has lost it", true)));
  }

  @Override
  public Future<Void> expedite(PaymentId id, String event) {
    return make("expedite", () -> expediteNow(id, event));
  }

  private Void expediteNow(PaymentId id, String event) {
    Row row = store.row(id);
    if (row != null && row.outcome == null) {
      note(row, event);
      if (row.token.equals(NOBODY)) {
        store.due().merge(id, store.now(), Math::min);
      } else {
        row.expedited = true;
      }
    }
    return null;
  }

  @Override
  public Future<Optional<Payment>> find(PaymentId id) {
    return store.isTorn(id)
        ? Future.failedFuture(new UnreadableRecord(id, "it is torn"))
        : make(
            "find", () -> Optional.ofNullable(store.row(id)).map(row -> payment(id, row, false)));
  }

  @Override
  public Future<Optional<String>> platformId(PaymentId id) {
    return make("find", () -> {
      Row row = store.row(id);
      return row != null
          ? Optional.of(payment(id, row, false).platformId())
          : Optional.ofNullable(store.mark(tomb(id)))
              .map(text -> buried(id, text).platformId());
    });
  }

  @Override
  public boolean mayHaveForgotten(PaymentId id) {
    return store.asksFirst();
  }

  @Override
  public Future<Optional<Tombstone>> tombstone(PaymentId id) {
    return make(
        "find",
        () -> store.row(id) != null
            ? Optional.empty()
            : Optional.ofNullable(store.mark(tomb(id))).map(text -> buried(id, text)));
  }

  private Tombstone buried(PaymentId id, String text) {
    return Tombstone.read(id, text, settings.home()::whose);
  }

  private String strange(Row row) {
    boolean first = row.platform == null || row.platform.equals(settings.home().first());
    return first ? "" : " " + row.platform;
  }

  @Override
  public Future<Void> rememberAlias(PaymentId id, String name) {
    return make("alias", () -> {
      named(id, name);
      return null;
    });
  }

  private void named(PaymentId id, String name) {
    String key = order(id, "txn:" + settings.home().named(name));
    if (name != null && store.mark(key) == null) {
      store.mark(key, "alias:req:" + id.requestId(), settings.keepMillis());
    }
  }

  @Override
  public Future<Optional<PaymentId>> findByAlias(String owner, String name) {
    String key = order(new PaymentId(owner, ""), "txn:" + settings.home().named(name));
    String alias = "alias:req:";
    return make(
        "findByAlias",
        () -> Optional.ofNullable(store.mark(key))
            .filter(text -> text.startsWith(alias))
            .map(text -> new PaymentId(owner, text.substring(alias.length()))));
  }

  @Override
  public Future<List<Integer>> glance(List<Integer> shards) {
    return make(
        "glance",
        () -> shards.stream()
            .filter(shard -> store.due().entrySet().stream()
                .anyMatch(entry -> entry.getValue() <= store.now()
                    && LedgerKeys.of(entry.getKey()).shard() == shard))
            .toList());
  }

  @Override
  public Future<List<PaymentId>> due(int shard, int most) {
    return make(
        "due",
        () -> store.due().entrySet().stream()
            .filter(entry -> entry.getValue() <= store.now())
            .filter(entry -> FakeSight.shardOf(entry.getKey().merchantId()) == shard)
            .filter(entry -> !settings.home().passes(entry.getKey()))
            .sorted(Map.Entry.comparingByValue())
            .limit(most)
            .map(Map.Entry::getKey)
            .toList());
  }

  private <T> Future<T> make(String name, Supplier<T> move) {
    Mishap mishap = store.mishap(name);
    if (mishap == Mishap.UNREACHED || mishap == Mishap.SWALLOWED) {
      return away(mishap == Mishap.SWALLOWED);
    }
    if (store.isTorn(name)) {
      return Future.failedFuture(new UnreadableRecord(new PaymentId("any", "any"), "it is torn"));
    }
    T made;
    try {
      made = move.get();
    } catch (IllegalArgumentException e) {
      return Future.failedFuture(e);
    }
    return mishap == Mishap.REPLY_LOST ? away(true) : Future.succeededFuture(made);
  }

  private static <T> Future<T> away(boolean mayHaveRun) {
    return Future.failedFuture(new LedgerUnavailable("the fake ledger is away", mayHaveRun));
  }

  private Intent intent(Lease lease) {
    long margin = BeginRetrier.MARGIN_MILLIS;
    return intent(
        lease,
        wallMillis.getAsLong(),
        nanos.getAsLong() + (settings.leaseMillis() - margin) * 1_000_000);
  }

  private static boolean isStale(Row row, Lease lease) {
    return row == null || row.outcome != null || !holds(row, lease.token());
  }

  private static boolean holds(Row row, String token) {
    return row.token.equals(token) && !row.token.equals(NOBODY);
  }

  private static void checkOrder(PaymentRef payment, Row row) {
    if (!java.util.Objects.equals(payment.order(), row.order)) {
      throw new IllegalArgumentException("payment " + payment.id() + " locks another order");
    }
  }

  private Payment payment(PaymentId id, Row row, boolean withBody) {
    return new Payment(
        new PaymentRef(id, row.order, row.fingerprint),
        new Payment.Asked(
            row.operation,
            row.amount,
            withBody ? row.body : null,
            row.road,
            row.app.isEmpty() ? id.appId() : row.app),
        new Payment.Times(
            row.begunAt,
            row.intentAt,
            store.now(),
            row.wait,
            store.doubtedSince(row.begunAt),
            row.platformAhead),
        new Payment.Progress(
            row.stage == null ? null : stage(row),
            row.aborted ? row.history.withAborted() : row.history,
            row.steps,
            row.timeline,
            row.shut),
        new Payment.Result(row.outcome, row.answer, row.otherAmount),
        settings.home().whose(row.platform));
  }

  private static Stage stage(Row row) {
    Stage stage = row.otherAmount == null ? row.stage : row.stage.withOtherAmount();
    return row.aborted ? stage.aborted() : stage;
  }

  private String line(String event) {
    return store.now() + " " + BriefTimeline.full(ScriptArgs.line(event, abilities())) + "\n";
  }

  private void note(Row row, String event) {
    row.timeline += line(event);
  }

  private static String order(PaymentId id, String name) {
    return LedgerKeys.of(id).order(name);
  }

  private static String tomb(PaymentId id) {
    return LedgerKeys.of(id).tomb();
  }
}
