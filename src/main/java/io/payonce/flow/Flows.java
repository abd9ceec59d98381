package io.payonce.flow;

import io.payonce.ledger.Ledger;
import io.payonce.limit.Limits;
import io.payonce.model.Operation;
import io.payonce.platform.Platform;
import io.vertx.core.Future;

/** The flows of one event loop, built on its ports; picks the one that a request belongs to. */
public final class Flows {
  private final PaymentFlow payments;
  private final RetryFlow retries;
  private final QueryFlow queries;
  private final AbortFlow aborts;
  private final CallFlow calls;
  private final ExpiryFlow expiries;

  public Flows(
      Ledger ledger,
      Platform platform,
      Limits limits,
      Outcomes outcomes,
      Nudge nudge,
      Time time,
      Telemetry telemetry,
      FlowSettings settings) {
    Originals originals = new Originals(
        ledger, settings.orders().oneUnreferencedRefund(), settings.orders().scope());
    Pauses pauses = new Pauses(settings, time);
    Undone undone = new Undone(ledger, platform, limits);
    Conclusion conclusion =
        new Conclusion(ledger, platform, limits, undone, pauses, time, telemetry);
    Hold hold = new Hold(ledger, outcomes, time, new Late(platform, ledger, settings));
    HandOver handOver = new HandOver(ledger, platform, limits, pauses, time, settings);
    payments = new PaymentFlow(
        ledger,
        limits,
        originals,
        new OriginalFirst(
            ledger, new Expiry(platform), outcomes, nudge, settings.orders().pressSlackMillis()),
        new PaidAfterAll(ledger, platform, limits, settings),
        undone,
        handOver,
        conclusion,
        hold,
        nudge,
        outcomes,
        time,
        settings);
    retries = new RetryFlow(ledger, conclusion, nudge, outcomes, time, telemetry);
    calls = new CallFlow(platform, limits, time, settings);
    queries = new QueryFlow(ledger, platform, retries, settings);
    aborts = new AbortFlow(ledger, originals, platform, calls, time);
    expiries = new ExpiryFlow(ledger, calls, settings);
  }

  /** Answers a caller; fails only by a bug. */
  public Future<Outbound> handle(Inbound inbound) {
    Operation operation = inbound.operation();
    if (operation == null) {
      return calls.handle(inbound);
    }
    if (operation.isLedgered()) {
      return payments.handle(inbound);
    }
    return switch (operation) {
      case QUERY -> queries.handle(inbound);
      case ABORT -> aborts.handle(inbound);
      case EXPIRE_SESSION -> expiries.handle(inbound);
      default -> calls.handle(inbound);
    };
  }

  public RetryFlow retries() {
    return retries;
  }
}
