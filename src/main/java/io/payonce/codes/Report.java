package io.payonce.codes;

/**
 * Names what one exchange taught us about a payment. Direct answers and confirms speak the same
 * words, so that one table decides over both.
 */
public enum Report {
  /** Status S for our order and amount. */
  PAID("PAID", Shown.MOVED),
  /** Status S for our id and order, but with another amount: money moved. */
  OTHER_AMOUNT("OTHER_AMOUNT", Shown.MOVED),
  /** Code 0 of an operation whose answer is its result. */
  DONE("DONE", Shown.MOVED),
  /** Status F with an issuer's reason: an answer, not a fault. */
  DECLINED("DECLINED", Shown.UNPAID),
  /** Status F without a reason. */
  FAILED("FAILED", Shown.UNPAID),
  /** Status C: never paid, and never will be. */
  CLOSED("CLOSED", Shown.UNPAID),
  /** Status I, or accepted without a status: a terminal waits for its customer. */
  INITIAL("INITIAL", Shown.UNDER_WAY),
  /** Status P: a channel was called and has not answered. */
  PROCESSING("PROCESSING", Shown.UNDER_WAY),
  /** The platform refused this send for good. */
  REFUSED("REFUSED", Shown.NOTHING),
  /** The platform refused this send for the moment; a pause helps. */
  BUSY("BUSY", Shown.NOTHING),
  /** The platform refused this send for a reason we have mended since: send again at once. */
  REMEDIED("MENDED", Shown.NOTHING),
  /** The platform refused this send for a reason that may pass, but not by our doing. */
  REFUSED_FOR_NOW("REFUSED_FOR_NOW", Shown.NOTHING),
  /** This send did nothing because something under our id had arrived before (C06). */
  ID_IN_USE("ARRIVED", Shown.NOTHING),
  /** This send did nothing because the order is paid (C10), perhaps by us. */
  ALREADY_PAID("ALREADY_PAID", Shown.NOTHING),
  /** The platform knows no such transaction (C12 to a confirm). */
  NOT_FOUND("NOT_FOUND", Shown.NOTHING),
  /** There is a transaction, but of another id, order or amount, and ours has moved no money. */
  FOREIGN("FOREIGN", Shown.NOTHING),
  /** No byte of this send left. */
  UNSENT("UNSENT", Shown.NOTHING),
  /** Nothing learnt: silence, a fault of the platform, an unknown code. */
  UNKNOWN("UNKNOWN", Shown.NOTHING);

  /** The platform's view of a transaction of ours. */
  private enum Shown {
    MOVED,
    UNPAID,
    UNDER_WAY,
    NOTHING
  }

  private final String word;
  private final Shown shown;

  Report(String word, Shown shown) {
    this.word = word;
    this.shown = shown;
  }

  /** The word in timelines, which are stored. */
  @Override
  public String toString() {
    return word;
  }

  /** True when the platform has a transaction of ours and says how it stands. */
  public boolean isStatus() {
    return shown != Shown.NOTHING;
  }

  /** True when it says that the transaction has ended and moved no money. */
  public boolean isUnpaid() {
    return shown == Shown.UNPAID;
  }
}
