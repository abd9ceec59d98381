package io.payonce.recovery;

import static io.payonce.recovery.CommonDecisions.ended;
import static io.payonce.recovery.CommonDecisions.later;
import static io.payonce.recovery.CommonDecisions.otherAmount;
import static io.payonce.recovery.CommonDecisions.paid;

import io.payonce.codes.Report;
import io.payonce.model.StageName;

/**
 * Decides for a payment that the platform accepted and works on: confirm until the status is final,
 * never send.
 */
record Open(History history) implements Stage {
  @Override
  public StageName name() {
    return StageName.OPEN;
  }

  @Override
  public Decision next(Report report, Deadlines moment, Policy policy) {
    if (moment.page().isPage() && report != Report.OTHER_AMOUNT) {
      return HostedPages.next(this, stay(moment), report, moment);
    }
    return switch (report) {
      case PAID, DONE -> paid(this);
      case OTHER_AMOUNT -> otherAmount(this, history, policy);
      case DECLINED, FAILED, CLOSED -> ended(this, report, moment, policy, stay(moment));
      case INITIAL,
          PROCESSING,
          REFUSED,
          BUSY,
          REMEDIED,
          REFUSED_FOR_NOW,
          ID_IN_USE,
          ALREADY_PAID,
          NOT_FOUND,
          FOREIGN,
          UNSENT,
          UNKNOWN -> later(stay(moment), "not final yet");
    };
  }

  @Override
  public Decision due(Deadlines moment, Policy policy) {
    return new Decision(Action.CONFIRM, this, "not final yet");
  }

  @Override
  public Stage aborted() {
    return new Open(history.withAborted());
  }

  private Stage stay(Deadlines moment) {
    return moment.deadlineOver() ? new Attention(history) : this;
  }
}
