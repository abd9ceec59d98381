package io.payonce.outcome.report;

import io.payonce.json.JsonOutput;
import io.payonce.outcome.OutcomeEntry;
import io.payonce.outcome.report.PlatformComparison.PlatformSays;
import io.payonce.outcome.report.PlatformComparison.Verdict;

/** A difference as JSON: the outcome, in what it differs, and what the platform says. */
public record DifferenceJson(
    String cursor,
    String at,
    String merchantId,
    String appId,
    String order,
    String transactionRequestId,
    String platformId,
    String transactionId,
    String operation,
    String status,
    Long amount,
    String currency,
    String differs,
    String platformCode,
    String platformStatus,
    Long platformAmount,
    String platformCurrency,
    String relatedStatus) {
  /** One line, without its end. */
  public static String line(OutcomeEntry entry, String platformId, Verdict verdict) {
    OutcomeJson json = OutcomeJson.of(entry);
    PlatformSays says = verdict.says();
    return JsonOutput.text(new DifferenceJson(
        json.cursor(),
        json.at(),
        json.merchantId(),
        json.appId(),
        json.order(),
        json.transactionRequestId(),
        platformId,
        json.transactionId(),
        json.operation(),
        json.status(),
        entry.facts().sum(),
        entry.facts().money().currency(),
        verdict.difference().word(),
        says.code(),
        says.status(),
        says.amount().transAmount() == null
            ? says.amount().orderAmount()
            : says.amount().transAmount(),
        says.amount().currency(),
        says.related()));
  }
}
