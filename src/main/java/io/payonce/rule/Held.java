package io.payonce.rule;

import static io.payonce.rule.Verdicts.later;
import static io.payonce.rule.Verdicts.maySend;
import static io.payonce.rule.Verdicts.otherAmount;
import static io.payonce.rule.Verdicts.paid;
import static io.payonce.rule.Verdicts.release;
import static io.payonce.rule.Verdicts.resend;

/** Refused for the moment with nothing in doubt; the order is kept and a copy is to follow. */
record Held(History history) implements Stage {
  @Override
  public StageName name() {
    return StageName.HELD;
  }

  @Override
  public Decision next(Report report, Moment moment, Policy policy) {
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
          MENDED,
          REFUSED_FOR_NOW,
          ARRIVED,
          ALREADY_PAID,
          NOT_FOUND,
          FOREIGN,
          UNSENT,
          UNKNOWN -> later(this, "nothing is on the wire");
    };
  }

  @Override
  public Decision due(Moment moment, Policy policy) {
    return !moment.callersGone() && maySend(history, moment, policy)
        ? resend(history, "the pause is over")
        : release(this, history, "refused for now, and no time to try again");
  }

  @Override
  public Stage aborted() {
    return new Held(history.withAborted());
  }
}
