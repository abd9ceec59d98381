package io.payonce.sandbox.http;

/**
 * A notification that was sent, or that was not and why.
 *
 * @param number 1 for the first since the start or the last reset
 * @param atMillis when it was answered, by our clock
 * @param order the referenceOrderId, for a follow-up that of the original
 * @param status S, F or C, as the notification said it
 * @param attempt 1 for the first of this notification, 0 if none was made
 * @param requestId its X-Client-Request-Id, or null
 * @param fault what the script made of it, in its words; empty if nothing
 * @param answer the HTTP status, or in words why there is none
 */
public record SentWebhook(
    long number,
    long atMillis,
    String merchantId,
    String order,
    String transactionRequestId,
    String transactionId,
    String status,
    int attempt,
    String requestId,
    String notifyUrl,
    String fault,
    String answer) {

  /**
   * Exactly 200 is an acknowledgement, as documented: docs.sunbay.dev/en/docs/integration/webhook.
   */
  public boolean isAcknowledged() {
    return answer.equals("200");
  }
}
