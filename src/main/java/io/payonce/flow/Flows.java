package io.payonce.flow;

import io.payonce.flow.engine.ClientRights;
import io.payonce.flow.engine.MoneyWrites;
import io.payonce.flow.engine.OneMerchant;
import io.payonce.flow.engine.PaymentEngine;
import io.payonce.flow.engine.RetryTiming;
import io.payonce.flow.engine.UndoneOrders;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.FlowSettings;
import io.payonce.flow.port.Inbound;
import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.OutcomeSignal;
import io.payonce.flow.port.RetryHint;
import io.payonce.flow.port.Telemetry;
import io.payonce.flow.port.Time;
import io.payonce.ledger.Ledger;
import io.payonce.model.Operation;
import io.vertx.core.Future;

/** Picks the flow that a request belongs to. Built once for each event loop, on its ports. */
public final class Flows {
  private final ClientRights rights;
  private final PaymentFlow payments;
  private final RetryFlow retries;
  private final QueryFlow queries;
  private final AbortFlow aborts;
  private final CallFlow calls;
  private final ExpiryFlow expiries;
  private final WebhookFlow webhooks;

  public Flows(
      Ledger ledger,
      Accounts all,
      OutcomeSignal outcomes,
      RetryHint retryHint,
      Time time,
      Telemetry telemetry,
      FlowSettings settings) {
    Accounts accounts = OneMerchant.on(all);
    rights = new ClientRights(settings.merchants(), all);
    OriginalLookup originals = new OriginalLookup(
        ledger, settings.orders().oneUnreferencedRefund(), settings.orders().scope());
    MoneyWrites writes = new MoneyWrites(ledger, time);
    RetryTiming pauses = new RetryTiming(settings, time);
    UndoneOrders undone = new UndoneOrders(ledger, accounts);
    PaymentEngine conclusion =
        new PaymentEngine(ledger, writes, accounts, undone, pauses, time, telemetry);
    CallerReplies replies = new CallerReplies(
        ledger, outcomes, time, new TombstoneReply(accounts, ledger, writes, settings));
    retries =
        new RetryFlow(ledger, writes, conclusion, accounts, retryHint, outcomes, time, telemetry);
    PageHandover handOver =
        new PageHandover(ledger, writes, accounts, retries, pauses, time, settings);
    payments = new PaymentFlow(
        ledger,
        accounts,
        originals,
        new OriginalFirst(
            ledger,
            new PageExpiry(accounts),
            new PaidAfterAll(writes, accounts, settings),
            replies,
            outcomes,
            retryHint,
            settings.orders().pressSlackMillis()),
        undone,
        handOver,
        conclusion,
        replies,
        retryHint,
        outcomes,
        time,
        settings);
    calls = new CallFlow(accounts, time, telemetry, settings);
    queries = new QueryFlow(ledger, writes, accounts, retries, settings);
    aborts = new AbortFlow(ledger, originals, accounts, calls, time);
    expiries = new ExpiryFlow(ledger, accounts, calls, rights, settings);
    webhooks = new WebhookFlow(
        ledger,
        retries,
        retryHint,
        outcomes,
        undone,
        new UnknownTransactions(accounts, time),
        settings);
  }

  /** Answers a caller; fails only by a bug. */
  public Future<Outbound> handle(Inbound inbound) {
    Outbound refusal = rights.refusal(inbound);
    return refusal == null
        ? answer(inbound).map(out -> rights.shown(inbound, out))
        : Future.succeededFuture(refusal);
  }

  private Future<Outbound> answer(Inbound inbound) {
    Operation operation = inbound.operation();
    if (operation == null) {
      return calls.handle(inbound);
    }
    if (operation.isLedgered()) {
      return payments.handle(inbound);
    }
    if (operation == Operation.QUERY) {
      return queries.handle(inbound);
    }
    if (operation == Operation.ABORT) {
      return aborts.handle(inbound);
    }
    return operation == Operation.EXPIRE_SESSION ? expiries.handle(inbound) : calls.handle(inbound);
  }

  /** What the platform says by itself. */
  public WebhookFlow webhooks() {
    return webhooks;
  }

  public RetryFlow retries() {
    return retries;
  }
}
