package io.payonce.proof;

import io.payonce.model.PaymentId;
import io.payonce.recovery.PlatformId;
import io.payonce.sandbox.bank.Charge;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One payment of one order: what its caller was answered, call by call.
 *
 * @param notifyUrl null when it wants no notification
 */
record PaymentLog(
    String merchant,
    String order,
    String id,
    String directive,
    String notifyUrl,
    List<CallerAnswer> answered) {
  static PaymentLog of(String merchant, String order, String id, String directive) {
    return of(merchant, order, id, directive, null);
  }

  static PaymentLog of(
      String merchant, String order, String id, String directive, String notifyUrl) {
    return new PaymentLog(
        merchant, order, id, directive, notifyUrl, Collections.synchronizedList(new ArrayList<>()));
  }

  JsonObject body() {
    JsonObject body = CallerAnswer.sale(merchant, order, id, directive);
    return notifyUrl == null ? body : body.put("notifyUrl", notifyUrl);
  }

  void hear(CallerAnswer answer) {
    answered.add(answer);
  }

  boolean isEnded() {
    return answered.contains(CallerAnswer.PAID) || answered.contains(CallerAnswer.UNPAID);
  }

  /** The only call was answered "nothing was sent", and it was never repeated. */
  boolean isGivenUp() {
    return answered.equals(List.of(CallerAnswer.NOT_SENT))
        || answered.equals(List.of(CallerAnswer.NOT_BY_THIS_CALL));
  }

  /** Said to be paid and not charged, said to be unpaid and charged, or both said. */
  boolean isContradictedBy(List<Charge> charges) {
    boolean charged = charges.stream().anyMatch(this::isMine);
    boolean paid = answered.contains(CallerAnswer.PAID);
    boolean unpaid = answered.contains(CallerAnswer.UNPAID) || isGivenUp();
    return paid && (unpaid || !charged) || unpaid && charged;
  }

  /** A later attempt goes by an id derived from ours. */
  boolean isMine(Charge charge) {
    return charge.merchantId().equals(merchant)
        && order.equals(charge.order())
        && (id.equals(charge.transactionRequestId())
            || PlatformId.of(new PaymentId(merchant, id), 2).equals(charge.transactionRequestId())
            || PlatformId.of(new PaymentId(merchant, id), 3).equals(charge.transactionRequestId()));
  }
}
