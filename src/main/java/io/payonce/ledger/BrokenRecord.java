package io.payonce.ledger;

import io.payonce.model.Amount;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;

/**
 * Holds what can still be read of a payment whose record is unreadable or gone. Times are the
 * ledger's clock, ms since 1970.
 *
 * @param ref whose order is what it holds, as far as is known; and whose fingerprint is null when
 *     it does not say
 * @param gone there is no record at all
 * @param operation null when it does not say
 */
public record BrokenRecord(
    PaymentRef ref,
    boolean gone,
    Operation operation,
    Amount amount,
    State state,
    Sends sends,
    PlatformOfRecord whose) {
  /**
   * Its standing.
   *
   * @param outcome how it has ended; null when it has not, or does not say
   * @param otherAmount what the platform moved though something else was answered; null for nothing
   */
  public record State(String stage, String token, Outcome outcome, String otherAmount) {}

  /**
   * Sends that may be on the wire.
   *
   * @param ids how many it can have been sent under, as far as it says; 1 at least
   * @param lastAtMillis its last intent that can be read, or when it was noticed, if later
   * @param nowMillis when that was read
   */
  public record Sends(int ids, long lastAtMillis, long nowMillis) {}

  /** The same, holding what an operator says that it holds. */
  public BrokenRecord holding(String named) {
    PaymentRef other = new PaymentRef(ref.id(), named, ref.fingerprint());
    return new BrokenRecord(other, gone, operation, amount, state, sends, whose);
  }

  /** The same, sent to whom an operator says that it was. */
  public BrokenRecord sentTo(String platform) {
    return new BrokenRecord(ref, gone, operation, amount, state, sends, whose.named(platform));
  }

  public PaymentId id() {
    return ref.id();
  }

  public String order() {
    return ref.order();
  }

  public Outcome outcome() {
    return state.outcome();
  }
}
