package io.payonce.flow.port;

import io.payonce.model.Account;
import io.payonce.model.Answer;
import io.payonce.model.PaymentId;
import java.util.Set;

/**
 * Carries a notification that the platform has signed.
 *
 * @param signers of which accounts it can speak: their secret has signed it
 * @param addressed the payment whose own address it came to; null when that names none. The address
 *     is no evidence: what the body says is
 * @param merchantId as the body says; null when it does not
 * @param appId as the body says; null when it does not
 * @param said in the form of an answer to a query
 */
public record InboundWebhook(
    Set<Account> signers,
    PaymentId addressed,
    String merchantId,
    String appId,
    Answer.Spoken said,
    String traceId) {
  /** One account's secret says nothing of another's payments. */
  public boolean isOf(Account account) {
    return signers.contains(account);
  }
}
