package io.payonce.flow;

import io.payonce.json.RequestReader;
import io.payonce.ledger.Begin;
import io.payonce.ledger.Handover;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerAway;
import io.payonce.ledger.NewPayment;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.ledger.UnreadableRecord;
import io.payonce.limit.Limits;
import io.payonce.limit.Permit;
import io.payonce.limit.Turn;
import io.payonce.model.Event;
import io.payonce.model.Intent;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.RequestFields;
import io.payonce.platform.Message;
import io.payonce.rule.Door;
import io.payonce.rule.Mark;
import io.payonce.rule.Stage;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * The whole payment, top to bottom: check it, begin it in the ledger, send it, and conclude it, or
 * leave it to the retry verticle and wait. Nothing leaves before the ledger holds the intent, and
 * nobody hears of an end before the ledger holds the end ("paid" alone may be told at once).
 */
public final class PaymentFlow {
  private final AtDoor door;
  private final Ledger ledger;
  private final Limits limits;
  private final Originals originals;
  private final OriginalFirst originalFirst;
  private final PaidAfterAll paidAfterAll;
  private final Undone undone;
  private final HandOver handOver;
  private final Conclusion conclusion;
  private final Hold hold;
  private final Nudge nudge;
  private final Outcomes outcomes;
  private final Time time;
  private final FlowSettings settings;

  PaymentFlow(
      Ledger ledger,
      Limits limits,
      Originals originals,
      OriginalFirst originalFirst,
      PaidAfterAll paidAfterAll,
      Undone undone,
      HandOver handOver,
      Conclusion conclusion,
      Hold hold,
      Nudge nudge,
      Outcomes outcomes,
      Time time,
      FlowSettings settings) {
    this.door = new AtDoor(ledger, settings.orders().scope());
    this.ledger = ledger;
    this.limits = limits;
    this.originals = originals;
    this.originalFirst = originalFirst;
    this.paidAfterAll = paidAfterAll;
    this.undone = undone;
    this.handOver = handOver;
    this.conclusion = conclusion;
    this.hold = hold;
    this.nudge = nudge;
    this.outcomes = outcomes;
    this.time = time;
    this.settings = settings;
  }

  /** Answers a caller; fails only by a bug. */
  public Future<Outbound> handle(Inbound inbound) {
    return Future.succeededFuture(new Request(inbound, time.nanos()))
        .compose(this::check) // EarlyReply: refused here, nothing sent
        .compose(this::name)
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

    Asker asker() {
      return new Asker(
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
   * @param handover from the hosted page that has the order; null while none is known to
   * @param again its order was found to be free after all: once is enough
   */
  private record Named(
      Checked checked, Originals.Followed followed, Handover handover, boolean again) {
    Named after(Handover page) {
      return new Named(checked, followed, page, again);
    }

    Named freed() {
      return new Named(checked, followed, handover, true);
    }

    NewPayment payment(long waitMillis) {
      return new NewPayment(
          checked.id(),
          checked.inbound().operation(),
          followed.lock(),
          checked.inbound().body(),
          followed.copy(),
          waitMillis,
          checked.fingerprint(),
          followed.voided(),
          handover,
          checked.fields().amount(),
          begun());
    }

    /** Whom to ask, should it come before a person: no datum of a card, and none of the buyer. */
    private Event begun() {
      return Event.of(Event.Kind.BEGUN)
          .with(Event.Field.CLIENT, checked.inbound().client())
          .with(Event.Field.TERMINAL, Events.id(checked.fields().terminalSn()));
    }
  }

  private record Admitted(Named named, Permit permit) {}

  /** @param asksFirst the ledger may have known it before: the platform is asked first */
  private record Begun(
      Checked checked, Asker asker, Work work, Intent intent, Permit permit, boolean asksFirst) {}

  /** Begins the ids of calls that have none of their caller's: he cannot ask by such a one. */
  static final String OWN_ID = "call~";

  /** At half, a ledger in trouble gets twice the questions; at double, callers wait for it. */
  private static final long LOOK_AGAIN_MILLIS = 500;

  private record Sent(Asker asker, Ending ending, Stopwatch upstream) {}

  private Future<Checked> check(Request request) {
    return door.admit(request.inbound()).map(read -> checked(request, read));
  }

  private Checked checked(Request request, RequestReader.Read read) {
    Inbound inbound = request.inbound();
    RequestFields fields = read.fields();
    Operation operation = inbound.operation();
    String requestId = named(inbound) ? fields.transactionRequestId() : OWN_ID + inbound.callId();
    PaymentId id = settings.orders().scope().id(fields, requestId);
    inbound.trace().about(operation, id);
    return new Checked(request, id, fields, Door.order(operation, fields), read.fingerprint());
  }

  /** False where nothing joins a repeat to its first call: each is a payment of its own. */
  private static boolean named(Inbound inbound) {
    return inbound.operation().identity() == Operation.Identity.CALLERS;
  }

  private Future<Named> name(Checked checked) {
    return originals
        .of(
            checked.inbound().operation(),
            checked.fields(),
            checked.inbound().body(),
            checked.order())
        .map(followed -> new Named(checked, followed, null, false))
        .recover(away -> ledgerSilent(checked, away));
  }

  /** Nothing is done to a payment of which nobody knows whether it is one. */
  private Future<Named> clearUp(Named named) {
    Payment original = named.followed().original();
    Checked checked = named.checked();
    if (named.followed().stranger() != null) {
      return knownOr(named, () -> elsewhere(named));
    }
    if (original == null || isDone(original)) {
      return Future.succeededFuture(named);
    }
    // Money that is known to have moved, though not the amount asked for, may be given back.
    if (original.otherAmount() != null && checked.inbound().operation() == Operation.VOID) {
      return Future.succeededFuture(named);
    }
    return knownOr(named, () -> clearUp(named, original));
  }

  /** What has begun before is told as it stands, whatever has become of its original since. */
  private Future<Named> knownOr(Named named, Supplier<Future<Named>> unknown) {
    return ledger
        .recall(payment(named))
        .compose(known -> known
            .map(begin -> known(begin, named).compose(PaymentFlow::<Named>early))
            .orElseGet(unknown))
        .recover(away -> ledgerSilent(named.checked(), away));
  }

  /** Nobody here can ask about it, and this platform would know it for another, or for none. */
  private Future<Named> elsewhere(Named named) {
    Payment original = named.followed().original();
    Asker asker = named.checked().asker();
    boolean unpaid = original != null && original.isEnded() && !isDone(original);
    boolean stops = original != null && !original.isEnded() && asker.operation() == Operation.VOID;
    Outbound told = unpaid
        ? hold.notFollowed(original, asker)
        : hold.elsewhere(named.followed().stranger(), asker);
    return (stops ? ledger.abort(original.id()) : Future.succeededFuture())
        .compose(
            noted -> hold.unlessBegun(told, asker, payment(named)).compose(PaymentFlow::early));
  }

  private Future<Named> clearUp(Named named, Payment original) {
    Checked checked = named.checked();
    Asker asker = checked.asker();
    if (original.isEnded()) {
      return paidAfterAll
          .shows(original, checked.fields().appId())
          .compose(paid -> paid ? name(checked) : notFollowed(named, original));
    }
    return originalFirst
        .clearUp(original, asker, hold.leftMillis(asker))
        .compose(now ->
            now.isEmpty() || isDone(now.get()) ? name(checked) : notFollowed(named, now.get()));
  }

  private Future<Named> notFollowed(Named named, Payment original) {
    Asker asker = named.checked().asker();
    return hold.unlessBegun(hold.notFollowed(original, asker), asker, payment(named))
        .compose(PaymentFlow::early);
  }

  private NewPayment payment(Named named) {
    return named.payment(settings.waitBudgetMillis());
  }

  private Future<Outbound> known(Begin begin, Named named) {
    return hold.known(begin, named.checked().asker(), payment(named));
  }

  /**
   * Paid; or given back as if it had never been, or under another's id: the platform knows best.
   */
  private static boolean isDone(Payment original) {
    return original.outcome() == Outcome.PAID
        || original.outcome() == Outcome.RELEASED
        || original.outcome() == Outcome.REFUSED && original.history().has(Mark.ID_IN_USE);
  }

  /** Now or never: a payment that cannot leave is refused before it has begun. */
  private Future<Admitted> admit(Named named) {
    Checked checked = named.checked();
    return limits
        .fresh(checked.id().merchantId(), checked.inbound().operation())
        .compose(turn -> turn instanceof Turn.Go go
            ? Future.succeededFuture(new Admitted(named, go.permit()))
            : turnAway(named, (Turn.Later) turn));
  }

  /** Its answer may be known, or somebody may be at it: "nothing was sent" is not for such. */
  private Future<Admitted> turnAway(Named named, Turn.Later later) {
    Checked checked = named.checked();
    return ledger
        .recall(payment(named))
        .recover(away -> ledgerSilent(checked, away))
        .compose(known -> known.isPresent()
            ? known(known.get(), named)
            : hold.unlessSent(
                Outbound.heldBack(later, checked.inbound().traceId()), checked.asker()))
        .compose(PaymentFlow::early);
  }

  private Future<Begun> begin(Admitted admitted) {
    return begin(admitted, null);
  }

  /** @param silent where an earlier begin of this call was not answered; else null */
  private Future<Begun> begin(Admitted admitted, LedgerAway silent) {
    Trace.Step step = admitted.named().checked().inbound().trace().begin();
    Asker asker = admitted.named().checked().asker();
    NewPayment payment = payment(admitted.named());
    return step.over(ledger.begin(payment, () -> hold.leftMillis(asker)))
        .compose(
            begin -> begun(admitted, begin),
            away -> ledgerAway(admitted, silent != null && isSilence(away) ? silent : away));
  }

  private Future<Begun> begun(Admitted admitted, Begin begin) {
    Checked checked = admitted.named().checked();
    if (begin instanceof Begin.Begun begun) {
      return Future.succeededFuture(new Begun(
          checked,
          checked.asker().of(begun.fingerprint()),
          work(admitted.named(), begun),
          begun.intent(),
          admitted.permit(),
          begun.asksFirst()));
    }
    admitted.permit().unused();
    if (begin instanceof Begin.OrderPaid paid && !admitted.named().again()) {
      return paid(admitted.named(), paid);
    }
    return begin instanceof Begin.OrderTaken taken && admitted.named().handover() == null
        ? succeed(admitted.named(), taken)
        : known(begin, admitted.named()).compose(PaymentFlow::early);
  }

  /** Who has paid an order may have been undone since, here or at the platform's desk. */
  private Future<Begun> paid(Named named, Begin.OrderPaid paid) {
    Checked checked = named.checked();
    PaymentId payer = checked.id().other(paid.payer());
    return undone
        .find(payer, named.followed().lock(), checked.fields().appId())
        .recover(unread -> orElse(Undone.Found.PAID, unread))
        .compose(found -> switch (found) {
          case UNDONE -> admit(named.freed()).compose(this::begin);
          case PAID -> known(paid, named).compose(PaymentFlow::early);
          case BUSY -> known(new Begin.OrderTaken(paid.payer()), named).compose(PaymentFlow::early);
        });
  }

  /** The order may be a hosted page's, which can give way: once, for whoever comes next waits. */
  private Future<Begun> succeed(Named named, Begin.OrderTaken taken) {
    Checked checked = named.checked();
    Asker asker = checked.asker();
    return handOver
        .from(taken.holder(), asker, hold.leftMillis(asker))
        .recover(unread -> orElse(new HandOver.Result.Kept(0), unread))
        .compose(result -> {
          if (result instanceof HandOver.Result.Given given) {
            return admit(named.after(given.handover())).compose(this::begin);
          }
          return result instanceof HandOver.Result.Kept kept
              ? hold.taken(taken, asker, payment(named), kept.afterMillis())
                  .compose(PaymentFlow::early)
              : known(new Begin.OrderPaid(taken.holder()), named).compose(PaymentFlow::early);
        });
  }

  /**
   * Who holds the order is known from the begin; when more of it cannot be read (a broken record, a
   * ledger that has gone away since), the order is not to be had, and that is said.
   */
  private static <T> Future<T> orElse(T known, Throwable unread) {
    return unread instanceof LedgerAway
        ? Future.succeededFuture(known)
        : Future.failedFuture(unread);
  }

  private Work work(Named named, Begin.Begun begun) {
    Checked checked = named.checked();
    Inbound inbound = checked.inbound();
    return new Work(
        begun.intent().lease(),
        inbound.operation(),
        checked.fields(),
        new Message(
            inbound.method(),
            inbound.target(),
            inbound.headers(),
            named.followed().copy()),
        Stage.first(),
        new LedgerClock(time, begun.atMillis(), begun.asksFirst() ? begun.atMillis() : 0, null),
        begun.atMillis(),
        begun.atMillis(),
        settings.waitBudgetMillis(),
        null,
        0,
        new Stopwatch(),
        inbound.trace(),
        inbound.traceId());
  }

  /** The copy's fate is not the caller's: it runs on when the caller's patience ends. */
  private Future<Sent> send(Begun begun) {
    Checked checked = begun.checked();
    Future<Ending> ending = leave(begun).onSuccess(end -> tell(checked, end));
    Stopwatch upstream = begun.work().upstream();
    long patience = hold.leftMillis(begun.asker());
    return patience >= settings.exchangeMillis()
        ? ending.map(end -> new Sent(begun.asker(), end, upstream))
        : Future.any(ending, time.pause(Math.max(1, patience)))
            .map(first -> new Sent(
                begun.asker(), ending.succeeded() ? ending.result() : stillOut(), upstream));
  }

  private Future<Ending> leave(Begun begun) {
    return begun.asksFirst()
        ? conclusion.sendUnknown(begun.work(), begun.intent(), begun.permit())
        : conclusion.send(begun.work(), begun.intent(), begun.permit());
  }

  private void tell(Checked checked, Ending ending) {
    if (ending instanceof Ending.Deferred deferred) {
      nudge.in(deferred.pauseMillis(), checked.id());
    } else {
      ending.comesAgain().ifPresent(seconds -> outcomes.comeAgain().heard(checked.id(), seconds));
      outcomes.announce(checked.id());
    }
  }

  private static Ending stillOut() {
    return new Ending.Lost(Stage.first().history());
  }

  private Future<Outbound> answer(Sent sent) {
    return hold.after(sent.ending(), sent.asker())
        .map(out -> out.source() == Outbound.Source.PLATFORM
            ? out.measured(sent.upstream().nanos())
            : out);
  }

  private Future<Begun> ledgerAway(Admitted admitted, Throwable away) {
    admitted.permit().unused();
    return ledgerAway(admitted.named(), away);
  }

  /**
   * Where it may have begun, the ledger is looked at again for as long as the caller waits; what
   * cannot be read now cannot be read soon.
   */
  private Future<Begun> ledgerAway(Named named, Throwable away) {
    if (!(away instanceof LedgerAway silent)) {
      return Future.failedFuture(away);
    }
    Asker asker = named.checked().asker();
    long left = hold.leftMillis(asker);
    if (!silent.mayHaveRun() || silent instanceof UnreadableRecord || left <= 0) {
      return early(hold.away(silent, asker));
    }
    return time.pause(Math.min(left, LOOK_AGAIN_MILLIS))
        .compose(rested -> ledger.recall(payment(named)))
        .compose(
            known -> known
                .map(begin -> known(begin, named).compose(PaymentFlow::<Begun>early))
                .orElseGet(() -> beginAnew(named, silent)),
            still -> ledgerAway(named, isSilence(still) ? silent : still));
  }

  /** It has not begun: who has time is not sent away to do himself what a repeat of his would. */
  private Future<Begun> beginAnew(Named named, LedgerAway silent) {
    Checked checked = named.checked();
    return limits
        .fresh(checked.id().merchantId(), checked.inbound().operation())
        .compose(turn -> turn instanceof Turn.Go go
            ? begin(new Admitted(named, go.permit()), silent)
            : ledgerAway(named, silent));
  }

  /** That a question did not reach the ledger says nothing of the begin before it. */
  private static boolean isSilence(Throwable failure) {
    return failure instanceof LedgerAway && !(failure instanceof UnreadableRecord);
  }

  private static <T> Future<T> ledgerSilent(Checked checked, Throwable away) {
    return away instanceof LedgerAway unread
        ? early(Outbound.notBegun(unread, checked.inbound().traceId()))
        : Future.failedFuture(away);
  }

  private static <T> Future<T> early(Outbound outbound) {
    return Future.failedFuture(new EarlyReply(outbound));
  }

  private static Future<Outbound> replyEarly(Throwable failure) {
    return failure instanceof EarlyReply early
        ? Future.succeededFuture(early.outbound())
        : Future.failedFuture(failure);
  }
}
