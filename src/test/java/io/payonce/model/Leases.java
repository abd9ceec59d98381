package io.payonce.model;

/** Leases that no ledger has given. */
public final class Leases {
  private Leases() {}

  public static Lease of(PaymentId id, String order, String token, String fingerprint) {
    return new Lease(new PaymentRef(id, order, fingerprint), Account.DEFAULT, token);
  }
}
