package io.payonce.sandbox.bank;

import io.payonce.sandbox.request.Call;
import io.payonce.sandbox.request.LruMap;
import io.payonce.sandbox.request.Refusal;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Every transaction, to be found by its id, by the merchant's id, by its session and by its order.
 */
final class Transactions {

  private final Map<String, Transaction> byId = new LruMap<>();
  private final Map<String, Transaction> byRequest = new LruMap<>();
  private final Map<String, Transaction> bySession = new LruMap<>();
  private final Map<String, Transaction> paid = new LruMap<>();

  void add(Transaction transaction) {
    byId.put(transaction.id, transaction);
    byRequest.put(key(transaction.merchantId(), transaction.requestId()), transaction);
    if (transaction.original != null) {
      transaction.original.followUps.add(transaction);
    }
    if (transaction.session != null) {
      bySession.put(transaction.session.id, transaction);
    }
  }

  void markPaid(Transaction transaction) {
    paid.put(key(transaction.merchantId(), transaction.call.order()), transaction);
  }

  boolean isPaid(String merchantId, String order) {
    Transaction payer = paid.get(key(merchantId, order));
    return payer != null && !payer.isVoided();
  }

  /** The transaction of that id, or null; another merchant's counts as none. */
  Transaction byId(String merchantId, String id) {
    Transaction found = byId.get(id);
    return found != null && found.merchantId().equals(merchantId) ? found : null;
  }

  /** False for a transaction that a reset has forgotten. */
  boolean holds(Transaction transaction) {
    return byId.get(transaction.id) == transaction;
  }

  Transaction byRequest(String merchantId, String requestId) {
    return byRequest.get(key(merchantId, requestId));
  }

  Transaction bySession(String sessionId) {
    return bySession.get(sessionId);
  }

  Stream<Transaction> all() {
    return byId.values().stream();
  }

  /** The transaction that a query or a follow-up names; where both ids are sent, the first wins. */
  Transaction named(Call call, String idField, String requestIdField) {
    String id = call.text(idField);
    return id != null
        ? byId(call.merchantId(), id)
        : byRequest(call.merchantId(), call.text(requestIdField));
  }

  /** The transaction that a call refers to; C12 if there is none. */
  Transaction original(Call call) {
    Transaction found = named(call, "originalTransactionId", "originalTransactionRequestId");
    if (found == null) {
      throw new Refusal("C12", "original transaction does not exist");
    }
    return found;
  }

  void clear() {
    byId.clear();
    byRequest.clear();
    bySession.clear();
    paid.clear();
  }

  private static String key(String merchantId, String id) {
    return merchantId + '/' + id;
  }
}
