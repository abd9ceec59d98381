package io.payonce.sandbox.http;

import java.util.List;

/** The requests received so far, refused ones included, oldest first: a snapshot. */
public record ReceivedRequests(List<ReceivedRequest> all) {

  /** The requests that named this transactionRequestId, queries included. */
  public List<ReceivedRequest> of(String transactionRequestId) {
    return all.stream()
        .filter(request -> transactionRequestId.equals(request.transactionRequestId()))
        .toList();
  }

  /** The POSTs for this transactionRequestId. */
  public List<ReceivedRequest> sent(String transactionRequestId) {
    return of(transactionRequestId).stream()
        .filter(request -> request.method().equals("POST"))
        .toList();
  }

  /** The queries for this transactionRequestId. */
  public List<ReceivedRequest> queries(String transactionRequestId) {
    return of(transactionRequestId).stream()
        .filter(request -> request.method().equals("GET"))
        .toList();
  }

  /** The requests with this referenceOrderId, whatever their transactionRequestId. */
  public List<ReceivedRequest> ofOrder(String merchantId, String order) {
    return all.stream()
        .filter(request -> merchantId.equals(request.merchantId()) && order.equals(request.order()))
        .toList();
  }
}
