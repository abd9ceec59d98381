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
  public String word() {
    return "HELD";
  }

  @Override
  public Decision next(Report report, Moment moment, Policy policy) {
    return switch (report) {
      case PAID -> paid(this);
      case OTHER_AMOUNT -> otherAmount(this, history, policy);
      default -> later(this, "nothing is on the wire");
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
