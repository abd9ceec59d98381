package io.payonce.sandbox.bank;

import java.util.List;
import java.util.Objects;

/** Holds what was really charged so far, oldest first: a snapshot. */
public record Charges(List<Charge> all) {

  public List<Charge> of(String merchantId, String order) {
    return all.stream()
        .filter(charge -> charge.merchantId().equals(merchantId) && order.equals(charge.order()))
        .toList();
  }

  public List<Charge> ofRequest(String merchantId, String transactionRequestId) {
    return all.stream()
        .filter(charge -> charge.merchantId().equals(merchantId)
            && Objects.equals(charge.transactionRequestId(), transactionRequestId))
        .toList();
  }
}
