package io.payonce.rule;

import static io.payonce.rule.Verdicts.later;
import static io.payonce.rule.Verdicts.paid;
import static io.payonce.rule.Verdicts.refused;
import static io.payonce.rule.Verdicts.unpaid;

/** Before a person, its outcome still unknown: it is asked about slowly, and never sent again. */
record Attention(History history) implements Stage {
  @Override
  public String word() {
    return "ATTENTION";
  }

  @Override
  public Decision next(Report report, Moment moment, Policy policy) {
    return switch (report) {
      case PAID, DONE -> paid(this);
      case DECLINED, FAILED, CLOSED ->
        history.finalWord(moment)
            ? unpaid(this, "the platform's final status is unpaid")
            : later(this, "another copy of this id may still pay");
      case NOT_FOUND -> notFound(moment, policy);
      case FOREIGN ->
        history.arrived() || history.othersOrder()
            ? refused(this, "the id belongs to another payment")
            : later(this, "the id shows another payment");
      default -> later(this, "nothing learnt");
    };
  }

  @Override
  public Decision due(Moment moment, Policy policy) {
    return new Decision(Act.CONFIRM, this, "before a person");
  }

  @Override
  public Stage aborted() {
    return new Attention(history.withAborted());
  }

  private Decision notFound(Moment moment, Policy policy) {
    if (history.othersOrder()) {
      return refused(this, "the order is paid, not by this payment");
    }
    return moment.windowOver() && !history.seen() && policy.resends()
        ? unpaid(this, "not found after every copy's window")
        : later(this, "not found yet");
  }
}
