package io.payonce.recovery;

import static io.payonce.recovery.Action.CONFIRM;
import static io.payonce.recovery.Action.REISSUE;
import static io.payonce.recovery.Action.RELEASE;
import static io.payonce.recovery.Action.RESEND;
import static io.payonce.recovery.Action.SETTLE_PAID;
import static io.payonce.recovery.Action.SETTLE_REFUSED;
import static io.payonce.recovery.Action.SETTLE_UNPAID;
import static io.payonce.recovery.Action.WAIT;

import io.payonce.codes.Report;

/** Makes the decisions that several stages share; each names the rule it rests on. */
final class CommonDecisions {
  private CommonDecisions() {}

  static Decision paid(Stage stage) {
    return new Decision(SETTLE_PAID, stage, "the platform says it is done");
  }

  /** What moved is not what was asked for: whether it pays the order, only an operator knows. */
  static Decision otherAmount(Stage stage, History shown, Policy policy) {
    return policy.otherAmount()
        ? new Decision(SETTLE_PAID, stage, "the platform says it is done, another amount")
        : later(new OtherAmount(shown.withShown()), "money moved, another amount");
  }

  static Decision unpaid(Stage stage, String because) {
    return new Decision(SETTLE_UNPAID, stage, because);
  }

  private static Decision refused(Stage stage, String because) {
    return new Decision(SETTLE_REFUSED, stage, because);
  }

  /**
   * The send did nothing and never will; after a reissued id the former one's end is the answer.
   */
  static Decision turnedDown(Stage stage, String because) {
    return stage.history().generation() == 1
        ? refused(stage, because)
        : unpaid(stage, "the former id ended unpaid; " + because);
  }

  static Decision later(Stage next, String because) {
    return new Decision(WAIT, next, because);
  }

  static Decision doubt(History history, String because) {
    return later(new InDoubt(history), because);
  }

  /** A refusal that may pass: nothing is under way, so the order is free again. */
  static Decision release(Stage stage, History history, String because) {
    return history.generation() == 1
        ? new Decision(RELEASE, stage, because)
        : unpaid(stage, "the former id ended unpaid; " + because);
  }

  static boolean maySend(History history, Deadlines moment, Policy policy) {
    return policy.resends()
        && !policy.doubted()
        && !history.has(Mark.ABORTED)
        && history.sends() < policy.maxSends()
        && !moment.deadlineOver();
  }

  static Decision resend(History history, String because) {
    return new Decision(RESEND, new Sending(history.plusSend()), because);
  }

  /**
   * What a final F, C or decline leads to (platform.md#assumed); {@code orElse} says how to wait
   * while it is not final.
   */
  static Decision ended(Stage stage, Report report, Deadlines moment, Policy policy, Stage orElse) {
    History history = stage.history();
    if (!history.isFinal(moment)) {
      return later(orElse, "another send of this id may still pay");
    }
    if (history.has(Mark.ORDER_PAID_ELSEWHERE)) {
      return turnedDown(stage, "the order is paid, not by this payment");
    }
    Stage forgotten = report == Report.FAILED && policy.reissuedUnknown()
        ? stage.perhapsReissued(moment, policy)
        : null;
    if (forgotten != null) {
      return new Decision(CONFIRM, forgotten, "a reissued id that is forgotten may have paid");
    }
    FinalUnpaid proof = FinalUnpaid.of(history, report, moment);
    if (proof != null && mayReissue(stage, moment, policy)) {
      return new Decision(
          REISSUE, new Sending(history.nextGeneration(proof)), "failed without a reason");
    }
    return unpaid(stage, "the platform's final status is unpaid");
  }

  /** Another payment holds the id, or (where the only send was answered so) the order. */
  static Decision foreign(Stage stage, Stage orElse) {
    return stage.history().has(Mark.ID_IN_USE) || stage.history().othersMayHoldOrder()
        ? turnedDown(stage, "the id belongs to another payment")
        : later(orElse, "the id shows another payment");
  }

  private static boolean mayReissue(Stage stage, Deadlines moment, Policy policy) {
    return stage instanceof InDoubt
        && policy.reissues()
        && !stage.history().has(Mark.OPENED)
        && maySend(stage.history(), moment, policy);
  }
}
