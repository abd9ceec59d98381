package io.payonce.ledger;

/** Reports that the ledger did not answer, or not in a form that can be understood. */
public sealed class LedgerUnavailable extends RuntimeException permits UnreadableRecord {
  private final boolean mayHaveRun;
  private final String word;

  public LedgerUnavailable(String why, boolean mayHaveRun) {
    this(why, mayHaveRun, "");
  }

  /** @param word what Redis said, or what keeps us from it; empty when that is not known */
  public LedgerUnavailable(String why, boolean mayHaveRun, String word) {
    super(why, null, false, false);
    this.mayHaveRun = mayHaveRun;
    this.word = word;
  }

  /** One of a closed set; for people outside. */
  public String word() {
    return word;
  }

  /** False only when the move was provably not made. */
  public boolean mayHaveRun() {
    return mayHaveRun;
  }
}
