package io.payonce.sandbox;

import java.util.ArrayList;
import java.util.List;

/** One transaction of the platform: what it is, and every status it has had. */
final class Transaction {

  /** A status and the time since which it held. */
  record Moment(long atMillis, Status status, String resultCode) {}

  final String id;
  final Call call;
  final Transaction original;
  final String lockKey;
  final String fingerprint;
  final long createdAtMillis;
  final List<Transaction> followUps = new ArrayList<>(0);
  Amount amount;
  /** The page on which it is paid; null for all but sessions. */
  HostedPage session;

  String relation;
  String closedBatch;
  private final List<Moment> moments = new ArrayList<>(2);

  Transaction(
      String id,
      Call call,
      Transaction original,
      Amount amount,
      String lockKey,
      String fingerprint,
      long createdAtMillis) {
    this.id = id;
    this.call = call;
    this.original = original;
    this.amount = amount;
    this.lockKey = lockKey;
    this.fingerprint = fingerprint;
    this.createdAtMillis = createdAtMillis;
  }

  String type() {
    return call.operation().type();
  }

  String merchantId() {
    return call.merchantId();
  }

  String requestId() {
    return call.requestId();
  }

  /** The order that this transaction belongs to, by its own word or by that of the original. */
  String order() {
    return call.order() != null || original == null ? call.order() : original.order();
  }

  Status status() {
    return moments.get(moments.size() - 1).status();
  }

  boolean is(Status status) {
    return status() == status;
  }

  boolean isVoided() {
    return "VOIDED".equals(relation);
  }

  Moment latest() {
    return moments.get(moments.size() - 1);
  }

  /** What held at that time, or null if the transaction did not exist yet. */
  Moment at(long millis) {
    Moment held = null;
    for (Moment moment : moments) {
      held = moment.atMillis() <= millis ? moment : held;
    }
    return held;
  }

  void become(Status status, String resultCode, long atMillis) {
    moments.add(new Moment(atMillis, status, resultCode));
  }
}
