package io.payonce.sandbox.bank;

import io.payonce.sandbox.request.Call;
import io.payonce.sandbox.request.SimAmount;
import io.payonce.sandbox.script.SimStatus;
import java.util.ArrayList;
import java.util.List;

/** One transaction of the platform: what it is, and every status it has had. */
public final class Transaction {

  /** A status and the time since which it held. */
  record Moment(long atMillis, SimStatus status, String resultCode) {}

  final String id;
  final Call call;
  final Transaction original;
  final String lockKey;
  final String fingerprint;
  final long createdAtMillis;
  final List<Transaction> followUps = new ArrayList<>(0);
  SimAmount amount;
  /** The page on which it is paid; null for all but sessions. */
  HostedPage session;

  String relation;
  String closedBatch;
  private final List<Moment> moments = new ArrayList<>(2);

  Transaction(
      String id,
      Call call,
      Transaction original,
      SimAmount amount,
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

  public String id() {
    return id;
  }

  String type() {
    return call.operation().type();
  }

  String merchantId() {
    return call.merchantId();
  }

  public String requestId() {
    return call.requestId();
  }

  /** The order that this transaction belongs to, by its own word or by that of the original. */
  public String order() {
    return call.order() != null || original == null ? call.order() : original.order();
  }

  SimStatus status() {
    return moments.get(moments.size() - 1).status();
  }

  boolean is(SimStatus status) {
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

  void become(SimStatus status, String resultCode, long atMillis) {
    moments.add(new Moment(atMillis, status, resultCode));
  }
}
