package io.payonce.flow;

import io.payonce.flow.port.Inbound;
import io.payonce.flow.port.Outbound;
import io.payonce.ledger.Payment;
import io.payonce.model.Answer;
import io.payonce.model.PaymentId;
import io.payonce.model.RequestFields;

/**
 * Carries a caller's question about the state of a payment.
 *
 * @param id by which the caller knows it; null when he named a transaction that is unknown here
 * @param payment null when the ledger has no record of it
 */
record CallerQuery(Inbound inbound, RequestFields fields, PaymentId id, Payment payment) {
  /** The same about a payment that is forgotten. */
  TombstoneQuery.Question buried() {
    return new TombstoneQuery.Question(fields, id, inbound.traceId());
  }

  /** The platform's word as it is. */
  Outbound passed(Answer answer) {
    return CallFlow.reply(inbound, answer, 1);
  }

  /** The platform answered about another transaction: to this question that is no answer. */
  Outbound unreadable() {
    return passed(new Answer.Silent("about another"));
  }
}
