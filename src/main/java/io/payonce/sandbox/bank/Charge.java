package io.payonce.sandbox.bank;

/**
 * A movement of money that really happened.
 *
 * @param type SALE, AUTH, FORCED_AUTH, INCREMENTAL, POST_AUTH, REFUND, VOID, TIP_ADJUST,
 *     BATCH_CLOSE
 * @param order the referenceOrderId; for a follow-up that of the original, for a batch close
 *     terminalSn/channelCode
 * @param transactionRequestId the id under which it was asked for; null for a tip adjustment
 * @param amount in the smallest unit of the currency; a refund or a void carries a positive amount
 * @param atMillis when it happened, by our clock
 */
public record Charge(
    String type,
    String merchantId,
    String order,
    String transactionRequestId,
    String transactionId,
    long amount,
    String currency,
    long atMillis) {}
