package io.payonce.ledger;

import io.vertx.core.Future;
import java.util.function.Function;

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

  /**
   * What a step comes to where the ledger is unavailable; all other failures stay what they are.
   */
  public static <T> Function<Throwable, Future<T>> otherwise(T value) {
    return failure -> failure instanceof LedgerUnavailable
        ? Future.succeededFuture(value)
        : Future.failedFuture(failure);
  }

  /** True where the ledger did not answer; what cannot be read now cannot be read soon. */
  public static boolean isSilence(Throwable failure) {
    return failure instanceof LedgerUnavailable && !(failure instanceof UnreadableRecord);
  }

  /** One of a closed set; for operators outside. */
  public String word() {
    return word;
  }

  /** False only when the move was provably not made. */
  public boolean mayHaveRun() {
    return mayHaveRun;
  }
}
