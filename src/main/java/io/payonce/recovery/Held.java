package io.payonce.recovery;

import static io.payonce.recovery.CommonDecisions.later;
import static io.payonce.recovery.CommonDecisions.maySend;
import static io.payonce.recovery.CommonDecisions.otherAmount;
import static io.payonce.recovery.CommonDecisions.paid;
import static io.payonce.recovery.CommonDecisions.release;
import static io.payonce.recovery.CommonDecisions.resend;

import io.payonce.codes.Report;
import io.payonce.model.StageName;

/**
 * Decides for a payment that was refused for the moment with nothing in doubt: the order stays
 * locked and a send is to follow.
 */
record Held(History history) implements Stage {
  @Override
  public StageName name() {
    return StageName.HELD;
  }

  @Override
  public Decision next(Report report, Deadlines moment, Policy policy) {
    return switch (report) {
      case PAID -> paid(this);
      case OTHER_AMOUNT -> otherAmount(this, history, policy);
      case DONE,
          DECLINED,
          FAILED,
          CLOSED,
          INITIAL,
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
          UNKNOWN -> later(this, "nothing is on the wire");
    };
  }

  @Override
  public Decision due(Deadlines moment, Policy policy) {
    return !moment.callersGone() && maySend(history, moment, policy)
        ? resend(history, "the pause is over")
        : release(this, history, "refused for now, and no time to try again");
  }

  @Override
  public Stage aborted() {
    return new Held(history.withAborted());
  }
}
