package io.payonce.sandbox.bank;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.payonce.sandbox.request.Call;
import io.payonce.sandbox.script.SimStatus;

/**
 * A transaction that has become S, F or C, and whom to notify. One of a hosted page may end more
 * than once.
 *
 * @param call what asked for it, without card data; its notifyUrl is set
 * @param order the referenceOrderId, for a follow-up that of the original
 * @param shown what a query shows at this moment
 */
public record EndedTransaction(
    Call call, String transactionId, String order, SimStatus status, ObjectNode shown) {

  static EndedTransaction of(Transaction ended) {
    ObjectNode shown = Views.query(ended, ended.latest());
    return new EndedTransaction(ended.call, ended.id, ended.order(), ended.status(), shown);
  }

  public String notifyUrl() {
    return call.text("notifyUrl");
  }

  /** Without what it shows. */
  @Override
  public String toString() {
    return "EndedTransaction[" + transactionId + ' ' + status + ']';
  }
}
