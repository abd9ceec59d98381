package io.payonce.flow;

import io.payonce.ledger.Close;
import io.payonce.ledger.Deferral;
import io.payonce.ledger.Dependence;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerAway;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Settlement;
import io.payonce.limit.Limits;
import io.payonce.limit.Permit;
import io.payonce.limit.Turn;
import io.payonce.model.Amount;
import io.payonce.model.Answer;
import io.payonce.model.Event;
import io.payonce.model.Intent;
import io.payonce.model.Operation;
import io.payonce.model.Reply;
import io.payonce.platform.Message;
import io.payonce.platform.Platform;
import io.payonce.rule.Act;
import io.payonce.rule.Classification;
import io.payonce.rule.Code;
import io.payonce.rule.Decision;
import io.payonce.rule.Door;
import io.payonce.rule.Moment;
import io.payonce.rule.Remedy;
import io.payonce.rule.Report;
import io.payonce.rule.Stage;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * Does what the recovery machine decides, until the payment has ended or waits for its due time.
 * The first send, a recovery and a takeover all end here.
 */
final class Conclusion {
  private final Ledger ledger;
  private final Platform platform;
  private final Limits limits;
  private final Undone undone;
  private final Pauses pauses;
  private final Time time;
  private final Telemetry telemetry;

  Conclusion(
      Ledger ledger,
      Platform platform,
      Limits limits,
      Undone undone,
      Pauses pauses,
      Time time,
      Telemetry telemetry) {
    this.ledger = ledger;
    this.platform = platform;
    this.limits = limits;
    this.undone = undone;
    this.pauses = pauses;
    this.time = time;
    this.telemetry = telemetry;
  }

  /** Sends the copy that the intent stands for, and follows what comes of it. */
  Future<Ending> send(Work work, Intent intent, Permit permit) {
    long sentAt = time.nanos();
    Moment asked = pauses.asking(work, 0);
    if (work.isPage()) {
      pauses.saw(work); // its life is as good as never over where answers have no Date
    }
    Trace.Step send = work.trace().send(work.stage().history().copies());
    return send.over(tried(() -> platform.send(intent, send.carrying(Copies.outgoing(work)))))
        .onFailure(bug -> permit.unused())
        .compose(answer -> {
          long tookNanos = time.nanos() - sentAt;
          permit.heard(answer, tookNanos);
          work.upstream().add(tookNanos);
          return heard(work, asked, intent, answer);
        });
  }

  /**
   * The first copy of a payment that a ledger which has gone back in time may have known: the
   * platform is asked first, and the copy leaves only if it knows nothing of it.
   */
  Future<Ending> sendUnknown(Work work, Intent intent, Permit permit) {
    if (work.operation().doubt() == Operation.Doubt.REPEAT) {
      return send(work, intent, permit);
    }
    telemetry.recoveryStep(Act.CONFIRM);
    Moment asked = pauses.asking(work, 0);
    return tried(() -> platform.call(Copies.question(work)))
        .onFailure(bug -> permit.unused())
        .compose(answer -> {
          Report report = Classification.ofConfirm(answer, work.expected());
          if (report == Report.NOT_FOUND) {
            return send(work, intent, permit);
          }
          permit.unused();
          return decide(
              work,
              asked,
              Events.ASKED,
              report == Report.FOREIGN ? Report.ARRIVED : report,
              answer);
        });
  }

  /** Takes up a payment that has come due. */
  Future<Ending> due(Work work) {
    pauses.saw(work);
    long pause = pauses.millis(work, null);
    Decision decision = work.stage().due(pauses.moment(work, 0, null), pauses.policy(work));
    return follow(work, new Step(decision, Events.TOLD, Report.UNKNOWN, null, pause));
  }

  /** Asks the platform, though nothing is due: a person wants to know. */
  Future<Ending> ask(Work work) {
    pauses.saw(work);
    Decision decision = new Decision(Act.CONFIRM, work.stage(), "a person asks");
    long pause = pauses.millis(work, null);
    return confirm(work, new Step(decision, Events.TOLD, Report.UNKNOWN, null, pause));
  }

  /**
   * Goes by what somebody else has learnt of a payment, as if it had been asked for here.
   *
   * @param answer what the platform said of it just now
   */
  Future<Ending> learnt(Work work, Answer answer) {
    Report report = Classification.ofConfirm(answer, work.expected());
    return decide(work, pauses.asking(work, 0), Events.ASKED, report, answer);
  }

  /**
   * One decision and what it rests on.
   *
   * @param how what begins the line of the timeline
   * @param answer null when it rests on time alone
   */
  private record Step(
      Decision decision, String how, Report report, Answer answer, long pauseMillis) {
    Event event(Work work) {
      Amount asked = work.fields().amount();
      return Events.of(how, report, answer, asked).with(Event.Field.RULE, decision.because());
    }

    /** The platform's, of a transaction that is ours; null when there is none. */
    String name(Work work) {
      boolean ours = report.isStatus() && work.operation().identity() == Operation.Identity.CALLERS;
      return ours ? Answers.transactionId(answer) : null;
    }

    /** What the platform moved instead of what was asked for; null when it did not. */
    String otherAmount() {
      return report == Report.OTHER_AMOUNT && answer instanceof Answer.Spoken spoken
          ? Events.said(spoken.envelope().amount())
          : null;
    }

    /** Whether it rests on what a copy of this worker's own was answered. */
    boolean answersCopy() {
      return answer != null && how.equals(Events.TOLD);
    }

    /** The same, to be decided anew later: an answer that a caller may need is kept. */
    Step postponed(Stage kept, String why, long atLeastMillis) {
      Decision later = new Decision(Act.WAIT, kept, decision.because() + ", but put off: " + why);
      return new Step(later, how, report, answer, Math.max(pauseMillis, atLeastMillis));
    }
  }

  private Future<Ending> heard(Work work, Moment asked, Intent intent, Answer answer) {
    Report report = Classification.ofSend(answer, work.expected());
    if (answer instanceof Answer.Spoken spoken) {
      Code code = Code.of(spoken.envelope().code());
      said(work, code);
      if (report == Report.REFUSED_FOR_NOW && code.ofThatCopy() == report) {
        return platform
            .mend(code.remedy(), intent.stampedAtMillis())
            .compose(mended -> mended
                ? decide(work, asked, Events.TOLD, Report.MENDED, answer)
                : unmended(work, asked, code, report, answer));
      }
    }
    return decide(work, asked, Events.TOLD, report, answer);
  }

  private void said(Work work, Code code) {
    telemetry.stands(work.operation(), work.id().merchantId(), code);
    slowDown(work, code);
  }

  private void slowDown(Work work, Code code) {
    if (code.remedy() == Remedy.SLOW_DOWN) {
      limits.slowDown(work.id().merchantId());
    }
  }

  private Future<Ending> unmended(
      Work work, Moment asked, Code code, Report report, Answer answer) {
    if (code.remedy() != Remedy.SET_CLOCK && code.remedy() != Remedy.BY_OTHERS) {
      telemetry.unmended(work.operation(), work.id().merchantId(), code);
    }
    return decide(work, asked, Events.TOLD, report, answer);
  }

  /** @param asked when the answer was asked for: it may be heard much later, and is as old */
  private Future<Ending> decide(Work work, Moment asked, String how, Report report, Answer answer) {
    long pause = pauses.millis(work, answer);
    Moment moment = pauses.moment(work, pause, answer).knowing(asked);
    Decision decision = work.stage().next(report, moment, pauses.policy(work));
    return follow(work, new Step(decision, how, report, answer, pause));
  }

  private Future<Ending> follow(Work work, Step step) {
    return switch (step.decision().act()) {
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

  /** The derived id to be asked about after a failure; what that one was told stays known. */
  private static Work perhapsReissued(Work work, Step step) {
    Stage next = step.decision().next();
    if (next.history().attempt() == work.attempt()) {
      return work;
    }
    Reply told = Copies.incoming(work, ((Answer.Spoken) step.answer()).reply());
    return work.answered(told).at(next);
  }

  private Future<Ending> confirm(Work work, Step step) {
    Message question = Copies.question(work);
    return limits
        .confirm(work.id().merchantId())
        .compose(allowed -> allowed
            ? confirm(work, question)
            : defer(work, step.postponed(work.stage(), "too many confirms at once", 0)));
  }

  private Future<Ending> confirm(Work work, Message question) {
    telemetry.recoveryStep(Act.CONFIRM);
    Moment asked = pauses.asking(work, 0);
    Trace.Step confirm = work.trace().confirm();
    return confirm
        .over(tried(() -> platform.call(confirm.carrying(question))))
        .onComplete(done -> limits.confirmed())
        .onSuccess(answer -> confirmed(work, answer))
        .compose(answer -> {
          Report report = Classification.ofConfirm(answer, work.expected());
          return decide(work, asked, Events.ASKED, report, answer);
        });
  }

  private void confirmed(Work work, Answer answer) {
    if (answer instanceof Answer.Spoken spoken) {
      slowDown(work, Code.of(spoken.envelope().code()));
    }
  }

  /** What must wait is put off with all that is known, never dropped. */
  private Future<Ending> sendAgain(Work work, Step step) {
    return limits.again(work.id().merchantId(), work.operation()).compose(turn -> {
      if (turn instanceof Turn.Go go) {
        return sendAgain(work, step, go.permit());
      }
      Turn.Later later = (Turn.Later) turn;
      Stage kept = work.stage().kept(step.decision());
      return defer(work, step.postponed(kept, later.why().reason(), later.pauseMillis()));
    });
  }

  private Future<Ending> sendAgain(Work work, Step step, Permit permit) {
    telemetry.recoveryStep(step.decision().act());
    Reply known = Answers.soFar(work, step.decision(), step.report(), step.answer());
    Stage next = step.decision().next();
    return ledger
        .attempt(
            work.lease(),
            next,
            known,
            step.name(work),
            step.event(work).with(Event.Field.SENT, "1").encode())
        .onFailure(away -> permit.unused())
        .compose(intent -> intent.isPresent()
            ? send(work.answered(known).intended(intent.get().lease(), next), intent.get(), permit)
            : unused(work, permit))
        .recover(away -> lost(work, away));
  }

  private static Future<Ending> unused(Work work, Permit permit) {
    permit.unused();
    return lost(work);
  }

  /** From now on nobody begins to press: what is under way shows itself within the slack. */
  private Future<Ending> shut(Work work, Step step) {
    return ledger
        .shut(work.id(), 0, step.event(work).encode())
        .compose(shut -> defer(work.shut(shut.orElse(null)), step))
        .recover(away -> lost(work, away));
  }

  private Future<Ending> defer(Work work, Step step) {
    Stage next = step.decision().next();
    Reply known = Answers.soFar(work, step.decision(), step.report(), step.answer());
    long pause = work.isPage()
        ? pauses.ofPage(work.answered(known), next, step.report(), step.pauseMillis())
        : pauses.millis(work, next, step.pauseMillis());
    Deferral deferral = new Deferral(
        next,
        pause,
        known,
        work.steps() + 1,
        step.event(work).encode(),
        step.name(work),
        step.otherAmount());
    return work.trace()
        .defer()
        .over(ledger.defer(work.lease(), deferral))
        .<Ending>map(done -> {
          if (!done) {
            return new Ending.Lost(next.history());
          }
          boolean told = work.isPage()
              ? Answers.hasPage(known)
              : Answers.mayBeTold(next, known, work.toldAs());
          return told
              ? new Ending.Opened(known, next.history(), work.attempt() == 1)
              : new Ending.Deferred(next.history(), pause);
        })
        .recover(away -> lost(work, away));
  }

  private Future<Ending> end(Work work, Step step, Outcome outcome) {
    Stage last = step.decision().next();
    Reply answer = step.how().equals(Events.ASKED)
        ? Answers.asked(work, outcome, last.history(), step.report(), step.answer())
        : Answers.last(work, outcome, last.history(), step.report(), step.answer());
    Settlement settlement = new Settlement(
        outcome,
        answer,
        last.history(),
        step.name(work),
        work.rememberedId(),
        work.operation().pays() && outcome == Outcome.PAID,
        step.event(work).encode());
    Ending.Ended ended = new Ending.Ended(
        outcome,
        answer,
        last.history(),
        Answers.isVerbatim(work, step.answer(), answer),
        last.history().copies() == 0 && Answers.fault(step.answer()) != null,
        outcome == Outcome.PAID ? 0 : Answers.retryAfterSeconds(step.answer()));
    Trace.Step settle = work.trace().settle(outcome);
    Future<Close> closing = outcome == Outcome.RELEASED
        ? ledger.release(work.lease(), settlement, dependence(work, step))
        : ledger.settle(work.lease(), settlement);
    return settle
        .over(closing)
        .compose(
            close -> takenBack(work, close, outcome).map(closed(close, ended)),
            away -> outcome == Outcome.PAID && step.answersCopy()
                ? tellPaid(work, settlement, ended, away)
                : lost(work, away));
  }

  /**
   * Before a caller hears that a payment is void, its order is free. What is left after a refund
   * takes a question to the platform, for which nobody waits: whoever wants the order asks, too.
   */
  private Future<Void> takenBack(Work work, Close close, Outcome outcome) {
    if (!(close instanceof Close.Closed) || outcome != Outcome.PAID) {
      return Future.succeededFuture();
    }
    Future<Void> givenBack = undone.by(work);
    return work.operation().refunds() ? Future.succeededFuture() : givenBack;
  }

  /** Null where the end says nothing of how another payment stands. */
  private static Dependence dependence(Work work, Step step) {
    String original = Door.originalRequestId(work.lease().order());
    if (original == null
        || !(step.answer() instanceof Answer.Spoken spoken)
        || !Code.of(spoken.envelope().code()).dependsOnOriginal()) {
      return null;
    }
    return new Dependence(
        work.id().other(original),
        Answers.originalUnsettled(original, null, work.traceId()),
        work.operation() == Operation.VOID);
  }

  private static Ending closed(Close close, Ending.Ended ended) {
    if (close instanceof Close.Already) {
      return new Ending.Lost(ended.history()); // what stands there is read, and may be another's
    }
    // "Paid" is the truth also when the ledger has lost the payment; everything else is not told.
    boolean untold = close instanceof Close.Stale && ended.outcome() != Outcome.PAID;
    return untold ? new Ending.Lost(ended.history()) : ended;
  }

  /**
   * "Paid" as the answer to an own copy is the only word that may be told before it is written; the
   * due time sees to the rest.
   */
  private Future<Ending> tellPaid(Work work, Settlement settlement, Ending told, Throwable away) {
    if (!(away instanceof LedgerAway)) {
      return Future.failedFuture(away);
    }
    ledger.settle(work.lease(), settlement).onFailure(again -> {});
    return Future.succeededFuture(told);
  }

  /** What throws fails like what fails: a place in flight is given back in either case. */
  private static Future<Answer> tried(Supplier<Future<Answer>> exchange) {
    try {
      return exchange.get();
    } catch (RuntimeException bug) {
      return Future.failedFuture(bug);
    }
  }

  private static Future<Ending> lost(Work work) {
    return Future.succeededFuture(new Ending.Lost(work.stage().history()));
  }

  private static Future<Ending> lost(Work work, Throwable away) {
    return away instanceof LedgerAway ? lost(work) : Future.failedFuture(away);
  }
}
