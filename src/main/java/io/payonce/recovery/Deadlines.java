package io.payonce.recovery;

/**
 * Tells where in its life a payment stands now, with time as an argument.
 *
 * @param windowOver no send sent so far can take effect any more
 * @param deadlineOver an operator must be asked (later for an open payment than for one in doubt)
 * @param callersGone the wait budget is over, so a refusal need not be tried again
 * @param page of a hosted page: how far its life has gone
 */
public record Deadlines(
    boolean windowOver, boolean deadlineOver, boolean callersGone, PageLife page) {
  /** Of a payment that is no hosted page. */
  public Deadlines(boolean windowOver, boolean deadlineOver, boolean callersGone) {
    this(windowOver, deadlineOver, callersGone, PageLife.NONE);
  }

  /**
   * This moment, when what we go by was asked for at an earlier one: a worker may stall over an
   * answer, and what came in after the question is not in it.
   */
  public Deadlines knowing(Deadlines asked) {
    return new Deadlines(
        windowOver && asked.windowOver, deadlineOver, callersGone, page.atMost(asked.page));
  }

  /** This moment, as other clocks than the ledger's have it, too. */
  public Deadlines proven(boolean window, PageLife life) {
    return new Deadlines(windowOver && window, deadlineOver, callersGone, page.atMost(life));
  }
}
