package io.payonce.ledger;

import io.payonce.model.Account;
import io.payonce.model.Lease;

/** The result of a claim. */
public sealed interface Claim {
  /** It is had: with the lease on it. */
  record Claimed(Lease lease, Payment payment) implements Claim {}

  /** It can only be asked about, and this account's confirms are paused. */
  record PutOff(Account account) implements Claim {}

  /** It is not due, or has ended, or is for others. */
  record Nothing() implements Claim {}
}
