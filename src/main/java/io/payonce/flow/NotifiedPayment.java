package io.payonce.flow;

import io.payonce.flow.port.FlowSettings;
import io.payonce.flow.port.InboundWebhook;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.Payment;
import io.payonce.ledger.UnreadableRecord;
import io.payonce.model.Amount;
import io.payonce.model.Envelope;
import io.payonce.model.PaymentId;
import io.payonce.model.RequestFields;
import io.payonce.model.Scope;
import io.payonce.recovery.PlatformId;
import io.payonce.validation.RequestRules;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds the payment that a notification is about. What its body names counts; the address that it
 * came to only helps, for bodies need not name a merchant.
 */
final class NotifiedPayment {
  /** More than {@code recovery.maxAttempts} may be, however it is set by now. */
  private static final int MOST_ATTEMPTS = 10;

  private final Ledger ledger;
  private final Scope scope;

  NotifiedPayment(Ledger ledger, FlowSettings settings) {
    this.ledger = ledger;
    this.scope = settings.orders().scope();
  }

  /**
   * The payment that a notification is about.
   *
   * @param id null when the body names no payment that could be ours
   * @param payment null when there is no record of it
   * @param addressed the notification came to this payment's own address
   * @param unreadable why there is no payment though there is a record; else null
   */
  record Found(PaymentId id, Payment payment, boolean addressed, UnreadableRecord unreadable) {
    private static final Found NOTHING = new Found(null, null, false);

    Found(PaymentId id, Payment payment, boolean addressed) {
      this(id, payment, addressed, null);
    }
  }

  Future<Found> find(InboundWebhook webhook) {
    RequestFields fields = fields(webhook);
    if (!RequestRules.fit(fields) || !hasOwner(fields)) {
      return Future.succeededFuture(Found.NOTHING);
    }
    String owner = scope.owner(fields);
    String named = fields.transactionRequestId();
    if (named == null) {
      return byTransaction(webhook, owner, fields.transactionId());
    }
    PaymentId addressed = webhook.addressed();
    return addressed != null && addressed.owner().equals(owner) && isOf(addressed, named)
        ? look(addressed, true)
        : byRequestId(scope.id(fields, named));
  }

  /** What a body leaves out of its owner, the address may say. */
  static RequestFields fields(InboundWebhook webhook) {
    PaymentId addressed = webhook.addressed();
    Envelope said = webhook.said().envelope();
    String merchantId = webhook.merchantId() == null && addressed != null
        ? addressed.merchantId()
        : webhook.merchantId();
    boolean same = addressed != null && addressed.merchantId().equals(merchantId);
    return new RequestFields(
        webhook.appId() == null && same ? addressed.appId() : webhook.appId(),
        merchantId,
        said.transactionRequestId(),
        said.transactionId(),
        null,
        null,
        null,
        null,
        null,
        null,
        Amount.UNSAID,
        0);
  }

  private boolean hasOwner(RequestFields fields) {
    return fields.merchantId() != null && (scope == Scope.MERCHANT || fields.appId() != null);
  }

  /** Whether the platform may know the payment by this id, or may have known it so. */
  static boolean isOf(PaymentId id, String platformId) {
    return IntStream.rangeClosed(1, MOST_ATTEMPTS)
        .mapToObj(attempt -> PlatformId.of(id, attempt))
        .anyMatch(each -> each.equals(platformId));
  }

  private Future<Found> byRequestId(PaymentId own) {
    return ledger
        .find(own)
        .compose(found -> found.isPresent()
            ? Future.succeededFuture(new Found(own, found.get(), false))
            : ledger
                .findByAlias(own.owner(), own.requestId())
                .compose(reissued -> reissued.isPresent()
                    ? look(reissued.get(), false)
                    : Future.succeededFuture(new Found(own, null, false))));
  }

  private Future<Found> byTransaction(InboundWebhook webhook, String owner, String transactionId) {
    Future<Optional<PaymentId>> known = transactionId == null
        ? Future.succeededFuture(Optional.empty())
        : ledger.findByAlias(owner, transactionId);
    return known.compose(id -> id.or(() -> Optional.ofNullable(webhook.addressed()))
        .map(each -> look(each, false))
        .orElseGet(() -> Future.succeededFuture(Found.NOTHING)));
  }

  private Future<Found> look(PaymentId id, boolean addressed) {
    return ledger
        .find(id)
        .map(found -> new Found(id, found.orElse(null), addressed))
        .recover(failure -> failure instanceof UnreadableRecord unreadable
            ? Future.succeededFuture(new Found(id, null, addressed, unreadable))
            : Future.failedFuture(failure));
  }
}
