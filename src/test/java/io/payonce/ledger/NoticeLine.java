package io.payonce.ledger;

/**
 * What a caller is to be told of a payment, without its time.
 *
 * @param number the how-many-eth of its payment
 * @param answer what it is told with; null where the ledger has none
 */
public record NoticeLine(
    int number, String kind, String outcome, String answer, String callersUrl) {
  /** All that is told of one payment goes to one place: the last that its caller has named. */
  NoticeLine to(String url) {
    return new NoticeLine(number, kind, outcome, answer, url);
  }
}
