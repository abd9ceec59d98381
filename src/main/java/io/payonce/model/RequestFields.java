package io.payonce.model;

/**
 * The few fields of a caller's request that Payonce acts on; null where the request has none. Card
 * data is never among them.
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
    Amount amount) {}
