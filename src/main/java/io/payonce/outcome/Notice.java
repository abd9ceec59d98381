package io.payonce.outcome;

import io.payonce.ledger.Outcome;
import io.payonce.model.Account;
import io.payonce.model.Amount;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;

/**
 * One notification, for whoever has claimed it; times are the ledger's clock, ms since 1970.
 *
 * @param account under whose key the payment was sent; null when this pod does not have it
 * @param uuid its name on the wire, the same at each try
 * @param number among those of its payment
 * @param url null when it cannot be read
 */
public record Notice(
    PaymentId id,
    Account account,
    String uuid,
    int number,
    Ending ending,
    String url,
    Tries tries) {
  /**
   * The end that is notified.
   *
   * @param outcome null when what stands there cannot be read
   * @param answer what the payment's caller would be answered now; null when there is none or it
   *     cannot be read
   * @param operation null when it is not known
   * @param order null for none, as the amount is {@link Amount#UNSAID}
   * @param transactionId the platform's name of it, as it is known from elsewhere than the answer;
   *     else null
   */
  public record Ending(
      Outcome outcome,
      Reply answer,
      Operation operation,
      String order,
      Amount asked,
      String transactionId) {}

  /**
   * The tries so far.
   *
   * @param failed how many have
   * @param lastWhy of them; null before the first
   * @param atMillis when the notification came to be
   * @param sinceMillis since when it is tried: since then, or since an operator wanted it again
   * @param nowMillis when it was claimed
   */
  public record Tries(
      int failed, String lastWhy, long atMillis, long sinceMillis, long nowMillis) {}

  /** Of what cannot be read, the age is unknown. */
  private static final int MOST_TRIES = 100;

  boolean isOlderThan(long millis) {
    return tries.nowMillis - tries.sinceMillis >= millis
        || ending.outcome == null && tries.failed >= MOST_TRIES;
  }

  /** Never its URL, nor what it says. */
  @Override
  public String toString() {
    return id + " notification " + number;
  }
}
