package io.payonce.recovery;

import static io.payonce.recovery.CommonDecisions.later;
import static io.payonce.recovery.CommonDecisions.otherAmount;
import static io.payonce.recovery.CommonDecisions.paid;

import io.payonce.codes.Report;
import io.payonce.model.StageName;

/**
 * Decides for a payment that needs review because the platform moved another amount than asked for.
 * The order is freed by no word of the platform but that all of it is paid.
 */
record OtherAmount(History history) implements Stage {
  /** Programs that do not know this stage take it for what it is, too: a payment in review. */
  @Override
  public StageName name() {
    return StageName.ATTENTION;
  }

  @Override
  public boolean isOtherAmount() {
    return true;
  }

  @Override
  public Decision next(Report report, Deadlines moment, Policy policy) {
    return switch (report) {
      case PAID, DONE -> paid(this);
      case OTHER_AMOUNT -> otherAmount(this, history, policy);
      case DECLINED,
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
          UNKNOWN -> later(this, "money moved, another amount");
    };
  }

  @Override
  public Decision due(Deadlines moment, Policy policy) {
    return new Decision(Action.CONFIRM, this, "needs review: another amount");
  }

  /** What moved has moved, whatever else the ledger may have forgotten. */
  @Override
  public Stage doubted() {
    return new OtherAmount(history.doubted());
  }

  @Override
  public Stage aborted() {
    return new OtherAmount(history.withAborted());
  }
}
