package io.payonce.recovery;

import io.payonce.codes.Report;

/** Decides whether the hosted page that has an order gives way to another payment of it. */
public enum Succession {
  /**
   * It is closed for good, and nothing under way can open or pay it: the order may change hands.
   */
  GIVES_WAY,
  /** It was paid: so is the order. */
  PAID,
  /** It may still be paid. */
  STANDS;

  /**
   * Only C counts, for a declined shopper presses again; and only once no press begun before the
   * page was closed can still be worked on, and no send can still open the page anew.
   *
   * @param shown what a question to the platform taught
   * @param moment when it was asked
   */
  public static Succession of(Report shown, History history, Deadlines moment) {
    if (shown == Report.PAID) {
      return PAID;
    }
    return shown == Report.CLOSED && moment.page().isShut() && isAlone(history, moment)
        ? GIVES_WAY
        : STANDS;
  }

  /** Whether it is worth closing the page: no send of it is unaccounted for. */
  public static boolean isAlone(History history, Deadlines moment) {
    return history.noSendInDoubt() || moment.windowOver();
  }
}
