package io.payonce.flow;

import io.payonce.flow.port.CallOutcome;
import io.payonce.flow.port.Inbound;
import io.payonce.flow.port.Outbound;
import io.payonce.json.ProxyEnvelope;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.model.Reply;
import io.vertx.core.Future;

/** Ends a flow early with an answer: a refusal of Payonce, or what the ledger already knew. */
final class EarlyReply extends RuntimeException {
  private final transient Outbound outbound;

  EarlyReply(Outbound outbound) {
    super("answered early", null, false, false);
    this.outbound = outbound;
  }

  static <T> Future<T> with(Outbound outbound) {
    return Future.failedFuture(new EarlyReply(outbound));
  }

  /** The ledger is unavailable, and this call has begun nothing; other failures stay. */
  static <T> Future<T> notBegun(Throwable failure, String traceId) {
    return failure instanceof LedgerUnavailable unread
        ? with(Outbound.notBegun(unread, traceId))
        : Future.failedFuture(failure);
  }

  /** The platform goes by the first (platform.md#two-ids); who wrote both may mean the second. */
  static Outbound twoOriginals(Inbound inbound) {
    Reply reply = ProxyEnvelope.refusal(
        "C02",
        "originalTransactionId and originalTransactionRequestId name two payments",
        inbound.traceId());
    return Outbound.refusal(reply, CallOutcome.INVALID);
  }

  Outbound outbound() {
    return outbound;
  }
}
