package io.payonce.ledger;

/** The ledger did not answer, or nothing that can be understood. */
public sealed class LedgerAway extends RuntimeException permits UnreadableRecord {
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
