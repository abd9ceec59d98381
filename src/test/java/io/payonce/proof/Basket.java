package io.payonce.proof;

import io.payonce.model.PaymentId;
import io.payonce.rule.PlatformId;
import io.payonce.sandbox.Charge;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One payment of one order: what its caller was told, call by call. */
record Basket(String merchant, String order, String id, String directive, List<Told> told) {
  static Basket of(String merchant, String order, String id, String directive) {
    return new Basket(
        merchant, order, id, directive, Collections.synchronizedList(new ArrayList<>()));
  }

  JsonObject body() {
    return Told.sale(merchant, order, id, directive);
  }

  void hear(Told answer) {
    told.add(answer);
  }

  boolean isEnded() {
    return told.contains(Told.PAID) || told.contains(Told.UNPAID);
  }

  /** The only call was answered "nothing was sent", and it was never repeated. */
  boolean isGivenUp() {
    return told.equals(List.of(Told.NOT_SENT)) || told.equals(List.of(Told.NOT_BY_THIS_CALL));
  }

  /** Said to be paid and not charged, said to be unpaid and charged, or both said. */
  boolean isContradictedBy(List<Charge> charges) {
    boolean charged = charges.stream().anyMatch(this::isMine);
    boolean paid = told.contains(Told.PAID);
    boolean unpaid = told.contains(Told.UNPAID) || isGivenUp();
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
