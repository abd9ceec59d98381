package io.payonce.model;

/**
 * The name of a payment: one caller request that moves money. All parts come from the caller and
 * are validated first, so none holds a slash.
 *
 * @param owner within what the id is unique, as {@link Scope} writes it: a merchant, or one
 *     application of it
 * @param requestId the caller's transactionRequestId
 */
public record PaymentId(String owner, String requestId) {
  /** Parses what {@link #toString} wrote. */
  public static PaymentId parse(String text) {
    int slash = text.indexOf('/');
    return new PaymentId(text.substring(0, slash), text.substring(slash + 1));
  }

  /** The platform's merchant number. */
  public String merchantId() {
    return Scope.merchantOf(owner);
  }

  /** The application that the id is unique in; null where it is unique in its merchant. */
  public String appId() {
    return Scope.appOf(owner);
  }

  /** Another payment of the same owner's. */
  public PaymentId other(String otherRequestId) {
    return new PaymentId(owner, otherRequestId);
  }

  @Override
  public String toString() {
    return owner + "/" + requestId;
  }
}
