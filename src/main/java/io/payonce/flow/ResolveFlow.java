package io.payonce.flow;

import io.payonce.json.Malformed;
import io.payonce.json.OwnAnswer;
import io.payonce.json.RequestScan;
import io.payonce.ledger.Claimed;
import io.payonce.ledger.Close;
import io.payonce.ledger.Deferral;
import io.payonce.ledger.Desk;
import io.payonce.ledger.Dossier;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Settlement;
import io.payonce.model.Answer;
import io.payonce.model.Lease;
import io.payonce.model.Operation;
import io.payonce.model.Reply;
import io.payonce.model.TransactionStatus;
import io.payonce.platform.Platform;
import io.payonce.rule.Classification;
import io.payonce.rule.Moment;
import io.payonce.rule.Report;
import io.payonce.rule.Resolution;
import io.payonce.rule.Resolution.Word;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Ends a payment by a person's decision: the platform is asked first, then the payment is taken
 * over, and the decision is judged again by what it has become meanwhile. A refusal leaves whoever
 * works on the payment undisturbed.
 */
public final class ResolveFlow {
  private final Desk desk;
  private final Ledger ledger;
  private final Platform platform;
  private final Outcomes outcomes;
  private final Time time;
  private final Pauses pauses;

  public ResolveFlow(
      Desk desk,
      Ledger ledger,
      Platform platform,
      Outcomes outcomes,
      Time time,
      FlowSettings settings) {
    this.desk = desk;
    this.ledger = ledger;
    this.platform = platform;
    this.outcomes = outcomes;
    this.time = time;
    this.pauses = new Pauses(settings, time);
  }

  /** Fails with {@link io.payonce.ledger.LedgerAway}, or by a bug. */
  public Future<Resolved> resolve(Wish wish) {
    return desk.look(wish.id())
        .compose(found -> found.isEmpty()
            ? Future.succeededFuture(new Resolved.Unknown())
            : judge(wish, found.get()));
  }

  /** A wish, the platform's word on it, and what follows for the payment as it stood then. */
  private record Case(Wish wish, Work work, Answer answer, Report shown, Resolution resolution) {
    Case on(Work taken, Resolution again) {
      return new Case(wish, taken, answer, shown, again);
    }

    /** Another payment's name is not this one's. */
    String transactionId() {
      return shown == Report.FOREIGN ? null : Answers.transactionId(answer);
    }

    String event() {
      return Events.of(shown, answer) + "; " + resolution.because();
    }
  }

  private Future<Resolved> judge(Wish wish, Dossier dossier) {
    Payment payment = dossier.payment();
    if (payment == null || payment.isEnded()) {
      return over(wish, dossier);
    }
    Lease none = new Lease(payment.id(), payment.order(), "", payment.fingerprint());
    Work work = work(new Claimed(none, payment));
    return ask(work).compose(answer -> {
      Report shown = Classification.ofConfirm(answer, work.expected());
      Case asked = new Case(wish, work, answer, shown, resolution(wish, shown, work));
      return switch (asked.resolution().kind()) {
        case GRANTED -> grant(asked);
        case REFUSED -> refuse(asked);
        case PLATFORM_PAID -> settlePaid(asked);
      };
    });
  }

  private Work work(Claimed claimed) {
    try {
      return Work.resumed(claimed, RequestScan.scan(claimed.payment().body()), time, Trace.OFF);
    } catch (Malformed malformed) {
      throw new IllegalStateException(
          "a body from the ledger cannot be read: " + malformed.getMessage());
    }
  }

  private Resolution resolution(Wish wish, Report shown, Work work) {
    Moment moment = pauses.moment(work, 0);
    return Resolution.of(wish.word(), wish.forced(), shown, work.stage().history(), moment);
  }

  /** Payments that the platform does not know by an id of ours cannot be asked about. */
  private Future<Answer> ask(Work work) {
    return work.operation().doubt() == Operation.Doubt.REPEAT
        ? Future.succeededFuture(new Answer.Silent("this operation cannot be asked about"))
        : platform.call(Copies.question(work));
  }

  /** What has ended stays as it is; it only leaves the list of those before a person. */
  private Future<Resolved> over(Wish wish, Dossier dossier) {
    Outcome outcome = dossier.payment() != null
        ? dossier.payment().outcome()
        : dossier.tombstone() != null ? dossier.tombstone().outcome() : null;
    return desk.acknowledge(wish.id(), wish.event()).map(acknowledged -> {
      if (dossier.unreadable() != null && !acknowledged) {
        return new Resolved.Refused(null, "its record cannot be read", 0);
      }
      boolean agrees = outcome == null || (outcome == Outcome.PAID) == (wish.word() == Word.PAID);
      return acknowledged && agrees
          ? new Resolved.Done(outcome, "it had ended; it is off the list")
          : new Resolved.Refused(outcome, "it has ended, and what was told stands", 0);
    });
  }

  private Future<Resolved> grant(Case asked) {
    return desk.takeOver(asked.wish().id(), asked.wish().event())
        .compose(taken -> taken.isEmpty() ? outrun(asked) : decide(asked, taken.get()));
  }

  /** Between the question and the lease somebody may have sent another copy. */
  private Future<Resolved> decide(Case asked, Claimed claimed) {
    Work work = work(claimed);
    Case taken = asked.on(work, resolution(asked.wish(), asked.shown(), work));
    if (work.attempt() != asked.work().attempt()
        || taken.resolution().kind() != Resolution.Kind.GRANTED) {
      return giveBack(taken);
    }
    Outcome outcome = asked.wish().word() == Word.PAID ? Outcome.PAID : Outcome.UNPAID;
    return settle(taken, outcome, reply(taken, outcome));
  }

  private Future<Resolved> giveBack(Case taken) {
    Work work = taken.work();
    Deferral deferral =
        new Deferral(work.stage(), 1, null, work.steps(), "refused; it was sent again meanwhile");
    return ledger.defer(work.lease(), deferral).map(done -> refused(taken));
  }

  private Future<Resolved> refuse(Case asked) {
    String event = asked.wish().event() + " (refused; " + asked.resolution().because() + ")";
    return ledger.hurry(asked.wish().id(), event).map(noted -> refused(asked));
  }

  private static Resolved refused(Case asked) {
    Work work = asked.work();
    long windowEnds = work.intentAtMillis() + Pauses.WINDOW_MILLIS;
    boolean waits = asked.wish().word() == Word.UNPAID && work.clock().nowMillis() < windowEnds;
    return new Resolved.Refused(null, asked.resolution().because(), waits ? windowEnds : 0);
  }

  /** The platform's "paid" needs no lease and no person. */
  private Future<Resolved> settlePaid(Case asked) {
    Reply reply = Copies.incoming(asked.work(), ((Answer.Spoken) asked.answer()).reply());
    return settle(asked, Outcome.PAID, reply)
        .map(done -> asked.wish().word() == Word.PAID
            ? done
            : new Resolved.Refused(Outcome.PAID, asked.resolution().because(), 0));
  }

  private Future<Resolved> settle(Case asked, Outcome outcome, Reply reply) {
    Work work = asked.work();
    Settlement settlement = new Settlement(
        outcome,
        reply,
        work.stage().history(),
        asked.transactionId(),
        work.platformId(),
        work.operation().pays() && outcome == Outcome.PAID,
        asked.event());
    return ledger.settle(work.lease(), settlement).compose(close -> {
      outcomes.announce(work.id());
      return close instanceof Close.Closed
          ? Future.succeededFuture(new Resolved.Done(outcome, asked.resolution().because()))
          : outrun(asked);
    });
  }

  /** Somebody else ended it first. */
  private Future<Resolved> outrun(Case asked) {
    return desk.look(asked.wish().id())
        .map(found -> found.map(Dossier::payment).map(Payment::outcome))
        .map(outcome -> outrun(asked.wish(), outcome));
  }

  private static Resolved outrun(Wish wish, Optional<Outcome> outcome) {
    boolean paid = outcome.isPresent() && outcome.get() == Outcome.PAID;
    return outcome.isPresent() && paid == (wish.word() == Word.PAID)
        ? new Resolved.Done(outcome.get(), "it ended so by itself meanwhile")
        : new Resolved.Refused(outcome.orElse(null), "it moved on meanwhile; look again", 0);
  }

  /** The platform's own answer where it says the same, else one of ours. */
  private static Reply reply(Case asked, Outcome outcome) {
    return switch (asked.shown()) {
      case DECLINED, FAILED, CLOSED ->
        Copies.incoming(asked.work(), ((Answer.Spoken) asked.answer()).reply());
      default -> ofOurOwn(asked.work(), outcome == Outcome.PAID);
    };
  }

  private static Reply ofOurOwn(Work work, boolean paid) {
    return OwnAnswer.verdict(
        paid ? TransactionStatus.SUCCESS : TransactionStatus.CLOSED,
        paid ? "paid, as a person confirmed" : "not paid, as a person confirmed",
        work.id().requestId(),
        work.fields().referenceOrderId(),
        null);
  }
}
