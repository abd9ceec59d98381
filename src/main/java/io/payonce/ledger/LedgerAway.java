package io.payonce.ledger;

/** The ledger did not answer. */
public final class LedgerAway extends RuntimeException {
  private final boolean mayHaveRun;

  public LedgerAway(String why, boolean mayHaveRun) {
    super(why, null, false, false);
    this.mayHaveRun = mayHaveRun;
  }

  /** False only when the move was provably not made. */
  public boolean mayHaveRun() {
    return mayHaveRun;
  }
}
