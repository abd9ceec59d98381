package io.payonce.model;

/**
 * The name of a payment: one caller request that moves money. Both parts come from the caller and
 * are checked at the door, so neither holds a slash.
 *
 * @param merchantId the platform's merchant number
 * @param requestId the caller's transactionRequestId
 */
public record PaymentId(String merchantId, String requestId) {
  /** Parses what {@link #toString} wrote. */
  public static PaymentId parse(String text) {
    int slash = text.indexOf('/');
    return new PaymentId(text.substring(0, slash), text.substring(slash + 1));
  }

  @Override
  public String toString() {
    return merchantId + "/" + requestId;
  }
}
