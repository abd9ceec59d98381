package io.payonce.flow.port;

import io.payonce.model.Answer;
import io.payonce.model.PaymentId;

/**
 * Carries a notification that the platform has signed.
 *
 * @param addressed the payment whose own address it came to; null when that names none. The address
 *     is no evidence: what the body says is
 * @param merchantId as the body says; null when it does not
 * @param appId as the body says; null when it does not
 * @param said in the form of an answer to a query
 */
public record InboundWebhook(
    PaymentId addressed, String merchantId, String appId, Answer.Spoken said, String traceId) {}
