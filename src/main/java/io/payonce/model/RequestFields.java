package io.payonce.model;

/**
 * The few fields of a caller's request that Payonce acts on; null where the request has none, or an
 * empty text. Card data is never among them.
 *
 * @param amount never null
 *     <p>Of a call that an operator has described, {@code transactionRequestId} and
 *     {@code referenceOrderId} are what the members say that name its payment and its order.
 * @param unread one bit for each {@link Unread} that is there, and above them one for each
 *     {@link AddedOperation#members} that is
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
  /** Fields that validation asks for without wanting their value: that may be long, or a card's. */
  public enum Unread {
    DESCRIPTION,
    PAYMENT_METHOD,
    /** The payment method is a wallet, which pays with encrypted card data. */
    WALLET,
    CARD_ENCRYPTED_DATA,
    SESSION_ID,
    TIP_AMOUNT,
    /** The platform reports to the caller's own hook how the transaction ends, and by which id. */
    NOTIFY_URL;

    public int bit() {
      return 1 << ordinal();
    }
  }

  /** How many members an operator's call can require that mean nothing to us. */
  public static final int MOST_ADDED = Integer.SIZE - 1 - Unread.values().length;

  /** @param index among the {@link AddedOperation#members} of its operation */
  public static int addedBit(int index) {
    return 1 << Unread.values().length + index;
  }

  public boolean hasAdded(int index) {
    return (unread & addedBit(index)) != 0;
  }

  public boolean has(Unread field) {
    return (unread & field.bit()) != 0;
  }
}
