package io.payonce.recovery;

import io.payonce.codes.Report;

/**
 * Decides what an operator's verdict on an unsettled payment leads to. An operator may know more
 * than the platform reports, but never less: a final status of the platform stands, and "unpaid"
 * waits until no send can take effect any more.
 */
public record Resolution(Kind kind, String because) {
  /** Possible results. */
  public enum Kind {
    /** The payment ends as the operator says. */
    GRANTED,
    /** Nothing is changed; the payment goes on as before. */
    REFUSED,
    /** The platform itself has the answer, and it is "paid": the payment ends so. */
    PLATFORM_PAID
  }

  /** The operator's word on the payment. */
  public enum Verdict {
    PAID("paid"),
    UNPAID("unpaid");

    private final String word;

    Verdict(String word) {
      this.word = word;
    }

    /** As operators write it, and timelines keep it. */
    @Override
    public String toString() {
      return word;
    }
  }

  /**
   * Decides.
   *
   * @param shown what a fresh question to the platform taught
   * @param stage as it stands; what was seen of its money before counts when the platform is silent
   * @param forced the operator insists although the platform does not say that the payment is over;
   *     it never shortens the wait for a send's window
   */
  public static Resolution of(
      Verdict word, boolean forced, Report shown, Stage stage, Deadlines moment) {
    if (shown == Report.PAID || shown == Report.DONE) {
      return new Resolution(Kind.PLATFORM_PAID, "the platform says it is paid");
    }
    boolean moved = shown == Report.OTHER_AMOUNT || stage.isOtherAmount();
    if (word == Verdict.PAID) {
      return moved ? granted("an operator's word; money moved, another amount") : paid(shown);
    }
    return unpaid(forced, moved ? Report.OTHER_AMOUNT : shown, stage.history(), moment);
  }

  private static Resolution paid(Report shown) {
    return shown.isUnpaid()
        ? refused("the platform's status is final and says unpaid")
        : granted("an operator's word, and no final status against it");
  }

  private static Resolution unpaid(
      boolean forced, Report shown, History history, Deadlines moment) {
    boolean lasts = !moment.page().isPage() || isOver(shown, moment);
    if (shown.isUnpaid() && lasts && history.isFinal(moment)) {
      return granted("an operator's word, and the platform's final status");
    }
    if (moment.page().isPage() && !isOver(shown, moment)) {
      return refused("the hosted page may still be paid");
    }
    if (!moment.windowOver()) {
      return refused("a send may still take effect");
    }
    return switch (shown) {
      case NOT_FOUND -> granted("an operator's word; not found after every send's window");
      case FOREIGN -> granted("an operator's word; the id shows another payment");
      case OTHER_AMOUNT -> insisted(forced, "money moved, another amount");
      case INITIAL, PROCESSING -> insisted(forced, "the platform is still at it");
      case PAID,
          DONE,
          DECLINED,
          FAILED,
          CLOSED,
          REFUSED,
          BUSY,
          REMEDIED,
          REFUSED_FOR_NOW,
          ID_IN_USE,
          ALREADY_PAID,
          UNSENT,
          UNKNOWN -> insisted(forced, "the platform does not say how it stands");
    };
  }

  private static boolean isOver(Report shown, Deadlines moment) {
    return moment.page() == PageLife.OVER
        || shown == Report.CLOSED && moment.page().isShut();
  }

  private static Resolution insisted(boolean forced, String doubt) {
    return forced ? granted("an operator insists although " + doubt) : refused(doubt);
  }

  private static Resolution granted(String because) {
    return new Resolution(Kind.GRANTED, because);
  }

  private static Resolution refused(String because) {
    return new Resolution(Kind.REFUSED, because);
  }
}
