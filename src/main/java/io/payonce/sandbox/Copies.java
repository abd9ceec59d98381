package io.payonce.sandbox;

import java.util.List;

/** The copies received so far, refused ones included, oldest first: a snapshot. */
public record Copies(List<Copy> all) {

  /** The copies that named this transactionRequestId, queries included. */
  public List<Copy> of(String transactionRequestId) {
    return all.stream()
        .filter(copy -> transactionRequestId.equals(copy.transactionRequestId()))
        .toList();
  }

  /** The POSTs for this transactionRequestId. */
  public List<Copy> sent(String transactionRequestId) {
    return of(transactionRequestId).stream()
        .filter(copy -> copy.method().equals("POST"))
        .toList();
  }

  /** The queries for this transactionRequestId. */
  public List<Copy> queries(String transactionRequestId) {
    return of(transactionRequestId).stream()
        .filter(copy -> copy.method().equals("GET"))
        .toList();
  }

  /** The copies with this referenceOrderId, whatever their transactionRequestId. */
  public List<Copy> ofOrder(String merchantId, String order) {
    return all.stream()
        .filter(copy -> merchantId.equals(copy.merchantId()) && order.equals(copy.order()))
        .toList();
  }
}
