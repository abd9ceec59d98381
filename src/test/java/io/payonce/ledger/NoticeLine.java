package io.payonce.ledger;

/**
 * What a caller is to be notified of, without its time.
 *
 * @param number the how-many-eth of its payment
 * @param answer the answer that goes with it; null where the ledger has none
 */
public record NoticeLine(
    int number, String kind, String outcome, String answer, String callersUrl) {
  /** All notifications of one payment go to one place: the last that its caller has named. */
  NoticeLine to(String url) {
    return new NoticeLine(number, kind, outcome, answer, url);
  }
}
