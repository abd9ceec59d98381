package io.payonce.recovery;

/** Tells where a hosted page stands in its life, as far as time alone can show. */
public enum PageLife {
  /** The payment is no hosted page. */
  NONE,
  /** Its shopper may press, or a press under way may still pay. */
  LIVES,
  /** It is known to be closed for as long as a press under way can take: C is its last word. */
  SHUT,
  /**
   * It cannot be pressed any more, nor can a send open it anew: all but S and P is its last word.
   */
  OVER;

  /** The earlier of two, where clocks differ. */
  PageLife atMost(PageLife other) {
    return compareTo(other) <= 0 ? this : other;
  }

  boolean isPage() {
    return this != NONE;
  }

  /** Whether status C means that it was never paid. */
  boolean isShut() {
    return this == SHUT || this == OVER;
  }
}
