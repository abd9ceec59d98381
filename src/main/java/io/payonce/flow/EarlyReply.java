package io.payonce.flow;

import io.payonce.flow.port.Outbound;

/** Ends a flow early with an answer: a refusal of Payonce, or what the ledger already knew. */
final class EarlyReply extends RuntimeException {
  private final transient Outbound outbound;

  EarlyReply(Outbound outbound) {
    super("answered early", null, false, false);
    this.outbound = outbound;
  }

  Outbound outbound() {
    return outbound;
  }
}
