package io.payonce.flow;

import io.payonce.flow.port.ReportRoute;
import io.payonce.json.NotifyUrl;
import io.payonce.ledger.Road;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;

/**
 * Prepares the body that leaves for the platform, and says which way the reports on it come. Both
 * are written with the begin and never change: every send has the same bytes, whoever makes it.
 *
 * @param bytes the caller's, but for the notifyUrl where reports come to us
 * @param road null when reports go past us
 */
record OutgoingBody(byte[] bytes, Road road) {
  /**
   * Takes the caller's place as the one who is reported to, unless it must not be taken: then the
   * body leaves as it is, and the platform reports to its notifyUrl as if we were not there.
   *
   * @param all whether every live pod notifies callers of what it settles
   */
  static OutgoingBody of(
      Operation operation, PaymentId id, byte[] body, ReportRoute route, boolean all) {
    String ours = all && operation.isReported() ? route.address(id) : null;
    if (ours == null) {
      return new OutgoingBody(body, null);
    }
    NotifyUrl callers = NotifyUrl.of(body);
    boolean takesPlace =
        !callers.isOdd() && (callers.text() == null || route.allows(callers.text()));
    return takesPlace
        ? new OutgoingBody(callers.with(ours), new Road(callers.text()))
        : new OutgoingBody(body, null);
  }
}
