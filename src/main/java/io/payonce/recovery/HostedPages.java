package io.payonce.recovery;

import static io.payonce.recovery.CommonDecisions.foreign;
import static io.payonce.recovery.CommonDecisions.later;
import static io.payonce.recovery.CommonDecisions.paid;
import static io.payonce.recovery.CommonDecisions.resend;
import static io.payonce.recovery.CommonDecisions.turnedDown;
import static io.payonce.recovery.CommonDecisions.unpaid;

import io.payonce.codes.Report;

/**
 * Decides when a hosted page has ended. Its transaction's status is that of one press, and a
 * declined shopper presses again: while the page lives only S is final, and C once no press can be
 * under way any more.
 */
final class HostedPages {
  private HostedPages() {}

  /**
   * What follows from what the platform shows of the page's payment; {@code waiting} if nothing.
   */
  static Decision next(Stage stage, Stage waiting, Report report, Deadlines moment) {
    return switch (report) {
      case PAID -> paid(stage);
      case CLOSED ->
        moment.page().isShut() && stage.history().isFinal(moment)
            ? unpaid(stage, "the page is closed")
            : later(waiting, "a press, or a send, may still be under way");
      case DECLINED, FAILED, INITIAL -> unpressed(stage, waiting, moment);
      case NOT_FOUND ->
        stage.history().othersMayHoldOrder()
            ? turnedDown(stage, "the order is paid, not by this page")
            : unpressed(stage, waiting, moment);
      case FOREIGN -> foreign(stage, waiting);
      case PROCESSING -> later(waiting, "a press is under way");
      case OTHER_AMOUNT,
          DONE,
          REFUSED,
          BUSY,
          REMEDIED,
          REFUSED_FOR_NOW,
          ID_IN_USE,
          ALREADY_PAID,
          UNSENT,
          UNKNOWN -> later(waiting, "nothing learnt");
    };
  }

  private static Decision unpressed(Stage stage, Stage waiting, Deadlines moment) {
    return moment.page() == PageLife.OVER
        ? unpaid(stage, "the page's life is over")
        : later(waiting, "its shopper may still press");
  }

  /** A repeat gives the first page; where the id or the order is said to be taken, it asks. */
  static Decision due(InDoubt stage, Deadlines moment, Policy policy) {
    History history = stage.history();
    boolean again = !history.has(Mark.SEEN)
        && !history.has(Mark.ORDER_PAID_ELSEWHERE)
        && moment.page() == PageLife.LIVES
        && CommonDecisions.maySend(history, moment, policy);
    return again
        ? resend(history, "a repeat gives the first page")
        : new Decision(Action.CONFIRM, stage, "whether there is a page is unknown");
  }
}
