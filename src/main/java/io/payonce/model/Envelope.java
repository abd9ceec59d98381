package io.payonce.model;

/**
 * The platform's answer as read (platform.md#envelope): its code and, from {@code data}, whose
 * transaction it is and how it stands. Null where the answer says nothing.
 */
public record Envelope(
    String code,
    String traceId,
    TransactionStatus status,
    String transactionId,
    String transactionRequestId,
    String referenceOrderId,
    String resultCode,
    Amount amount,
    String transactionType,
    String merchantId) {
  /** Of an answer that does not say what kind of transaction it is about. */
  public Envelope(
      String code,
      String traceId,
      TransactionStatus status,
      String transactionId,
      String transactionRequestId,
      String referenceOrderId,
      String resultCode,
      Amount amount) {
    this(
        code,
        traceId,
        status,
        transactionId,
        transactionRequestId,
        referenceOrderId,
        resultCode,
        amount,
        null,
        null);
  }

  /** True for an issuer's reason other than approval (platform.md#declines). */
  public boolean hasDeclineCode() {
    return resultCode != null && !resultCode.isBlank() && !resultCode.equals("000");
  }
}
