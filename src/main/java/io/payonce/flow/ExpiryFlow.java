package io.payonce.flow;

import io.payonce.flow.engine.ClientRights;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.FlowSettings;
import io.payonce.flow.port.Inbound;
import io.payonce.flow.port.Outbound;
import io.payonce.json.Malformed;
import io.payonce.json.RequestScan;
import io.payonce.json.SessionAnswer;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.Payment;
import io.payonce.model.Account;
import io.payonce.model.PaymentId;
import io.payonce.model.RequestFields;
import io.payonce.model.Scope;
import io.payonce.validation.RequestRules;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Closes a hosted page for a caller and passes on the platform's answer. The ledger notes since
 * when the page is closed, so that its order is free as soon as no press can be under way. No
 * answer says whose page it was, so a client that is kept to some merchants can close only what the
 * ledger knows as a page of the one that it names.
 */
final class ExpiryFlow {
  /** The clocks that measure the slack are two: a look a moment too early would be one in vain. */
  static final long MARGIN_MILLIS = 250;

  private final Ledger ledger;
  private final Accounts accounts;
  private final CallFlow calls;
  private final ClientRights rights;
  private final FlowSettings settings;

  ExpiryFlow(
      Ledger ledger,
      Accounts accounts,
      CallFlow calls,
      ClientRights rights,
      FlowSettings settings) {
    this.ledger = ledger;
    this.accounts = accounts;
    this.calls = calls;
    this.rights = rights;
    this.settings = settings;
  }

  /** Answers a caller; fails only by a bug. */
  Future<Outbound> handle(Inbound inbound) {
    return rights.isKept(inbound)
        ? named(inbound)
            .compose(id -> id.isPresent()
                ? close(inbound, id)
                : Future.succeededFuture(ClientRights.anothersPage(inbound)))
            .recover(failure -> unread(inbound, failure))
        : named(inbound)
            .recover(LedgerUnavailable.otherwise(Optional.empty()))
            .compose(id -> close(inbound, id));
  }

  private static Future<Outbound> unread(Inbound inbound, Throwable failure) {
    return failure instanceof LedgerUnavailable unread
        ? Future.succeededFuture(Outbound.ledgerUnavailable(unread, inbound.traceId()))
        : Future.failedFuture(failure);
  }

  /** The page that has this session; empty where the ledger does not know it as its owner's. */
  private Future<Optional<PaymentId>> named(Inbound inbound) {
    String session = Ledger.session(SessionAnswer.asked(inbound.body()));
    String owner = session == null ? null : owner(inbound);
    return owner == null
        ? Future.succeededFuture(Optional.empty())
        : ledger.findByAlias(owner, session);
  }

  private Future<Outbound> close(Inbound inbound, Optional<PaymentId> id) {
    return account(inbound, id)
        .compose(account -> calls.handle(inbound, account))
        .compose(out -> {
          SessionAnswer session = SessionAnswer.scan(out.reply().body());
          boolean expired = session != null && session.isExpired() && session.requestId() != null;
          return expired
              ? noted(inbound, session.requestId()).map(out)
              : Future.succeededFuture(out);
        });
  }

  /** The page's, whatever the configuration says by now; the caller's where it is not known. */
  private Future<Account> account(Inbound inbound, Optional<PaymentId> id) {
    Account callers = accounts.of(inbound);
    return id.isEmpty()
        ? Future.succeededFuture(callers)
        : ledger
            .find(id.get())
            .map(page -> page.filter(known -> !known.isStrange()).map(Payment::account))
            .map(account -> account.orElse(callers))
            .recover(LedgerUnavailable.otherwise(callers));
  }

  /** Null when the request does not say. */
  private String owner(Inbound inbound) {
    RequestFields fields = RequestScan.texts(inbound.body());
    Scope scope = settings.orders().scope();
    boolean says =
        fields.merchantId() != null && (scope == Scope.MERCHANT || fields.appId() != null);
    return says && RequestRules.fit(fields) ? scope.owner(fields) : null;
  }

  /** Missing it costs only time: the page is looked at when it would have expired by itself. */
  private Future<Void> noted(Inbound inbound, String requestId) {
    return page(inbound, requestId)
        .compose(page -> page.isPresent()
            ? ledger
                .shut(
                    page.get().id(),
                    settings.orders().pressSlackMillis() + MARGIN_MILLIS,
                    "EXPIRED, as a caller asked")
                .<Void>mapEmpty()
            : Future.<Void>succeededFuture())
        .recover(LedgerUnavailable.otherwise(null));
  }

  private Future<Optional<Payment>> page(Inbound inbound, String requestId) {
    try {
      RequestFields fields = RequestScan.scan(inbound.operation(), inbound.body());
      return ledger
          .find(settings.orders().scope().id(fields, requestId))
          .map(found -> found.filter(
              payment -> payment.isPage() && !payment.isEnded() && !payment.isStrange()));
    } catch (Malformed unreadable) {
      return Future.succeededFuture(Optional.empty());
    }
  }
}
