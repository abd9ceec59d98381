package io.payonce.admin;

import io.payonce.json.EnvelopeScan;
import io.payonce.ledger.Payment;
import io.payonce.model.Envelope;
import io.payonce.model.TimelineEvent.Field;
import java.util.List;

/**
 * Collects what the platform's support asks for, and whom to ask on our side: kept in the timeline
 * as payments begin and answers come; of earlier versions' records, what their answer says.
 */
record SupportReferences(
    String transactionId, String platformTraceId, String client, String terminal) {
  static SupportReferences of(Payment payment) {
    List<TimelineLine> lines = TimelineJson.lines(payment);
    String named = last(lines, Field.TRANSACTION);
    return new SupportReferences(
        named == null ? answered(payment) : named,
        last(lines, Field.TRACE),
        last(lines, Field.CLIENT),
        last(lines, Field.TERMINAL));
  }

  private static String answered(Payment payment) {
    Envelope envelope =
        payment.answer() == null ? null : EnvelopeScan.scan(payment.answer().body());
    return envelope == null ? null : envelope.transactionId();
  }

  private static String last(List<TimelineLine> lines, Field field) {
    String found = null;
    for (TimelineLine line : lines) {
      String here = line.field(field);
      found = here == null ? found : here;
    }
    return found;
  }

  /** @param request the terminal as the request has it, where it is kept */
  SupportReferences orTerminal(String request) {
    return terminal == null
        ? new SupportReferences(transactionId, platformTraceId, client, request)
        : this;
  }
}
