package io.payonce.proof;

import io.payonce.model.PaymentId;
import io.payonce.recovery.PlatformId;
import io.payonce.sandbox.bank.Charge;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One payment of one order: what its caller was told, call by call. */
record PaymentLog(
    String merchant, String order, String id, String directive, List<CallerAnswer> told) {
  static PaymentLog of(String merchant, String order, String id, String directive) {
    return new PaymentLog(
        merchant, order, id, directive, Collections.synchronizedList(new ArrayList<>()));
  }

  JsonObject body() {
    return CallerAnswer.sale(merchant, order, id, directive);
  }

  void hear(CallerAnswer answer) {
    told.add(answer);
  }

  boolean isEnded() {
    return told.contains(CallerAnswer.PAID) || told.contains(CallerAnswer.UNPAID);
  }

  /** The only call was answered "nothing was sent", and it was never repeated. */
  boolean isGivenUp() {
    return told.equals(List.of(CallerAnswer.NOT_SENT))
        || told.equals(List.of(CallerAnswer.NOT_BY_THIS_CALL));
  }

  /** Said to be paid and not charged, said to be unpaid and charged, or both said. */
  boolean isContradictedBy(List<Charge> charges) {
    boolean charged = charges.stream().anyMatch(this::isMine);
    boolean paid = told.contains(CallerAnswer.PAID);
    boolean unpaid = told.contains(CallerAnswer.UNPAID) || isGivenUp();
    return paid && (unpaid || !charged) || unpaid && charged;
  }

  /** A later attempt goes by an id derived from ours. */
  private boolean isMine(Charge charge) {
    return charge.merchantId().equals(merchant)
        && order.equals(charge.order())
        && (id.equals(charge.transactionRequestId())
            || PlatformId.of(new PaymentId(merchant, id), 2).equals(charge.transactionRequestId())
            || PlatformId.of(new PaymentId(merchant, id), 3).equals(charge.transactionRequestId()));
  }
}
