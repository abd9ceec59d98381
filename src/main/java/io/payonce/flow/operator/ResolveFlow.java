package io.payonce.flow.operator;

import io.payonce.codes.Classification;
import io.payonce.codes.Report;
import io.payonce.flow.engine.PlatformRequests;
import io.payonce.flow.engine.ResultReply;
import io.payonce.flow.engine.RetryTiming;
import io.payonce.flow.engine.StoredReply;
import io.payonce.flow.engine.TimelineWords;
import io.payonce.flow.engine.UnsettledPayment;
import io.payonce.flow.engine.UnsettledPayment.Request;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.FlowSettings;
import io.payonce.flow.port.OutcomeSignal;
import io.payonce.flow.port.Time;
import io.payonce.json.ProxyEnvelope;
import io.payonce.ledger.Claim.Claimed;
import io.payonce.ledger.CloseResult;
import io.payonce.ledger.Deferral;
import io.payonce.ledger.Dossier;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerAdmin;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Settlement;
import io.payonce.model.Answer;
import io.payonce.model.Lease;
import io.payonce.model.Operation;
import io.payonce.model.PaymentRef;
import io.payonce.model.Reply;
import io.payonce.model.TimelineEvent;
import io.payonce.model.TransactionStatus;
import io.payonce.recovery.Deadlines;
import io.payonce.recovery.Resolution;
import io.payonce.recovery.Resolution.Verdict;
import io.payonce.recovery.Window;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Ends a payment by an operator's decision: the platform is asked first, then the payment is taken
 * over, and the decision is judged again by what it has become meanwhile. What the platform says
 * goes for the moment it was asked, and for the sends sent until then. A refusal leaves whoever
 * works on the payment undisturbed.
 */
public final class ResolveFlow {
  private static final String STANDS =
      "its callers were answered that it is not paid, and that stands; its order counts as paid, and it is"
          + " off the list: deliver, or give the money back by a refund or void of it";

  /** In a timeline: what the platform was understood to say. */
  private static final Pattern PAID = Pattern.compile("\\b" + Report.PAID + "\\b");

  private final LedgerAdmin admin;
  private final Ledger ledger;
  private final Accounts accounts;
  private final OutcomeSignal outcomes;
  private final Time time;
  private final FlowSettings settings;
  private final RetryTiming pauses;
  private final BuryFlow burials;

  public ResolveFlow(
      LedgerAdmin admin,
      Ledger ledger,
      Accounts accounts,
      OutcomeSignal outcomes,
      Time time,
      FlowSettings settings) {
    this.admin = admin;
    this.ledger = ledger;
    this.accounts = accounts;
    this.outcomes = outcomes;
    this.time = time;
    this.settings = settings;
    this.pauses = new RetryTiming(settings, time);
    this.burials = new BuryFlow(admin, accounts, outcomes, settings);
  }

  /** Fails with {@link io.payonce.ledger.LedgerUnavailable}, or by a bug. */
  public Future<Resolved> resolve(ResolveRequest request) {
    return admin
        .inspect(request.id())
        .compose(
            found -> found.isEmpty() ? burials.findStray(request) : judge(request, found.get()));
  }

  /**
   * The platform's answer to an operator's question.
   *
   * @param asked when it was asked: what came after the question is not in the answer
   */
  private record Shown(Deadlines asked, Answer answer, Report report) {}

  /** A request, the platform's word on it, and what follows for the payment as it stood then. */
  private record Case(
      ResolveRequest request,
      UnsettledPayment work,
      Shown shown,
      Deadlines moment,
      Resolution resolution) {
    /** Another payment's name is not this one's. */
    String transactionId() {
      return shown.report().isStatus() ? StoredReply.transactionId(shown.answer()) : null;
    }

    /** The platform's own words. */
    Reply reply() {
      return PlatformRequests.incoming(work, ((Answer.Spoken) shown.answer()).reply());
    }

    String event() {
      return TimelineWords.of(
              TimelineWords.ASKED, shown.report(), shown.answer(), work.fields().amount())
          .with(TimelineEvent.Field.RULE, resolution.because())
          .encode();
    }
  }

  private Future<Resolved> judge(ResolveRequest request, Dossier dossier) {
    Payment payment = dossier.payment();
    boolean named = payment == null && dossier.tombstone() == null && request.order() != null;
    if (dossier.unreadable() != null || dossier.isGone() || named) {
      return burials.resolve(request);
    }
    if (payment == null || payment.isEnded()) {
      return over(request, dossier);
    }
    UnsettledPayment work = UnsettledPayment.of(payment, Request.of(payment), time);
    return ask(work, payment).compose(shown -> {
      Case asked = judged(request, work, shown);
      return switch (asked.resolution().kind()) {
        case GRANTED -> grant(asked);
        case REFUSED -> refuse(asked);
        case PLATFORM_PAID -> settlePaid(asked);
      };
    });
  }

  private Case judged(ResolveRequest request, UnsettledPayment work, Shown shown) {
    Deadlines moment = pauses.moment(work, 0, shown.answer()).knowing(shown.asked());
    Resolution resolution =
        Resolution.of(request.word(), request.forced(), shown.report(), work.stage(), moment);
    return new Case(request, work, shown, moment, resolution);
  }

  private Future<Shown> ask(UnsettledPayment work, Payment payment) {
    pauses.saw(work);
    Deadlines asked = pauses.asking(work, 0);
    return (payment.isStrange() ? silence() : answer(work))
        .map(answer -> new Shown(
            asked,
            answer,
            settings.understood(Classification.ofConfirm(answer, work.expectedIn(answer)))));
  }

  /** What another platform was sent, this one cannot know. */
  private static Future<Answer> silence() {
    return Future.succeededFuture(new Answer.Silent("another platform was sent it"));
  }

  /** Payments that the platform does not know by an id of ours cannot be asked about. */
  private Future<Answer> answer(UnsettledPayment work) {
    return work.operation().doubt() == Operation.Doubt.REPEAT && !work.isPage()
        ? Future.succeededFuture(new Answer.Silent("this operation cannot be asked about"))
        : accounts.way(work.account()).platform().call(PlatformRequests.question(work));
  }

  /** What has ended stays as it is; it only leaves the list of those that need review. */
  private Future<Resolved> over(ResolveRequest request, Dossier dossier) {
    if (isContradicted(dossier)) {
      return contradicted(request, dossier);
    }
    Outcome outcome = outcome(dossier);
    return admin.acknowledge(request.id(), request.event().encode()).map(acknowledged -> {
      boolean agrees =
          outcome == null || (outcome == Outcome.PAID) == (request.word() == Verdict.PAID);
      return acknowledged && agrees
          ? new Resolved.Done(outcome, "it had ended; it is off the list")
          : new Resolved.Refused(outcome, "it has ended, and what was answered stands", 0);
    });
  }

  private static Outcome outcome(Dossier dossier) {
    return dossier.payment() != null
        ? dossier.payment().outcome()
        : dossier.tombstone() != null ? dossier.tombstone().outcome() : null;
  }

  /** It was answered otherwise, and then seen to have moved money: that is not decided yet. */
  private static boolean isContradicted(Dossier dossier) {
    if (outcome(dossier) == Outcome.PAID || dossier.attentionSinceMillis() == 0) {
      return false;
    }
    Payment payment = dossier.payment();
    return payment == null
        ? dossier.left().moved() != null || dossier.tombstone() != null
        : payment.otherAmount() != null || PAID.matcher(payment.timeline()).find();
  }

  private Future<Resolved> contradicted(ResolveRequest request, Dossier dossier) {
    Outcome outcome = outcome(dossier);
    if (request.word() == Verdict.PAID) {
      return paidSince(request, dossier);
    }
    String moved = moved(dossier) == null ? "money" : moved(dossier);
    if (!request.forced()) {
      return Future.succeededFuture(
          new Resolved.Refused(null, "the platform moved " + moved + ": only by force", 0));
    }
    return admin
        .disown(request.id(), order(dossier), request.event().encode())
        .map(done -> new Resolved.Done(
            outcome,
            outcome == Outcome.RELEASED
                ? "the same id may come again"
                : "what was answered stands; its order does not count as paid by it"));
  }

  private static String moved(Dossier dossier) {
    String moved =
        dossier.payment() == null ? dossier.left().moved() : dossier.payment().otherAmount();
    return moved == null || moved.isEmpty() ? null : moved;
  }

  private static String order(Dossier dossier) {
    return dossier.payment() == null
        ? dossier.left().movedOrder()
        : dossier.payment().order();
  }

  /** An answer "not paid" is not replaced while it is kept; any other can be. */
  private Future<Resolved> paidSince(ResolveRequest request, Dossier dossier) {
    Payment payment = dossier.payment();
    if (payment != null && payment.outcome() != Outcome.RELEASED) {
      return admin
          .acknowledge(request.id(), request.event().encode())
          .map(done -> new Resolved.Refused(payment.outcome(), STANDS, 0));
    }
    Settlement settlement =
        payment == null ? paidForgotten(request, dossier) : paidReleased(request, payment);
    PaymentRef ref = payment == null
        ? new PaymentRef(request.id(), dossier.left().movedOrder(), null)
        : payment.ref();
    return ledger
        .settlePaid(ref, settlement)
        .compose(done -> admin.acknowledge(request.id(), request.event().encode()))
        .map(done -> new Resolved.Done(Outcome.PAID, "as an operator decided"));
  }

  private static Settlement paidReleased(ResolveRequest request, Payment payment) {
    return Settlement.paid(
        payment,
        paidAnswer(request, payment.referenceOrderId()),
        null,
        request.event().encode());
  }

  /** Late callers are answered from its tombstone. */
  private static Settlement paidForgotten(ResolveRequest request, Dossier dossier) {
    return Settlement.paidForgotten(
        dossier.tombstone() == null ? null : dossier.tombstone().platformId(),
        dossier.left().movedOrder() != null,
        paidAnswer(request, null),
        null,
        request.event().encode());
  }

  private static Reply paidAnswer(ResolveRequest request, String referenceOrderId) {
    return ProxyEnvelope.verdict(
        TransactionStatus.SUCCESS,
        "paid, as an operator confirmed",
        request.id().requestId(),
        referenceOrderId,
        request.traceId());
  }

  private Future<Resolved> grant(Case asked) {
    return ledger
        .takeOver(asked.request().id(), asked.request().event().encode())
        .compose(taken -> taken.isEmpty() ? outrun(asked) : decide(asked, taken.get()));
  }

  private Future<Resolved> decide(Case asked, Claimed claimed) {
    Payment payment = claimed.payment();
    Case taken = judged(
        asked.request(), UnsettledPayment.of(payment, Request.of(payment), time), asked.shown());
    if (isSentSince(asked.work(), taken.work())) {
      return giveBack(taken, claimed.lease(), "it was sent again meanwhile; look again");
    }
    if (taken.resolution().kind() != Resolution.Kind.GRANTED) {
      return giveBack(taken, claimed.lease(), taken.resolution().because());
    }
    Outcome outcome = asked.request().word() == Verdict.PAID ? Outcome.PAID : Outcome.UNPAID;
    Settlement settlement = end(taken, outcome, reply(taken, outcome));
    return closed(taken, outcome, ledger.settle(claimed.lease(), settlement));
  }

  /** Another send, or another life of the payment: the platform was not asked about that one. */
  private static boolean isSentSince(UnsettledPayment asked, UnsettledPayment taken) {
    return taken.intentAtMillis() != asked.intentAtMillis()
        || taken.stage().history().sends() != asked.stage().history().sends();
  }

  private Future<Resolved> giveBack(Case taken, Lease lease, String why) {
    UnsettledPayment work = taken.work();
    Deferral deferral = new Deferral(work.stage(), 1, null, work.steps(), "refused; " + why);
    return ledger.defer(lease, deferral).map(done -> refused(taken, why));
  }

  private Future<Resolved> refuse(Case asked) {
    String why = asked.resolution().because();
    String event = asked.request().event().with(TimelineEvent.Field.RULE, why).encode();
    return ledger.expedite(asked.request().id(), event).map(noted -> refused(asked, why));
  }

  private static Resolved refused(Case asked, String why) {
    boolean waits = asked.request().word() == Verdict.UNPAID && !asked.moment().windowOver();
    long windowEnds = asked.work().intentAtMillis() + Window.MILLIS;
    return new Resolved.Refused(null, why, waits ? windowEnds : 0);
  }

  /** The platform's "paid" needs no lease and no operator. */
  private Future<Resolved> settlePaid(Case asked) {
    Settlement settlement = end(asked, Outcome.PAID, asked.reply());
    return closed(asked, Outcome.PAID, ledger.settlePaid(asked.work().ref(), settlement))
        .map(done -> asked.request().word() == Verdict.PAID
            ? done
            : new Resolved.Refused(Outcome.PAID, asked.resolution().because(), 0));
  }

  private static Reply reply(Case asked, Outcome outcome, Reply reply) {
    UnsettledPayment work = asked.work();
    return ResultReply.isAnswerable(work.operation(), reply)
        ? reply
        : ResultReply.ended(
            outcome, work.operation(), work.id(), work.fields(), asked.request().traceId());
  }

  private static Settlement end(Case asked, Outcome outcome, Reply reply) {
    UnsettledPayment work = asked.work();
    Reply ofPage = StoredReply.ofPage(work, outcome);
    return work.end(
        outcome,
        ofPage == null ? reply(asked, outcome, reply) : ofPage,
        work.stage().history(),
        asked.transactionId(),
        asked.event());
  }

  private Future<Resolved> closed(Case asked, Outcome outcome, Future<CloseResult> closing) {
    return closing.compose(close -> {
      outcomes.announce(asked.request().id());
      return close instanceof CloseResult.Closed
          ? Future.succeededFuture(new Resolved.Done(outcome, asked.resolution().because()))
          : outrun(asked);
    });
  }

  /** It was ended elsewhere first. */
  private Future<Resolved> outrun(Case asked) {
    return admin
        .inspect(asked.request().id())
        .map(found -> found.map(Dossier::payment).map(Payment::outcome))
        .map(outcome -> outrun(asked.request(), outcome));
  }

  private static Resolved outrun(ResolveRequest request, Optional<Outcome> outcome) {
    boolean paid = outcome.isPresent() && outcome.get() == Outcome.PAID;
    return outcome.isPresent() && paid == (request.word() == Verdict.PAID)
        ? new Resolved.Done(outcome.get(), "it ended so by itself meanwhile")
        : new Resolved.Refused(outcome.orElse(null), "it moved on meanwhile; look again", 0);
  }

  /** The platform's own answer where it says the same, else one of ours. */
  private static Reply reply(Case asked, Outcome outcome) {
    Report shown = asked.shown().report();
    if (outcome == Outcome.PAID) {
      return shown == Report.OTHER_AMOUNT ? asked.reply() : paidBefore(asked);
    }
    return shown.isUnpaid() ? asked.reply() : ofOurOwn(asked, false);
  }

  /** What the platform said of the other amount that it moved was kept for this. */
  private static Reply paidBefore(Case asked) {
    Reply kept = asked.work().answerSoFar();
    return asked.work().stage().isOtherAmount() && kept != null ? kept : ofOurOwn(asked, true);
  }

  private static Reply ofOurOwn(Case asked, boolean paid) {
    UnsettledPayment work = asked.work();
    return ProxyEnvelope.verdict(
        paid ? TransactionStatus.SUCCESS : TransactionStatus.CLOSED,
        paid ? "paid, as an operator confirmed" : "not paid, as an operator confirmed",
        work.id().requestId(),
        work.fields().referenceOrderId(),
        asked.request().traceId());
  }
}
