package io.payonce.flow;

import io.payonce.codes.Code;
import io.payonce.flow.engine.PlatformRequests;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.InboundWebhook;
import io.payonce.flow.port.Time;
import io.payonce.model.Account;
import io.payonce.model.Answer;
import io.payonce.model.RequestFields;
import io.payonce.platform.PlatformRequest;
import io.payonce.validation.RequestRules;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the platform about transactions that it reports and that are unknown here, so seldom that
 * other programs of the same merchant cost next to nothing.
 */
final class UnknownTransactions {
  /**
   * Between two questions. At half, a merchant's other tills cost twice as many; at double, what a
   * failover has lost comes to light later.
   */
  static final long PAUSE_NANOS = 1_000_000_000;

  private final Accounts accounts;
  private final Time time;
  private final Map<Account, Long> nextNanos = new HashMap<>();

  UnknownTransactions(Accounts accounts, Time time) {
    this.accounts = accounts;
    this.time = time;
  }

  /**
   * The platform's answer in place of its message; empty when it was not asked, or said nothing.
   */
  Future<Optional<InboundWebhook>> ask(InboundWebhook webhook) {
    RequestFields fields = NotifiedPayment.fields(webhook);
    PlatformRequest question = question(fields);
    Account account = accounts.of(fields.appId(), fields.merchantId());
    if (question == null || !webhook.isOf(account) || !isTime(account)) {
      return Future.succeededFuture(Optional.empty());
    }
    Accounts.Way way = accounts.way(account);
    return way.limits()
        .acquireConfirm(fields.merchantId())
        .compose(place -> place.isPresent()
            ? place
                .get()
                .over(() -> way.platform().call(question))
                .map(answer -> understood(webhook, fields, answer))
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

  private boolean isTime(Account account) {
    long now = time.nanos();
    Long next = nextNanos.get(account);
    if (next != null && now - next < 0) {
      return false;
    }
    nextNanos.put(account, now + PAUSE_NANOS);
    return true;
  }

  /** Only an answer about this very transaction. */
  private static Optional<InboundWebhook> understood(
      InboundWebhook webhook, RequestFields fields, Answer answer) {
    if (!(answer instanceof Answer.Spoken spoken)
        || Code.of(spoken.envelope().code()) != Code.OK
        || !agrees(fields.transactionRequestId(), spoken.envelope().transactionRequestId())
        || !agrees(fields.transactionId(), spoken.envelope().transactionId())) {
      return Optional.empty();
    }
    return Optional.of(new InboundWebhook(
        webhook.signers(),
        webhook.addressed(),
        fields.merchantId(),
        fields.appId(),
        spoken,
        webhook.traceId()));
  }

  private static boolean agrees(String reported, String said) {
    return reported == null || said == null || reported.equals(said);
  }
}
