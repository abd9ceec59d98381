package io.payonce.flow;

import io.payonce.codes.Code;
import io.payonce.flow.engine.PlatformRequests;
import io.payonce.flow.port.InboundWebhook;
import io.payonce.flow.port.Time;
import io.payonce.limit.Limits;
import io.payonce.model.Answer;
import io.payonce.model.RequestFields;
import io.payonce.platform.Platform;
import io.payonce.platform.PlatformRequest;
import io.payonce.validation.RequestRules;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Asks the platform about transactions that it reports and nobody here knows, so seldom that other
 * programs of the same merchant cost next to nothing.
 */
final class UnknownTransactions {
  /**
   * Between two questions. At half, a merchant's other tills cost twice as many; at double, what a
   * failover has lost comes to light later.
   */
  static final long PAUSE_NANOS = 1_000_000_000;

  private final Platform platform;
  private final Limits limits;
  private final Time time;
  private long nextNanos;
  private boolean asked;

  UnknownTransactions(Platform platform, Limits limits, Time time) {
    this.platform = platform;
    this.limits = limits;
    this.time = time;
  }

  /**
   * The platform's answer in place of its message; empty when it was not asked, or said nothing.
   */
  Future<Optional<InboundWebhook>> ask(InboundWebhook webhook) {
    RequestFields fields = NotifiedPayment.fields(webhook);
    PlatformRequest question = question(fields);
    if (question == null || !isTime()) {
      return Future.succeededFuture(Optional.empty());
    }
    return limits
        .acquireConfirm(fields.merchantId())
        .compose(place -> place.isPresent()
            ? place
                .get()
                .over(() -> platform.call(question))
                .map(answer -> heard(webhook, fields, answer))
            : Future.succeededFuture(Optional.empty()));
  }

  private static PlatformRequest question(RequestFields fields) {
    if (fields.appId() == null || fields.merchantId() == null || !RequestRules.fit(fields)) {
      return null;
    }
    if (fields.transactionRequestId() != null) {
      return PlatformRequests.question(
          fields.appId(), fields.merchantId(), fields.transactionRequestId());
    }
    return fields.transactionId() == null
        ? null
        : PlatformRequests.questionByTransaction(
            fields.appId(), fields.merchantId(), fields.transactionId());
  }

  private boolean isTime() {
    long now = time.nanos();
    if (asked && now - nextNanos < 0) {
      return false;
    }
    asked = true;
    nextNanos = now + PAUSE_NANOS;
    return true;
  }

  /** Only an answer about this very transaction. */
  private static Optional<InboundWebhook> heard(
      InboundWebhook webhook, RequestFields fields, Answer answer) {
    if (!(answer instanceof Answer.Spoken spoken)
        || Code.of(spoken.envelope().code()) != Code.OK
        || !agrees(fields.transactionRequestId(), spoken.envelope().transactionRequestId())
        || !agrees(fields.transactionId(), spoken.envelope().transactionId())) {
      return Optional.empty();
    }
    return Optional.of(new InboundWebhook(
        webhook.addressed(), fields.merchantId(), fields.appId(), spoken, webhook.traceId()));
  }

  private static boolean agrees(String reported, String said) {
    return reported == null || said == null || reported.equals(said);
  }
}
