package io.payonce.flow.engine;

import static io.payonce.ledger.LedgerUnavailable.isSilence;

import io.payonce.codes.Classification;
import io.payonce.codes.Code;
import io.payonce.codes.Remedy;
import io.payonce.codes.Report;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.Telemetry;
import io.payonce.flow.port.Time;
import io.payonce.flow.port.Trace;
import io.payonce.ledger.CloseResult;
import io.payonce.ledger.Deferral;
import io.payonce.ledger.Dependence;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Settlement;
import io.payonce.limit.Admission;
import io.payonce.limit.ConfirmPlace;
import io.payonce.limit.Permit;
import io.payonce.limit.Tried;
import io.payonce.model.Amount;
import io.payonce.model.Answer;
import io.payonce.model.Intent;
import io.payonce.model.Operation;
import io.payonce.model.Reply;
import io.payonce.model.SendFailure;
import io.payonce.model.StageName;
import io.payonce.model.TimelineEvent;
import io.payonce.platform.PlatformRequest;
import io.payonce.recovery.Action;
import io.payonce.recovery.Deadlines;
import io.payonce.recovery.Decision;
import io.payonce.recovery.Stage;
import io.payonce.validation.RequestRules;
import io.vertx.core.Future;

/**
 * Runs a payment until it has ended or waits for its due time: the recovery machine decides, the
 * engine acts. First sends, recoveries and takeovers share this one loop, so they cannot differ.
 *
 * <p>Example: a send ends in a timeout. The machine decides CONFIRM; the platform does not know the
 * id, so it decides RESEND: the engine records an intent and sends the same id once more. A later
 * confirm finds F: the machine decides REISSUE, and the engine records an intent of generation 2.
 */
public final class PaymentEngine {
  /**
   * What finds no place to be asked about waits longer each time, up to so many doublings: with
   * half, most of the work is looking at what has no place; with double, places stay empty.
   */
  private static final int MOST_UNASKED_STEPS = 4;

  private final Ledger ledger;
  private final Accounts accounts;
  private final MoneyWrites writes;
  private final UndoneOrders undone;
  private final RetryTiming pauses;
  private final Time time;
  private final Telemetry telemetry;

  public PaymentEngine(
      Ledger ledger,
      MoneyWrites writes,
      Accounts accounts,
      UndoneOrders undone,
      RetryTiming pauses,
      Time time,
      Telemetry telemetry) {
    this.ledger = ledger;
    this.accounts = accounts;
    this.writes = writes;
    this.undone = undone;
    this.pauses = pauses;
    this.time = time;
    this.telemetry = telemetry;
  }

  /** Whatever happens to a payment goes out under the key that it began with. */
  private Accounts.Way way(LeasedPayment work) {
    return accounts.way(work.account());
  }

  /** Makes the send that the intent stands for, and follows what comes of it. */
  public Future<EngineResult> send(LeasedPayment work, Intent intent, Permit permit) {
    long sentAt = time.nanos();
    Deadlines asked = pauses.asking(work, 0);
    if (work.isPage()) {
      pauses.saw(work); // its life is as good as never over where answers have no Date
    }
    Trace.Step send = work.trace().send(work.stage().history().sends());
    return send.over(Tried.of(() ->
            way(work).platform().send(intent, send.carrying(PlatformRequests.outgoing(work)))))
        .onFailure(bug -> permit.release())
        .compose(answer -> {
          long tookNanos = time.nanos() - sentAt;
          permit.answered(answer, tookNanos);
          work.upstream().add(tookNanos);
          return onAnswer(work, asked, intent, answer);
        });
  }

  /**
   * The first send of a payment that a ledger which has gone back in time may have known: the
   * platform is asked first, and the send leaves only if it knows nothing of it.
   */
  public Future<EngineResult> sendUnknown(LeasedPayment work, Intent intent, Permit permit) {
    if (work.operation().doubt() == Operation.Doubt.REPEAT) {
      return send(work, intent, permit);
    }
    telemetry.recoveryStep(Action.CONFIRM);
    Deadlines asked = pauses.asking(work, 0);
    return Tried.of(() -> way(work).platform().call(PlatformRequests.question(work)))
        .onFailure(bug -> permit.release())
        .compose(answer -> {
          Report report = Classification.ofConfirm(answer, work.expected());
          if (report == Report.NOT_FOUND) {
            return send(work, intent, permit);
          }
          permit.release();
          return decide(
              work,
              asked,
              TimelineWords.ASKED,
              report == Report.FOREIGN ? Report.ID_IN_USE : report,
              answer);
        });
  }

  /** Takes up a payment that has come due. */
  public Future<EngineResult> resume(LeasedPayment work) {
    pauses.saw(work);
    long pause = pauses.millis(work, null);
    Decision decision = work.stage().due(pauses.moment(work, 0, null), pauses.policy(work));
    return execute(
        work, new Transition(decision, TimelineWords.ANSWERED, Report.UNKNOWN, null, pause));
  }

  /** Asks the platform, though nothing is due: an operator wants to know. */
  public Future<EngineResult> ask(LeasedPayment work) {
    pauses.saw(work);
    Decision decision = new Decision(Action.CONFIRM, work.stage(), "an operator asks");
    long pause = pauses.millis(work, null);
    return confirm(
        work, new Transition(decision, TimelineWords.ANSWERED, Report.UNKNOWN, null, pause));
  }

  /**
   * Goes by what another call has learnt of a payment, as if it had been asked for here.
   *
   * @param answer what the platform said of it just now
   */
  public Future<EngineResult> learnt(LeasedPayment work, Answer answer) {
    Report report = Classification.ofConfirm(answer, work.expectedIn(answer));
    return decide(work, pauses.asking(work, 0), TimelineWords.ASKED, report, answer);
  }

  /** Goes by what the platform has said of a payment by itself. */
  public Future<EngineResult> notified(LeasedPayment work, Answer.Spoken said) {
    Report report = Classification.ofNotification(said, work.expectedIn(said));
    return decide(work, pauses.asking(work, 0), TimelineWords.NOTIFIED, report, said);
  }

  /**
   * One decision and what it rests on.
   *
   * @param how what begins the line of the timeline
   * @param answer null when it rests on time alone
   */
  private record Transition(
      Decision decision, String how, Report report, Answer answer, long pauseMillis) {
    TimelineEvent event(LeasedPayment work) {
      Amount asked = work.fields().amount();
      return TimelineWords.of(how, report, answer, asked)
          .with(TimelineEvent.Field.RULE, decision.because());
    }

    /** The platform's, of a transaction that is ours; null when there is none. */
    String name(LeasedPayment work) {
      boolean ours = report.isStatus() && work.operation().identity() == Operation.Identity.CALLERS;
      return ours ? StoredReply.transactionId(answer) : null;
    }

    /** Under which of its ids it ends so. */
    String platformId(LeasedPayment work) {
      return report == Report.PAID ? work.expectedIn(answer).platformId() : work.rememberedId();
    }

    /** It names the page by its session, and seldom by a transaction: it is not paid yet. */
    boolean isPagesAnswer(LeasedPayment work) {
      return work.isPage() && answersSend() && name(work) == null;
    }

    /** What the platform moved instead of what was asked for; null when it did not. */
    String otherAmount(LeasedPayment work) {
      return report == Report.OTHER_AMOUNT && answer instanceof Answer.Spoken spoken
          ? TimelineWords.moved(spoken.envelope(), work.platformId())
          : null;
    }

    /** Whether the question did not reach the platform, for reasons of our own. */
    boolean wasKeptBack() {
      return answer instanceof Answer.Unsent unsent && SendFailure.isOurs(unsent.why());
    }

    /** Whether it rests on what a send of this worker's own was answered. */
    boolean answersSend() {
      return answer != null && how.equals(TimelineWords.ANSWERED);
    }

    /** The same, to be decided anew later: an answer that a caller may need is kept. */
    Transition postponed(Stage kept, String why, long atLeastMillis) {
      Decision later =
          new Decision(Action.WAIT, kept, decision.because() + ", but put off: " + why);
      return new Transition(later, how, report, answer, Math.max(pauseMillis, atLeastMillis));
    }
  }

  private Future<EngineResult> onAnswer(
      LeasedPayment work, Deadlines asked, Intent intent, Answer answer) {
    Report report = Classification.ofSend(answer, work.expectedIn(answer));
    if (answer instanceof Answer.Spoken spoken) {
      Code code = Code.of(spoken.envelope().code());
      reportCode(work, code);
      if (report == Report.REFUSED_FOR_NOW && code.ofThatSend() == report) {
        return way(work)
            .platform()
            .remedy(code.remedy(), intent.stampedAtMillis())
            .compose(remedied -> remedied
                ? decide(work, asked, TimelineWords.ANSWERED, Report.REMEDIED, answer)
                : withoutRemedy(work, asked, code, report, answer));
      }
    }
    return decide(work, asked, TimelineWords.ANSWERED, report, answer);
  }

  private void reportCode(LeasedPayment work, Code code) {
    telemetry.platformAnswered(work.account(), work.operation(), work.id().merchantId(), code);
    slowDown(work, code);
  }

  private void slowDown(LeasedPayment work, Code code) {
    if (code.remedy() == Remedy.SLOW_DOWN) {
      way(work).limits().slowDown(work.id().merchantId());
    }
  }

  private Future<EngineResult> withoutRemedy(
      LeasedPayment work, Deadlines asked, Code code, Report report, Answer answer) {
    if (code.remedy() != Remedy.SET_CLOCK && code.remedy() != Remedy.BY_OTHERS) {
      telemetry.remedyFailed(work.account(), work.operation(), work.id().merchantId(), code);
    }
    return decide(work, asked, TimelineWords.ANSWERED, report, answer);
  }

  /** @param asked when the answer was asked for: it may arrive much later, and is as old */
  private Future<EngineResult> decide(
      LeasedPayment work, Deadlines asked, String how, Report report, Answer answer) {
    long pause = pauses.millis(work, answer);
    Deadlines moment = pauses.moment(work, pause, answer).knowing(asked);
    Decision decision = work.stage().next(report, moment, pauses.policy(work));
    return execute(work, new Transition(decision, how, report, answer, pause));
  }

  private Future<EngineResult> execute(LeasedPayment work, Transition step) {
    return switch (step.decision().action()) {
      case SETTLE_PAID -> end(work, step, Outcome.PAID);
      case SETTLE_UNPAID -> end(work, step, Outcome.UNPAID);
      case SETTLE_REFUSED -> end(work, step, Outcome.REFUSED);
      case RELEASE -> end(work, step, Outcome.RELEASED);
      case CONFIRM -> confirm(perhapsReissued(work, step), step);
      case RESEND, REISSUE -> sendAgain(work, step);
      case WAIT ->
        step.report() == Report.CLOSED && work.isPage() && work.shut() == null
            ? shut(work, step)
            : defer(work, step);
    };
  }

  /** The reissued id to be asked about after a failure; what that one was answered stays known. */
  private static LeasedPayment perhapsReissued(LeasedPayment work, Transition step) {
    Stage next = step.decision().next();
    if (next.history().generation() == work.attempt()) {
      return work;
    }
    Reply reply = PlatformRequests.incoming(work, ((Answer.Spoken) step.answer()).reply());
    return work.withAnswer(reply).withStage(next);
  }

  private Future<EngineResult> confirm(LeasedPayment work, Transition step) {
    PlatformRequest question = PlatformRequests.question(work);
    Deadlines asked = pauses.asking(work, 0);
    return way(work)
        .limits()
        .acquireConfirm(work.id().merchantId())
        .compose(place ->
            place.isPresent() ? confirm(work, question, asked, place.get()) : unasked(work, step));
  }

  /** No question was sent, so it waits for a place, not for its platform. */
  private Future<EngineResult> unasked(LeasedPayment work, Transition step) {
    StageName stage = work.stage().name();
    Stage kept = stage == StageName.IN_DOUBT || stage == StageName.OPEN
        ? work.stage()
            .next(Report.UNKNOWN, pauses.asking(work, 0), pauses.policy(work))
            .next()
        : work.stage();
    int steps = Math.min(work.steps(), MOST_UNASKED_STEPS);
    return defer(
        work.withSteps(steps),
        step.postponed(kept, "too many confirms at once", 0),
        Math.max(work.steps(), Math.min(steps + 1, MOST_UNASKED_STEPS)));
  }

  private Future<EngineResult> confirm(
      LeasedPayment work, PlatformRequest question, Deadlines asked, ConfirmPlace place) {
    return place
        .over(() -> {
          telemetry.recoveryStep(Action.CONFIRM);
          Trace.Step confirm = work.trace().confirm();
          return confirm.over(way(work).platform().call(confirm.carrying(question)));
        })
        .onSuccess(answer -> confirmed(work, answer))
        .compose(answer -> {
          Report report = Classification.ofConfirm(answer, work.expectedIn(answer));
          return decide(work, asked, TimelineWords.ASKED, report, answer);
        });
  }

  private void confirmed(LeasedPayment work, Answer answer) {
    if (answer instanceof Answer.Spoken spoken) {
      slowDown(work, Code.of(spoken.envelope().code()));
    }
  }

  /** What follows on a payment that has begun since waits for it, as its first send would have. */
  private Future<EngineResult> sendAgain(LeasedPayment work, Transition step) {
    String original = RequestRules.originalRequestId(work.ref().order());
    return original == null
        ? sendInBudget(work, step)
        : ledger
            .find(work.id().other(original))
            .compose(found -> found.filter(each -> mustEndFirst(each, work)).isPresent()
                ? defer(
                    work,
                    step.postponed(
                        work.stage().kept(step.decision()), "its original is not known yet", 0))
                : sendInBudget(work, step))
            .recover(failure -> leaveForRecovery(work, failure));
  }

  /** Money that is known to have moved, though not the amount asked for, may be given back. */
  private static boolean mustEndFirst(Payment original, LeasedPayment work) {
    return !original.isEnded()
        && (original.otherAmount() == null || work.operation() != Operation.VOID);
  }

  /** What must wait is put off with all that is known, never dropped. */
  private Future<EngineResult> sendInBudget(LeasedPayment work, Transition step) {
    Future<Admission> asked =
        way(work).limits().acquireResend(work.id().merchantId(), work.operation());
    return asked.compose(admission -> {
      if (admission instanceof Admission.Granted go) {
        return sendAgain(work, step, go.permit());
      }
      Admission.Refused later = (Admission.Refused) admission;
      Stage kept = work.stage().kept(step.decision());
      long pause = later.why() == Admission.Reason.SPENT
          ? Math.max(later.pauseMillis(), pauses.waitingForBudget(work))
          : later.pauseMillis();
      return defer(work, step.postponed(kept, later.why().reason(), pause));
    });
  }

  private Future<EngineResult> sendAgain(LeasedPayment work, Transition step, Permit permit) {
    telemetry.recoveryStep(step.decision().action());
    Reply known = StoredReply.keptSoFar(work, step.decision(), step.report(), step.answer());
    Stage next = step.decision().next();
    return ledger
        .recordIntent(
            work.lease(),
            next,
            known,
            step.name(work),
            step.event(work).with(TimelineEvent.Field.SENT, "1").encode())
        .onFailure(failure -> permit.release())
        .compose(intent -> intent.isPresent()
            ? send(
                work.withAnswer(known).withIntent(intent.get().lease(), next), intent.get(), permit)
            : unused(work, permit))
        .recover(failure -> leaveForRecovery(work, failure));
  }

  private static Future<EngineResult> unused(LeasedPayment work, Permit permit) {
    permit.release();
    return leaveForRecovery(work);
  }

  /** From now on no press begins: what is under way shows itself within the slack. */
  private Future<EngineResult> shut(LeasedPayment work, Transition step) {
    return ledger
        .shut(work.id(), 0, step.event(work).encode())
        .compose(shut -> defer(work.shut(shut.orElse(null)), step))
        .recover(failure -> leaveForRecovery(work, failure));
  }

  private Future<EngineResult> defer(LeasedPayment work, Transition step) {
    return defer(work, step, step.wasKeptBack() ? work.steps() : work.steps() + 1);
  }

  private Future<EngineResult> defer(LeasedPayment work, Transition step, int steps) {
    Stage next = step.decision().next();
    Reply known = StoredReply.keptSoFar(work, step.decision(), step.report(), step.answer());
    long pause = work.isPage()
        ? pauses.ofPage(work.withAnswer(known), next, step.report(), step.pauseMillis())
        : pauses.millis(work, next, step.answer(), step.pauseMillis());
    Deferral deferral = new Deferral(
        next,
        pause,
        known,
        steps,
        step.event(work).encode(),
        step.isPagesAnswer(work) ? StoredReply.session(known) : step.name(work),
        step.otherAmount(work));
    return work.trace()
        .defer()
        .over(ledger.defer(work.lease(), deferral))
        .compose(done -> done || deferral.otherAmount() == null
            ? Future.succeededFuture(done)
            : writes
                .write(work.id(), deferral.otherAmount(), () -> movedStale(work, step))
                .map(done))
        .compose(done -> step.isPagesAnswer(work)
            ? Future.succeededFuture(done)
            : pageNamed(work, step, known).map(done))
        .<EngineResult>map(done -> {
          if (!done) {
            return new EngineResult.LeftForRecovery(next.history());
          }
          boolean passed = work.isPage()
              ? StoredReply.hasPage(known) && !next.isOtherAmount()
              : StoredReply.isAnswerable(next, known, work.answeredAs());
          return passed
              ? new EngineResult.Open(known, next.history(), work.attempt() == 1)
              : new EngineResult.Deferred(next.history(), pause);
        })
        .onFailure(failure -> {
          if (deferral.otherAmount() != null && isSilence(failure)) {
            // Whoever takes it over would not know that money moved.
            writes.later(() -> ledger.defer(work.lease(), deferral));
          }
        })
        .recover(failure -> leaveForRecovery(work, failure));
  }

  /** Whoever has taken it over, or has ended it, does not know that money moved. */
  private Future<Void> movedStale(LeasedPayment work, Transition step) {
    Answer.Spoken answer = (Answer.Spoken) step.answer();
    String event = step.event(work).encode();
    return ledger
        .takeOver(work.id(), event)
        .compose(taken -> taken.isPresent()
            ? learnt(LeasedPayment.ofClaim(taken.get(), time, work.trace()), answer)
                .mapEmpty()
            : ledger
                .find(work.id())
                .compose(found -> found.filter(Payment::isEnded).isPresent()
                    ? writes.moved(found.get(), answer, event).mapEmpty()
                    : Future.succeededFuture()));
  }

  /**
   * Who closes a page names its session, whatever else it is called, and whether it has an order.
   */
  private Future<Void> pageNamed(LeasedPayment work, Transition step, Reply answer) {
    boolean made = work.operation() == Operation.CREATE_SESSION && step.answersSend();
    String session = made ? StoredReply.session(answer) : null;
    return session == null
        ? Future.succeededFuture()
        : ledger.rememberAlias(work.id(), session).recover(LedgerUnavailable.otherwise(null));
  }

  private Future<EngineResult> end(LeasedPayment work, Transition step, Outcome outcome) {
    Stage last = step.decision().next();
    Reply answer = step.how().equals(TimelineWords.ANSWERED)
        ? StoredReply.atEnd(work, outcome, last.history(), step.report(), step.answer())
        : StoredReply.asked(work, outcome, last.history(), step.report(), step.answer());
    Settlement settlement = work.end(
            outcome, answer, last.history(), step.name(work), step.event(work).encode())
        .under(step.platformId(work));
    EngineResult.Ended ended = new EngineResult.Ended(
        outcome,
        answer,
        last.history(),
        StoredReply.isVerbatim(work, step.answer(), answer),
        last.history().sends() == 0 && StoredReply.fault(step.answer()) != null,
        outcome == Outcome.PAID ? 0 : StoredReply.retryAfterSeconds(step.answer()));
    Trace.Step settle = work.trace().settle(outcome);
    Future<CloseResult> closing = outcome == Outcome.RELEASED
        ? ledger.release(work.lease(), settlement, dependence(work, step))
        : ledger.settle(work.lease(), settlement);
    return settle
        .over(closing)
        .compose(
            close -> takenBack(work, close, outcome)
                .compose(done -> chargedAgain(work, step, close))
                .compose(done -> pageNamed(work, step, answer))
                .map(closed(close, ended)),
            failure -> outcome == Outcome.PAID && isSilence(failure)
                ? paidUnwritten(work, step, settlement, ended)
                : leaveForRecovery(work, failure));
  }

  /**
   * Before a caller learns that a payment is void, its order is free. What is left after a refund
   * takes a question to the platform, which no caller waits for: whoever wants the order asks, too.
   */
  private Future<Void> takenBack(LeasedPayment work, CloseResult close, Outcome outcome) {
    if (!(close instanceof CloseResult.Closed) || outcome != Outcome.PAID) {
      return Future.succeededFuture();
    }
    Future<Void> givenBack = undone.by(work);
    return work.operation().refunds() ? Future.succeededFuture() : givenBack;
  }

  /** Another of its ids had paid it before: an operator must see both. */
  private Future<Void> chargedAgain(LeasedPayment work, Transition step, CloseResult close) {
    boolean again = step.report() == Report.PAID
        && step.answer() instanceof Answer.Spoken spoken
        && close instanceof CloseResult.Already now
        && StoredReply.isChargedAgain(now.payment(), spoken.envelope());
    return again
        ? paidAgain(work, step).recover(LedgerUnavailable.otherwise(null))
        : Future.succeededFuture();
  }

  private Future<Void> paidAgain(LeasedPayment work, Transition step) {
    return writes
        .movedAgain(
            work.id(),
            work.ref().order(),
            TimelineWords.again(((Answer.Spoken) step.answer()).envelope()),
            step.event(work).encode())
        .mapEmpty();
  }

  /** Null where the end says nothing of how another payment stands. */
  private static Dependence dependence(LeasedPayment work, Transition step) {
    String original = RequestRules.originalRequestId(work.ref().order());
    if (original == null
        || !(step.answer() instanceof Answer.Spoken spoken)
        || !Code.of(spoken.envelope().code()).dependsOnOriginal()) {
      return null;
    }
    return new Dependence(
        work.id().other(original),
        StoredReply.originalUnsettled(original, null, work.traceId()),
        work.operation() == Operation.VOID);
  }

  private static EngineResult closed(CloseResult close, EngineResult.Ended ended) {
    if (close instanceof CloseResult.Already) {
      return new EngineResult.LeftForRecovery(
          ended.history()); // what stands there is read, and may be another's
    }
    // "Paid" is the truth also when the ledger has lost the payment; nothing else is answered.
    boolean isLost = close instanceof CloseResult.Stale && ended.outcome() != Outcome.PAID;
    return isLost ? new EngineResult.LeftForRecovery(ended.history()) : ended;
  }

  /**
   * "Paid" as the answer to an own send is the only word that may be given before it is written;
   * the due time sees to the rest. Who takes it over would not know it paid, and could send it
   * again for a query that lags.
   */
  private Future<EngineResult> paidUnwritten(
      LeasedPayment work, Transition step, Settlement settlement, EngineResult.Ended result) {
    writes.later(() -> ledger
        .settle(work.lease(), settlement)
        .compose(close -> takenBack(work, close, result.outcome())
            .compose(done -> chargedAgain(work, step, close))));
    return step.answersSend() ? Future.succeededFuture(result) : leaveForRecovery(work);
  }

  private static Future<EngineResult> leaveForRecovery(LeasedPayment work) {
    return Future.succeededFuture(new EngineResult.LeftForRecovery(work.stage().history()));
  }

  private static Future<EngineResult> leaveForRecovery(LeasedPayment work, Throwable failure) {
    return failure instanceof LedgerUnavailable
        ? leaveForRecovery(work)
        : Future.failedFuture(failure);
  }
}
