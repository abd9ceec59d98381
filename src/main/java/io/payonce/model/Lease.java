package io.payonce.model;

/**
 * The right to work on a payment until it is taken over. The token is unique over all time: whoever
 * shows an old one changes nothing. Only a ledger gives one, by a begin, a claim or a takeover
 * ({@link Intent.Mint}).
 */
public final class Lease {
  private final PaymentRef payment;
  private final Account account;
  private final String token;

  Lease(PaymentRef payment, Account account, String token) {
    this.payment = payment;
    this.account = account;
    this.token = token;
  }

  public PaymentRef payment() {
    return payment;
  }

  /** Under whose key it was sent. */
  public Account account() {
    return account;
  }

  public String token() {
    return token;
  }

  public PaymentId id() {
    return payment.id();
  }

  public String order() {
    return payment.order();
  }

  @Override
  public String toString() {
    return "Lease[" + payment.id() + " " + token + "]";
  }
}
