package io.payonce.sandbox.http;

/**
 * One HTTP request as it arrived; of its body only a hash is kept, for it may hold card data.
 *
 * @param number 1 for the first since the start or the last reset
 * @param requestId X-Client-Request-Id, else X-Request-Id, else null
 * @param timestamp X-Timestamp as sent, or null
 * @param traceparent as sent, or null
 * @param bodySha256 hex
 * @param order referenceOrderId, or null
 * @param transactionRequestId of the body or the query string, or null
 * @param signatureAccepted whether the signature was the agreed one
 */
public record ReceivedRequest(
    long number,
    long atMillis,
    String method,
    String path,
    String requestId,
    String timestamp,
    String traceparent,
    String bodySha256,
    String merchantId,
    String order,
    String transactionRequestId,
    boolean signatureAccepted) {}
