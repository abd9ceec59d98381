package io.payonce.rule;

import static io.payonce.rule.Verdicts.ended;
import static io.payonce.rule.Verdicts.later;
import static io.payonce.rule.Verdicts.otherAmount;
import static io.payonce.rule.Verdicts.paid;

/** The platform accepted the payment and works on it: ask until the status is final, never send. */
record Open(History history) implements Stage {
  @Override
  public StageName name() {
    return StageName.OPEN;
  }

  @Override
  public Decision next(Report report, Moment moment, Policy policy) {
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
          MENDED,
          REFUSED_FOR_NOW,
          ARRIVED,
          ALREADY_PAID,
          NOT_FOUND,
          FOREIGN,
          UNSENT,
          UNKNOWN -> later(stay(moment), "not final yet");
    };
  }

  @Override
  public Decision due(Moment moment, Policy policy) {
    return new Decision(Act.CONFIRM, this, "not final yet");
  }

  @Override
  public Stage aborted() {
    return new Open(history.withAborted());
  }

  private Stage stay(Moment moment) {
    return moment.deadlineOver() ? new Attention(history) : this;
  }
}
