package io.payonce.recovery;

import static io.payonce.recovery.CommonDecisions.ended;
import static io.payonce.recovery.CommonDecisions.foreign;
import static io.payonce.recovery.CommonDecisions.later;
import static io.payonce.recovery.CommonDecisions.otherAmount;
import static io.payonce.recovery.CommonDecisions.paid;
import static io.payonce.recovery.CommonDecisions.turnedDown;
import static io.payonce.recovery.CommonDecisions.unpaid;

import io.payonce.codes.Report;
import io.payonce.model.StageName;

/**
 * Decides for a payment that needs review, its outcome still unknown: slow confirming goes on,
 * nothing is sent again.
 */
record Attention(History history) implements Stage {
  @Override
  public StageName name() {
    return StageName.ATTENTION;
  }

  @Override
  public Decision next(Report report, Deadlines moment, Policy policy) {
    if (moment.page().isPage() && report != Report.OTHER_AMOUNT) {
      return HostedPages.next(this, this, report, moment);
    }
    return switch (report) {
      case PAID, DONE -> paid(this);
      case OTHER_AMOUNT -> otherAmount(this, history, policy);
      case DECLINED, FAILED, CLOSED -> ended(this, report, moment, policy, shown());
      case INITIAL, PROCESSING -> later(shown(), "not final yet");
      case NOT_FOUND -> notFound(moment, policy);
      case FOREIGN -> foreign(this, new Attention(history.withSeen()));
      case REFUSED, BUSY, REMEDIED, REFUSED_FOR_NOW, ID_IN_USE, ALREADY_PAID, UNSENT, UNKNOWN ->
        later(this, "nothing learnt");
    };
  }

  @Override
  public Decision due(Deadlines moment, Policy policy) {
    return new Decision(Action.CONFIRM, this, "needs review");
  }

  @Override
  public Stage aborted() {
    return new Attention(history.withAborted());
  }

  private Stage shown() {
    return new Attention(history.withShown());
  }

  private Decision notFound(Deadlines moment, Policy policy) {
    if (history.othersMayHoldOrder()) {
      return turnedDown(this, "the order is paid, not by this payment");
    }
    return moment.windowOver() && !history.has(Mark.SEEN) && policy.trustsAbsence()
        ? unpaid(this, "not found after every send's window")
        : later(this, "not found yet");
  }
}
