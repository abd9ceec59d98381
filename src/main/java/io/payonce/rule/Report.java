package io.payonce.rule;

/**
 * What one exchange taught us about a payment. Direct answers and confirms speak the same words, so
 * that one table decides over both.
 */
public enum Report {
  /** Status S for our order and amount. */
  PAID("PAID"),
  /** Status S for our id and order, but with another amount: money moved. */
  OTHER_AMOUNT("OTHER_AMOUNT"),
  /** Code 0 of an operation whose answer is its result. */
  DONE("DONE"),
  /** Status F with an issuer's reason: an answer, not a fault. */
  DECLINED("DECLINED"),
  /** Status F without a reason. */
  FAILED("FAILED"),
  /** Status C: never paid, and never will be. */
  CLOSED("CLOSED"),
  /** Status I, or accepted without a status: a terminal waits for its customer. */
  INITIAL("INITIAL"),
  /** Status P: a channel was called and has not answered. */
  PROCESSING("PROCESSING"),
  /** The platform refused this copy for good. */
  REFUSED("REFUSED"),
  /** The platform refused this copy for the moment; a pause helps. */
  BUSY("BUSY"),
  /** The platform refused this copy for a reason we have mended since: send again at once. */
  MENDED("MENDED"),
  /** The platform refused this copy for a reason that may pass, but not by our doing. */
  REFUSED_FOR_NOW("REFUSED_FOR_NOW"),
  /** This copy did nothing because something under our id had arrived before (C06). */
  ARRIVED("ARRIVED"),
  /** This copy did nothing because the order is paid (C10), perhaps by us. */
  ALREADY_PAID("ALREADY_PAID"),
  /** The platform knows no such transaction (C12 to a confirm). */
  NOT_FOUND("NOT_FOUND"),
  /** There is a transaction, but of another id, order or amount, and ours has moved no money. */
  FOREIGN("FOREIGN"),
  /** No byte of this copy left. */
  UNSENT("UNSENT"),
  /** Nothing learnt: silence, a fault of the platform, a code nobody knows. */
  UNKNOWN("UNKNOWN");

  private final String word;

  Report(String word) {
    this.word = word;
  }

  /** The word in timelines, which are stored. */
  @Override
  public String toString() {
    return word;
  }

  /** True when the platform has a transaction of ours and says how it stands. */
  public boolean isStatus() {
    return switch (this) {
      case PAID, OTHER_AMOUNT, DONE, DECLINED, FAILED, CLOSED, INITIAL, PROCESSING -> true;
      default -> false;
    };
  }
}
