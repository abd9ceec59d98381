package io.payonce.flow;

import static io.payonce.ledger.LedgerUnavailable.isSilence;

import io.payonce.flow.engine.EngineResult;
import io.payonce.flow.engine.LeasedPayment;
import io.payonce.flow.engine.LedgerClock;
import io.payonce.flow.engine.PaymentEngine;
import io.payonce.flow.engine.TimelineWords;
import io.payonce.flow.engine.UndoneOrders;
import io.payonce.flow.engine.UnsettledPayment;
import io.payonce.flow.engine.WaitingCaller;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.FlowSettings;
import io.payonce.flow.port.Inbound;
import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.OutcomeSignal;
import io.payonce.flow.port.RetryHint;
import io.payonce.flow.port.Stopwatch;
import io.payonce.flow.port.Time;
import io.payonce.flow.port.Trace;
import io.payonce.json.RequestReader;
import io.payonce.ledger.BeginResult;
import io.payonce.ledger.Handover;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.NewPayment;
import io.payonce.limit.Admission;
import io.payonce.limit.Permit;
import io.payonce.model.Ability;
import io.payonce.model.Account;
import io.payonce.model.Intent;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;
import io.payonce.model.RequestFields;
import io.payonce.model.TimelineEvent;
import io.payonce.platform.PlatformRequest;
import io.payonce.recovery.Stage;
import io.payonce.validation.RequestRules;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Takes a payment from the request to its answer: checks it, begins it in the ledger, sends it, and
 * settles it or leaves it to the retry verticle. Guarantee: nothing is sent before the ledger holds
 * the intent, and no outcome is answered before the ledger holds it; PAID alone may be answered at
 * once.
 *
 * <p>Example: a sale is begun at 0 ms with intent and due time, and sent. The platform is silent
 * for 8 s: the payment is IN_DOUBT and the caller waits. At the end of the wait budget the caller
 * gets {@code pending} (P); recovery confirms the payment, S is written, and the next repeat of the
 * request gets that answer.
 */
public final class PaymentFlow {
  /** Begins the ids of calls that have none of their caller's: he cannot ask by such a one. */
  public static final String OWN_ID = "call~";

  /** At half, a ledger in trouble gets twice the questions; at double, callers wait for it. */
  private static final long LOOK_AGAIN_MILLIS = 500;

  private final RequestValidation validation;
  private final Ledger ledger;
  private final Accounts accounts;
  private final OriginalLookup originals;
  private final OriginalFirst originalFirst;
  private final UndoneOrders undone;
  private final PageHandover handOver;
  private final PaymentEngine engine;
  private final CallerReplies replies;
  private final RetryHint retryHint;
  private final OutcomeSignal outcomes;
  private final Time time;
  private final FlowSettings settings;

  PaymentFlow(
      Ledger ledger,
      Accounts accounts,
      OriginalLookup originals,
      OriginalFirst originalFirst,
      UndoneOrders undone,
      PageHandover handOver,
      PaymentEngine engine,
      CallerReplies replies,
      RetryHint retryHint,
      OutcomeSignal outcomes,
      Time time,
      FlowSettings settings) {
    this.validation = new RequestValidation(ledger, settings.orders().scope());
    this.ledger = ledger;
    this.accounts = accounts;
    this.originals = originals;
    this.originalFirst = originalFirst;
    this.undone = undone;
    this.handOver = handOver;
    this.engine = engine;
    this.replies = replies;
    this.retryHint = retryHint;
    this.outcomes = outcomes;
    this.time = time;
    this.settings = settings;
  }

  /** Answers a caller; fails only by a bug. */
  public Future<Outbound> handle(Inbound inbound) {
    return Future.succeededFuture(new Request(inbound, time.nanos()))
        .compose(this::check) // EarlyReply: refused here, nothing sent
        .compose(this::lookUpOriginal)
        .compose(this::clearUp) // EarlyReply: what it would be done to is unpaid, or not known
        .compose(this::admit) // EarlyReply: the platform or a rate does not allow it now
        .compose(this::begin) // EarlyReply: replay, attach, C06, C08, C10
        .compose(this::send)
        .compose(this::answer)
        .recover(PaymentFlow::replyEarly) // anything else is a bug and stays one
        .map(out -> named(inbound) ? out : out.ofThisCall());
  }

  private record Request(Inbound inbound, long sinceNanos) {}

  private record Checked(
      Request request, PaymentId id, RequestFields fields, String order, String fingerprint) {
    Inbound inbound() {
      return request.inbound();
    }

    WaitingCaller caller() {
      return new WaitingCaller(
          id,
          inbound().operation(),
          fields,
          inbound().traceId(),
          inbound().waitMillis(),
          request.sinceNanos(),
          null);
    }
  }

  /**
   * @param account under whose key it will go, should it begin
   * @param handover from the hosted page that has the order; null while none is known to
   * @param again its order was found to be free after all: once is enough
   */
  private record Named(
      Checked checked,
      OriginalLookup.Followed followed,
      Account account,
      Handover handover,
      boolean again) {
    Named after(Handover page) {
      return new Named(checked, followed, account, page, again);
    }

    Named freed() {
      return new Named(checked, followed, account, handover, true);
    }

    NewPayment payment(long waitMillis) {
      return new NewPayment(
          new PaymentRef(checked.id(), followed.lock(), checked.fingerprint()),
          checked.inbound().operation(),
          checked.fields().amount(),
          new NewPayment.Bytes(checked.inbound().body(), followed.outgoing()),
          new NewPayment.OrderClaim(followed.voided(), handover),
          new NewPayment.Caller(account, null, waitMillis, null),
          begun());
    }

    /** Whom to ask, should it need review: no datum of a card, and none of the buyer. */
    private TimelineEvent begun() {
      return TimelineEvent.of(TimelineEvent.Kind.BEGUN)
          .with(TimelineEvent.Field.CLIENT, checked.inbound().client())
          .with(TimelineEvent.Field.TERMINAL, TimelineWords.id(checked.fields().terminalSn()));
    }
  }

  private record Admitted(Named named, Permit permit) {}

  /** @param confirmsFirst the ledger may have known it before: the platform is asked first */
  private record Begun(
      Checked checked,
      WaitingCaller caller,
      LeasedPayment work,
      Intent intent,
      Permit permit,
      boolean confirmsFirst) {}

  private record Sent(WaitingCaller caller, EngineResult ending, Stopwatch upstream) {}

  private Future<Checked> check(Request request) {
    return validation.admit(request.inbound()).map(read -> checked(request, read));
  }

  private Checked checked(Request request, RequestReader.Read read) {
    Inbound inbound = request.inbound();
    RequestFields fields = read.fields();
    Operation operation = inbound.operation();
    String requestId = named(inbound) ? fields.transactionRequestId() : OWN_ID + inbound.callId();
    PaymentId id = settings.orders().scope().id(fields, requestId);
    inbound.trace().about(operation, id);
    return new Checked(
        request, id, fields, RequestRules.order(operation, fields), read.fingerprint());
  }

  /** False where nothing joins a repeat to its first call: each is a payment of its own. */
  private static boolean named(Inbound inbound) {
    return inbound.operation().identity() == Operation.Identity.CALLERS;
  }

  private Future<Named> lookUpOriginal(Checked checked) {
    return oneOriginal(checked)
        .compose(one -> originalOf(checked))
        .recover(failure -> EarlyReply.notBegun(failure, checked.inbound().traceId()));
  }

  /** What has begun before is answered as it stands, whatever its names are by now. */
  private Future<Void> oneOriginal(Checked checked) {
    return originals
        .namesOne(checked.fields())
        .compose(one -> one ? Future.succeededFuture(true) : isKnown(checked.id()))
        .compose(fine -> fine
            ? Future.<Void>succeededFuture()
            : replies
                .unlessSent(EarlyReply.twoOriginals(checked.inbound()), checked.caller())
                .compose(EarlyReply::with));
  }

  private Future<Boolean> isKnown(PaymentId id) {
    return ledger
        .find(id)
        .compose(found -> found.isPresent()
            ? Future.succeededFuture(true)
            : ledger.tombstone(id).map(Optional::isPresent));
  }

  private Future<Named> originalOf(Checked checked) {
    return originals
        .of(
            checked.inbound().operation(),
            checked.fields(),
            checked.inbound().body(),
            checked.order())
        .map(followed -> new Named(checked, followed, account(checked, followed), null, false));
  }

  /** A follow-up goes where its original went: no other account knows that. */
  private Account account(Checked checked, OriginalLookup.Followed followed) {
    return followed.whose() == null || followed.whose().isStrange()
        ? accounts.of(checked.fields().appId(), checked.id().merchantId())
        : followed.whose().account();
  }

  /** Nothing is done to a payment that may not be one. */
  private Future<Named> clearUp(Named named) {
    return originalFirst
        .isClear(named.followed(), named.checked().caller(), payment(named))
        .compose(clear -> clear ? Future.succeededFuture(named) : lookUpOriginal(named.checked()));
  }

  private NewPayment payment(Named named) {
    return named.payment(settings.waitBudgetMillis());
  }

  private Future<Outbound> known(BeginResult begin, Named named) {
    return replies.replyToExisting(begin, named.checked().caller(), payment(named));
  }

  /** Now or never: a payment that cannot leave is refused before it has begun. */
  private Future<Admitted> admit(Named named) {
    return admission(named)
        .compose(admission -> admission instanceof Admission.Granted go
            ? Future.succeededFuture(new Admitted(named, go.permit()))
            : refuseOrReplay(named, (Admission.Refused) admission));
  }

  private Future<Admission> admission(Named named) {
    Checked checked = named.checked();
    return accounts
        .way(named.account())
        .limits()
        .acquireFirstSend(checked.id().merchantId(), checked.inbound().operation());
  }

  /** Its answer may be known, or a pod may be at it: "nothing was sent" is not for such. */
  private Future<Admitted> refuseOrReplay(Named named, Admission.Refused later) {
    Checked checked = named.checked();
    return ledger
        .recall(payment(named))
        .recover(failure -> EarlyReply.notBegun(failure, checked.inbound().traceId()))
        .compose(known -> known.isPresent()
            ? known(known.get(), named)
            : replies.unlessSent(
                Outbound.heldBack(later, checked.inbound().traceId()), checked.caller()))
        .compose(EarlyReply::with);
  }

  private Future<Begun> begin(Admitted admitted) {
    return begin(admitted, null);
  }

  /** @param silent where an earlier begin of this call was not answered; else null */
  private Future<Begun> begin(Admitted admitted, LedgerUnavailable silent) {
    Trace.Step step = admitted.named().checked().inbound().trace().begin();
    WaitingCaller caller = admitted.named().checked().caller();
    NewPayment payment = leaving(admitted.named());
    return step.over(ledger.begin(payment, () -> replies.leftMillis(caller)))
        .compose(
            begin -> begun(admitted, payment, begin),
            failure -> ledgerUnavailable(
                admitted, silent != null && isSilence(failure) ? silent : failure));
  }

  /**
   * Asked at the last moment whether all pods can read it, and kept: what begins is what leaves.
   */
  private NewPayment leaving(Named named) {
    Checked checked = named.checked();
    OutgoingBody body = OutgoingBody.of(
        checked.inbound().operation(),
        checked.id(),
        named.followed().outgoing(),
        settings.reports(),
        ledger.abilities().all(Ability.NOTICES));
    String app = checked.id().appId() == null ? checked.fields().appId() : null;
    return payment(named).over(body.road(), app).leavingAs(body.bytes());
  }

  private Future<Begun> begun(Admitted admitted, NewPayment payment, BeginResult begin) {
    Checked checked = admitted.named().checked();
    if (begin instanceof BeginResult.Begun begun) {
      return Future.succeededFuture(new Begun(
          checked,
          checked.caller().of(begun.fingerprint()),
          work(checked, payment, begun),
          begun.intent(),
          admitted.permit(),
          begun.confirmsFirst()));
    }
    admitted.permit().release();
    if (begin instanceof BeginResult.OriginalOpen) { // since it was looked up
      return lookUpOriginal(checked)
          .compose(this::found)
          .compose(this::clearUp)
          .compose(this::admit)
          .compose(this::begin);
    }
    if (begin instanceof BeginResult.OrderPaid itself
        && itself.payer().equals(checked.id().requestId())) {
      return replies
          .replyToPayer(checked.caller(), admitted.named().account())
          .compose(EarlyReply::with);
    }
    if (begin instanceof BeginResult.OrderPaid paid && !admitted.named().again()) {
      return paid(admitted.named(), paid);
    }
    return begin instanceof BeginResult.OrderTaken taken && admitted.named().handover() == null
        ? succeed(admitted.named(), taken)
        : known(begin, admitted.named()).compose(EarlyReply::with);
  }

  /**
   * Who has moved the money of an order that a refund names need not have ended; and what is not
   * found again is not sought for ever.
   */
  private Future<Named> found(Named named) {
    Checked checked = named.checked();
    String original = RequestRules.originalRequestId(named.followed().lock());
    return named.followed().original() != null
        ? Future.succeededFuture(named)
        : replies
            .unlessBegun(
                InTheWay.originalOpen(original, null, checked.caller()),
                checked.caller(),
                payment(named))
            .compose(EarlyReply::with);
  }

  /**
   * Who has paid an order may have been undone since, here or in the platform's back office. When
   * that cannot be read, the order is not to be had, and that is said.
   */
  private Future<Begun> paid(Named named, BeginResult.OrderPaid paid) {
    Checked checked = named.checked();
    PaymentId payer = checked.id().other(paid.payer());
    return undone
        .find(payer, named.followed().lock(), checked.fields().appId())
        .recover(LedgerUnavailable.otherwise(UndoneOrders.Found.PAID))
        .compose(found -> switch (found) {
          case UNDONE -> admit(named.freed()).compose(this::begin);
          case PAID -> known(paid, named).compose(EarlyReply::with);
          case BUSY ->
            known(new BeginResult.OrderTaken(paid.payer()), named).compose(EarlyReply::with);
        });
  }

  /** The order may be a hosted page's, which can give way: once, for whoever comes next waits. */
  private Future<Begun> succeed(Named named, BeginResult.OrderTaken taken) {
    Checked checked = named.checked();
    WaitingCaller caller = checked.caller();
    return handOver
        .from(taken.holder(), caller, replies.leftMillis(caller))
        .recover(LedgerUnavailable.otherwise(new PageHandover.Result.Kept(0)))
        .compose(result -> {
          if (result instanceof PageHandover.Result.Given given) {
            return admit(named.after(given.handover())).compose(this::begin);
          }
          return result instanceof PageHandover.Result.Kept kept
              ? replies
                  .taken(taken, caller, payment(named), kept.afterMillis())
                  .compose(EarlyReply::with)
              : known(new BeginResult.OrderPaid(taken.holder()), named).compose(EarlyReply::with);
        });
  }

  private LeasedPayment work(Checked checked, NewPayment payment, BeginResult.Begun begun) {
    Inbound inbound = checked.inbound();
    PlatformRequest message = new PlatformRequest(
        inbound.method(), inbound.target(), inbound.headers(), payment.outgoing());
    long at = begun.atMillis();
    LedgerClock clock = new LedgerClock(time, at, begun.confirmsFirst() ? at : 0, null);
    return LeasedPayment.begun(
        begun.intent().lease(),
        new UnsettledPayment.Request(
            inbound.operation(), payment.account(), checked.fields(), message, payment.road()),
        new UnsettledPayment.Times(clock, at, at, settings.waitBudgetMillis()),
        new LeasedPayment.Worker(inbound.trace(), inbound.traceId()));
  }

  /** The send's fate is not the caller's: it runs on when the caller has waited long enough. */
  private Future<Sent> send(Begun begun) {
    Checked checked = begun.checked();
    Future<EngineResult> result = leave(begun).onSuccess(end -> signal(checked, end));
    Stopwatch upstream = begun.work().upstream();
    long leftMillis = replies.leftMillis(begun.caller());
    return leftMillis >= settings.exchangeMillis()
        ? result.map(end -> new Sent(begun.caller(), end, upstream))
        : Future.any(result, time.pause(Math.max(1, leftMillis)))
            .map(first -> new Sent(
                begun.caller(), result.succeeded() ? result.result() : stillOut(), upstream));
  }

  private Future<EngineResult> leave(Begun begun) {
    return knownAs(begun.work())
        .compose(known -> begun.confirmsFirst()
            ? engine.sendUnknown(begun.work(), begun.intent(), begun.permit())
            : engine.send(begun.work(), begun.intent(), begun.permit()));
  }

  /**
   * Where the platform goes by another id of the body than we, notifications and queries name it by
   * that one. What does not find it so is confirmed later.
   */
  private Future<Void> knownAs(LeasedPayment work) {
    boolean same = work.operation().isReissued()
        || work.platformId() == null
        || work.platformId().equals(work.id().requestId());
    return same
        ? Future.succeededFuture()
        : ledger
            .rememberAlias(work.id(), work.platformId())
            .recover(LedgerUnavailable.otherwise(null));
  }

  private void signal(Checked checked, EngineResult result) {
    if (result instanceof EngineResult.Deferred deferred) {
      retryHint.schedule(deferred.pauseMillis(), checked.id());
    } else {
      result.comesAgain().ifPresent(seconds -> outcomes.comeAgain().learned(checked.id(), seconds));
      outcomes.announce(checked.id());
    }
  }

  private static EngineResult stillOut() {
    return new EngineResult.LeftForRecovery(Stage.first().history());
  }

  private Future<Outbound> answer(Sent sent) {
    return replies
        .replyAfterSend(sent.ending(), sent.caller())
        .map(out -> out.source() == Outbound.Source.PLATFORM
            ? out.measured(sent.upstream().nanos())
            : out);
  }

  private Future<Begun> ledgerUnavailable(Admitted admitted, Throwable failure) {
    admitted.permit().release();
    return ledgerUnavailable(admitted.named(), failure);
  }

  /**
   * Where it may have begun, the ledger is looked at again for as long as the caller waits; what
   * cannot be read now cannot be read soon.
   */
  private Future<Begun> ledgerUnavailable(Named named, Throwable failure) {
    if (!(failure instanceof LedgerUnavailable silent)) {
      return Future.failedFuture(failure);
    }
    WaitingCaller caller = named.checked().caller();
    long left = replies.leftMillis(caller);
    if (!silent.mayHaveRun() || !isSilence(silent) || left <= 0) {
      return EarlyReply.with(replies.replyLedgerUnavailable(silent, caller));
    }
    return time.pause(Math.min(left, LOOK_AGAIN_MILLIS))
        .compose(rested -> ledger.recall(payment(named)))
        .compose(
            known -> known
                .map(begin -> known(begin, named).compose(EarlyReply::<Begun>with))
                .orElseGet(() -> beginAnew(named, silent)),
            still -> // says nothing of the begin before it
            ledgerUnavailable(named, isSilence(still) ? silent : still));
  }

  /** It has not begun: who has time is not sent away to do himself what a repeat of his would. */
  private Future<Begun> beginAnew(Named named, LedgerUnavailable silent) {
    return admission(named)
        .compose(admission -> admission instanceof Admission.Granted go
            ? begin(new Admitted(named, go.permit()), silent)
            : ledgerUnavailable(named, silent));
  }

  private static Future<Outbound> replyEarly(Throwable failure) {
    return failure instanceof EarlyReply early
        ? Future.succeededFuture(early.outbound())
        : Future.failedFuture(failure);
  }
}
