package io.payonce.webhook;

import io.payonce.flow.port.InboundWebhook;
import io.payonce.http.server.TraceIds;
import io.payonce.json.Malformed;
import io.payonce.json.NotificationScan;
import io.payonce.model.Account;
import io.payonce.model.Answer;
import io.payonce.model.PaymentId;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Holds what the head of a message says of it (platform.md#webhooks). Nothing in it is signed but
 * the body: the time keeps off old messages of others, and nothing is decided by it.
 *
 * @param id the platform's own of this message, by which operators find it; ours without one
 */
record WebhookMessage(String token, String signature, long sentAtMillis, String id) {
  /** A clock that is ahead of ours a little is none of a forger's. */
  private static final long AHEAD_MILLIS = 60_000;

  private static final Pattern MILLIS = Pattern.compile("[0-9]{1,18}");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  /** Null when the head is not one of a notification. */
  static WebhookMessage of(String token, HttpServerRequest request) {
    String signature = only(request, "X-Signature");
    String sentAt = only(request, "X-Timestamp");
    if (signature == null || sentAt == null || !MILLIS.matcher(sentAt).matches()) {
      return null;
    }
    String id = only(request, "X-Client-Request-Id");
    return new WebhookMessage(
        token,
        signature,
        Long.parseLong(sentAt),
        id != null && ID.matcher(id).matches() ? id : TraceIds.fresh());
  }

  /** The header's value, unless there are two. */
  private static String only(HttpServerRequest request, String header) {
    List<String> values = request.headers().getAll(header);
    return values.size() == 1 && !values.get(0).isBlank() ? values.get(0).strip() : null;
  }

  boolean isStale(long nowMillis, long maxAgeMillis) {
    return sentAtMillis < nowMillis - maxAgeMillis
        || sentAtMillis > nowMillis + Math.min(maxAgeMillis, AHEAD_MILLIS);
  }

  /**
   * @param addressed the payment that the token names; null for none
   * @param signers whose secret has signed it
   */
  InboundWebhook read(byte[] body, PaymentId addressed, Set<Account> signers) throws Malformed {
    NotificationScan.Found found = NotificationScan.scan(body, id);
    return new InboundWebhook(
        signers,
        addressed,
        found.merchantId(),
        found.appId(),
        new Answer.Spoken(found.reply(), found.envelope(), -1),
        id);
  }
}
