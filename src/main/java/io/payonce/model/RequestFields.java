package io.payonce.model;

/**
 * The few fields of a caller's request that Payonce acts on; null where the request has none, or an
 * empty text. Card data is never among them.
 *
 * @param amount never null
 * @param unread one bit for each {@link Unread} that is there
 */
public record RequestFields(
    String appId,
    String merchantId,
    String transactionRequestId,
    String transactionId,
    String referenceOrderId,
    String originalTransactionId,
    String originalTransactionRequestId,
    String terminalSn,
    String channelCode,
    String timeExpire,
    Amount amount,
    int unread) {
  /** What validation asks for without wanting its value: that may be long, or a card's. */
  public enum Unread {
    DESCRIPTION,
    PAYMENT_METHOD,
    /** The payment method is a wallet, which pays with encrypted card data. */
    WALLET,
    CARD_ENCRYPTED_DATA,
    SESSION_ID,
    TIP_AMOUNT,
    /** The platform tells the caller's own hook how the transaction ends, and by which id. */
    NOTIFY_URL;

    public int bit() {
      return 1 << ordinal();
    }
  }

  public boolean has(Unread field) {
    return (unread & field.bit()) != 0;
  }
}
