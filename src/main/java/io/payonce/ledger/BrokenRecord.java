package io.payonce.ledger;

import io.payonce.model.Amount;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;

/**
 * Holds what can still be read of a payment whose record is unreadable or gone. Times are the
 * ledger's clock, ms since 1970.
 *
 * @param gone there is no record at all
 * @param operation null when it does not say
 * @param order what it holds, as far as anybody knows; null for none
 * @param outcome how it has ended; null when it has not, or does not say
 * @param attempts how many ids it can have been sent under, as far as it says; 1 at least
 * @param lastSendAtMillis its last intent that can be read, or when it was noticed, if later
 * @param otherAmount what the platform moved though something else was told; null for nothing
 * @param fingerprint null when it does not say
 */
public record BrokenRecord(
    PaymentId id,
    boolean gone,
    Operation operation,
    String order,
    Outcome outcome,
    int attempts,
    Amount amount,
    long lastSendAtMillis,
    long nowMillis,
    String otherAmount,
    PlatformOfRecord whose,
    String fingerprint,
    String stage,
    String fence) {
  /** The same, holding what an operator says that it holds. */
  public BrokenRecord holding(String named) {
    return new BrokenRecord(
        id,
        gone,
        operation,
        named,
        outcome,
        attempts,
        amount,
        lastSendAtMillis,
        nowMillis,
        otherAmount,
        whose,
        fingerprint,
        stage,
        fence);
  }
}
