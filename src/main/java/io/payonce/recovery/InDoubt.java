package io.payonce.recovery;

import static io.payonce.recovery.CommonDecisions.ended;
import static io.payonce.recovery.CommonDecisions.foreign;
import static io.payonce.recovery.CommonDecisions.later;
import static io.payonce.recovery.CommonDecisions.maySend;
import static io.payonce.recovery.CommonDecisions.otherAmount;
import static io.payonce.recovery.CommonDecisions.paid;
import static io.payonce.recovery.CommonDecisions.release;
import static io.payonce.recovery.CommonDecisions.resend;
import static io.payonce.recovery.CommonDecisions.turnedDown;
import static io.payonce.recovery.CommonDecisions.unpaid;

import io.payonce.codes.Report;
import io.payonce.model.StageName;

/**
 * Decides for a payment that was sent with an unknown outcome: confirm, and send again only when
 * the platform's answer allows it.
 */
record InDoubt(History history) implements Stage {
  @Override
  public StageName name() {
    return StageName.IN_DOUBT;
  }

  @Override
  public Decision next(Report report, Deadlines moment, Policy policy) {
    boolean itself =
        report == Report.OTHER_AMOUNT || report == Report.INITIAL && moment.page() != PageLife.OVER;
    if (moment.page().isPage() && !itself) {
      return HostedPages.next(this, stay(history, moment), report, moment);
    }
    return switch (report) {
      case PAID, DONE -> paid(this);
      case OTHER_AMOUNT -> otherAmount(this, history, policy);
      case DECLINED, FAILED, CLOSED ->
        ended(this, report, moment, policy, stay(history.withShown(), moment));
      case INITIAL -> later(new Open(history.withShown().withOpened()), "the platform has it open");
      case PROCESSING -> later(stay(history.withShown(), moment), "the platform is at it");
      case NOT_FOUND -> notFound(moment, policy);
      case FOREIGN -> foreign(this, stay(history.withSeen(), moment));
      case REFUSED, BUSY, REMEDIED, REFUSED_FOR_NOW, ID_IN_USE, ALREADY_PAID, UNSENT, UNKNOWN ->
        later(stay(history, moment), "nothing learnt");
    };
  }

  @Override
  public Decision due(Deadlines moment, Policy policy) {
    if (moment.page().isPage()) {
      return HostedPages.due(this, moment, policy);
    }
    boolean shown = history.has(Mark.SEEN) || history.othersMayHoldOrder();
    if (policy.confirms() && (!policy.repeats() || shown || !maySend(history, moment, policy))) {
      return new Decision(Action.CONFIRM, this, "the outcome is unknown");
    }
    if (maySend(history, moment, policy)) {
      return resend(history, "repeating it does no harm");
    }
    // Given back now, its order would take another value, which a late send would undo.
    return policy.locks() && !moment.windowOver()
        ? later(this, "a send of it may still come in")
        : release(this, history, "repeated as often as allowed");
  }

  @Override
  public Stage aborted() {
    return new InDoubt(history.withAborted());
  }

  private Decision notFound(Deadlines moment, Policy policy) {
    if (history.othersMayHoldOrder()) {
      return turnedDown(this, "the order is paid, not by this payment");
    }
    if (history.has(Mark.SEEN) || !policy.trustsAbsence()) {
      return later(stay(history, moment), "not found yet");
    }
    if (maySend(history, moment, policy) && moment.windowOver() == policy.resendAfterWindow()) {
      return resend(history, "the platform knows nothing of it");
    }
    return moment.windowOver()
        ? unpaid(this, "not found after every send's window")
        : later(stay(history, moment), "not found yet");
  }

  private static Stage stay(History history, Deadlines moment) {
    return moment.deadlineOver() ? new Attention(history) : new InDoubt(history);
  }
}
