package io.payonce.rule;

/**
 * What is known of a payment's copies. Small numbers and marks only, so that a test can enumerate
 * every history there is.
 *
 * @param attempt 1 under the caller's id, then one more for each derived id
 * @param copies sends so far, all attempts together
 * @param unaccounted copies of this attempt that may still take effect: sent, and not refused
 * @param seen the platform showed a sign of this id: never send it again, and "not found" is a lag
 * @param owned the transaction the platform shows belongs to a copy already accounted for
 * @param opened the platform accepted the payment and a person may be acting on it
 * @param aborted the caller asked to stop it: nothing is sent any more
 * @param mended a refusal has been answered by mending its cause once already
 * @param arrived the only copy was refused because the id is taken (C06; in records of former
 *     versions also S11), by whom is not known
 * @param othersOrder the only copy was refused because the order is paid (C10), by whom is not
 *     known
 */
public record History(
    int attempt,
    int copies,
    int unaccounted,
    boolean seen,
    boolean owned,
    boolean opened,
    boolean aborted,
    boolean mended,
    boolean arrived,
    boolean othersOrder) {
  /** A payment whose first copy is about to leave. */
  public static final History FIRST =
      new History(1, 1, 1, false, false, false, false, false, false, false);

  private static final String MARKS = "sopamrx";

  /** The same payment with one more copy of the same id about to leave. */
  History oneMore() {
    return new History(
        attempt,
        copies + 1,
        unaccounted + 1,
        seen,
        owned,
        opened,
        aborted,
        mended,
        arrived,
        othersOrder);
  }

  /** The same payment with the first copy of a derived id about to leave. */
  History nextAttempt(FinalUnpaid proof) {
    return new History(
        attempt + 1, copies + 1, 1, false, false, opened, aborted, false, false, false);
  }

  /** The copy that was about to leave never did. */
  History unsent() {
    return new History(
        attempt,
        copies - 1,
        unaccounted - 1,
        seen,
        owned,
        opened,
        aborted,
        mended,
        arrived,
        othersOrder);
  }

  /** The copy just answered can do nothing any more. */
  History accounted() {
    return new History(
        attempt,
        copies,
        Math.max(0, unaccounted - 1),
        seen,
        owned,
        opened,
        aborted,
        mended,
        arrived,
        othersOrder);
  }

  /** Copies that nobody remembers may be under way: whoever fails need not be the only one. */
  History doubted() {
    return new History(
        attempt,
        copies,
        Math.max(2, unaccounted),
        seen,
        false,
        opened,
        aborted,
        mended,
        false,
        false);
  }

  History withSeen() {
    return new History(
        attempt, copies, unaccounted, true, owned, opened, aborted, mended, arrived, othersOrder);
  }

  /** The platform showed our transaction under this id, so whose the id is, is known. */
  History withShown() {
    return new History(
        attempt, copies, unaccounted, true, owned, opened, aborted, mended, false, othersOrder);
  }

  /** Nothing of ours was ever seen under an id or on an order that others are known to hold. */
  boolean othersMayHoldOrder() {
    return othersOrder && !seen;
  }

  History withOwned() {
    return new History(
        attempt, copies, unaccounted, true, true, opened, aborted, mended, arrived, othersOrder);
  }

  History withOpened() {
    return new History(
        attempt, copies, unaccounted, true, owned, true, aborted, mended, arrived, othersOrder);
  }

  /** The caller has asked the platform to stop this payment. */
  public History withAborted() {
    return new History(
        attempt, copies, unaccounted, seen, owned, opened, true, mended, arrived, othersOrder);
  }

  History withMended() {
    return new History(
        attempt, copies, unaccounted, seen, owned, opened, aborted, true, arrived, othersOrder);
  }

  History withArrived() {
    return new History(
        attempt, copies, unaccounted, true, owned, opened, aborted, mended, true, othersOrder);
  }

  History withOthersOrder() {
    return new History(
        attempt, copies, unaccounted, seen, owned, opened, aborted, mended, arrived, true);
  }

  /** Nothing of this attempt can still take effect. */
  public boolean isClear() {
    return unaccounted == 0;
  }

  /**
   * Whether F or C is the last word: only when the transaction that failed is the only one that
   * this id can still become, or no copy can take effect any more.
   */
  boolean finalWord(Moment moment) {
    return moment.windowOver() || unaccounted <= (owned ? 0 : 1);
  }

  /** The form in the ledger: {@code 1.2.1.so}. */
  public String encode() {
    StringBuilder text = new StringBuilder(16)
        .append(attempt)
        .append('.')
        .append(copies)
        .append('.')
        .append(unaccounted)
        .append('.');
    boolean[] marks = {seen, owned, opened, aborted, mended, arrived, othersOrder};
    for (int i = 0; i < marks.length; i++) {
      if (marks[i]) {
        text.append(MARKS.charAt(i));
      }
    }
    return text.toString();
  }

  /** Reads what {@link #encode} wrote. Marks of a newer version are an error, not ignored. */
  public static History decode(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4 || !parts[3].chars().allMatch(mark -> MARKS.indexOf(mark) >= 0)) {
      throw new IllegalArgumentException("not a history: " + text);
    }
    return new History(
        Integer.parseInt(parts[0]),
        Integer.parseInt(parts[1]),
        Integer.parseInt(parts[2]),
        parts[3].indexOf('s') >= 0,
        parts[3].indexOf('o') >= 0,
        parts[3].indexOf('p') >= 0,
        parts[3].indexOf('a') >= 0,
        parts[3].indexOf('m') >= 0,
        parts[3].indexOf('r') >= 0,
        parts[3].indexOf('x') >= 0);
  }
}
