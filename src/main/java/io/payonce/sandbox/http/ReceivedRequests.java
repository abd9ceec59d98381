package io.payonce.sandbox.http;

import java.util.List;

/** The copies received so far, refused ones included, oldest first: a snapshot. */
public record ReceivedRequests(List<ReceivedRequest> all) {

  /** The copies that named this transactionRequestId, queries included. */
  public List<ReceivedRequest> of(String transactionRequestId) {
    return all.stream()
        .filter(copy -> transactionRequestId.equals(copy.transactionRequestId()))
        .toList();
  }

  /** The POSTs for this transactionRequestId. */
  public List<ReceivedRequest> sent(String transactionRequestId) {
    return of(transactionRequestId).stream()
        .filter(copy -> copy.method().equals("POST"))
        .toList();
  }

  /** The queries for this transactionRequestId. */
  public List<ReceivedRequest> queries(String transactionRequestId) {
    return of(transactionRequestId).stream()
        .filter(copy -> copy.method().equals("GET"))
        .toList();
  }

  /** The copies with this referenceOrderId, whatever their transactionRequestId. */
  public List<ReceivedRequest> ofOrder(String merchantId, String order) {
    return all.stream()
        .filter(copy -> merchantId.equals(copy.merchantId()) && order.equals(copy.order()))
        .toList();
  }
}
