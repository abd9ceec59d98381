package io.payonce.recovery;

/**
 * Counts the sends of a payment and remembers what they have shown. Guarantee: small numbers and
 * marks only, so a test enumerates every history there is.
 *
 * <p>Example: {@code 1.2.1} is generation 1 with two sends, one of them in doubt: the first was
 * refused, the second timed out. A final F proves both unpaid, and the send under the reissued id
 * makes it {@code 2.3.1}.
 *
 * @param generation 1 under the caller's id, then one more for each reissued id
 * @param sends sends so far, of all generations
 * @param sendsInDoubt sends of this generation that may still take effect: sent, and not refused
 */
public record History(int generation, int sends, int sendsInDoubt, Marks marks) {
  /** A payment whose first send is about to leave. */
  public static final History FIRST = new History(1, 1, 1, Marks.NONE);

  public boolean has(Mark mark) {
    return marks.has(mark);
  }

  /** The same payment with one more send of the same id about to leave. */
  History plusSend() {
    return new History(generation, sends + 1, sendsInDoubt + 1, marks);
  }

  /** The same payment with the first send of a reissued id about to leave. */
  History nextGeneration(FinalUnpaid proof) {
    return new History(generation + 1, sends + 1, 1, marks.only(Mark.OPENED, Mark.ABORTED));
  }

  /** The send that was about to leave never did. */
  History unsent() {
    return new History(generation, sends - 1, sendsInDoubt - 1, marks);
  }

  /** The send just answered can do nothing any more. */
  History sendAccountedFor() {
    return new History(generation, sends, Math.max(0, sendsInDoubt - 1), marks);
  }

  /** Forgotten sends may be under way: the one that fails need not be the only one. */
  History doubted() {
    return new History(generation, sends, Math.max(2, sendsInDoubt), marks)
        .without(Mark.OWNED, Mark.ID_IN_USE, Mark.ORDER_PAID_ELSEWHERE);
  }

  /** The platform showed a sign of this id: never send it again, and "not found" is a lag. */
  History withSeen() {
    return with(Mark.SEEN);
  }

  /** The platform showed our transaction under this id, so whose the id is, is known. */
  History withShown() {
    return withSeen().without(Mark.ID_IN_USE);
  }

  /** Nothing of ours was ever seen under an id or on an order that others are known to hold. */
  boolean othersMayHoldOrder() {
    return has(Mark.ORDER_PAID_ELSEWHERE) && !has(Mark.SEEN);
  }

  History withOwned() {
    return withSeen().with(Mark.OWNED);
  }

  History withOpened() {
    return withSeen().with(Mark.OPENED);
  }

  /** The caller has asked the platform to stop this payment. */
  public History withAborted() {
    return with(Mark.ABORTED);
  }

  History withRemedied() {
    return with(Mark.REMEDIED);
  }

  History withIdInUse() {
    return withSeen().with(Mark.ID_IN_USE);
  }

  History withOrderPaidElsewhere() {
    return with(Mark.ORDER_PAID_ELSEWHERE);
  }

  private History with(Mark mark) {
    return new History(generation, sends, sendsInDoubt, marks.with(mark));
  }

  private History without(Mark... gone) {
    return new History(generation, sends, sendsInDoubt, marks.without(gone));
  }

  /** Nothing of this attempt can still take effect. */
  public boolean noSendInDoubt() {
    return sendsInDoubt == 0;
  }

  /**
   * Whether F or C is the last word: only when the transaction that failed is the only one that
   * this id can still become, or no send can take effect any more.
   */
  boolean isFinal(Deadlines moment) {
    return moment.windowOver() || sendsInDoubt <= (has(Mark.OWNED) ? 0 : 1);
  }

  /** The form in the ledger: {@code 1.2.1.so}. */
  public String encode() {
    return generation + "." + sends + "." + sendsInDoubt + "." + marks.letters();
  }

  /** Reads what {@link #encode} wrote. Marks of a newer version are an error, not ignored. */
  public static History decode(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4 || !Marks.areKnown(parts[3])) {
      throw new IllegalArgumentException("not a history: " + text);
    }
    return new History(
        Integer.parseInt(parts[0]),
        Integer.parseInt(parts[1]),
        Integer.parseInt(parts[2]),
        Marks.read(parts[3]));
  }
}
