package io.payonce.world;

import io.payonce.ledger.Outcome;
import io.payonce.model.PaymentId;
import java.util.Arrays;

/**
 * What is true of one payment request, whoever knows it, and what callers were answered about it.
 */
final class Truth {
  /** From one begin to its end. A released payment may live again. */
  static final class Life {
    final Truth truth;
    final int call;
    long begunAtMillis;
    int charges;
    int left;
    Outcome ended;
    boolean abortNoted;
    boolean aborted;
    boolean answeredNothingSent;

    Life(Truth truth, int call, long begunAtMillis) {
      this.truth = truth;
      this.call = call;
      this.begunAtMillis = begunAtMillis;
    }

    @Override
    public String toString() {
      return "life of " + truth.name + " begun by call " + call;
    }
  }

  final PaymentId id;
  final String name;
  int charges;

  /** Of those, with another amount than asked for. */
  int otherwise;

  /** No life begun before it may be charged: its caller asked then, and was answered "no". */
  long deniedAtMillis = Long.MIN_VALUE;

  /** Paid may be answered before it is written; the bytes written later may be others. */
  boolean paidUnwritten;

  private byte[] answeredBytes;
  private Boolean answeredPaid;

  Truth(PaymentId id, String name) {
    this.id = id;
    this.name = name;
  }

  /** Null, or how this final answer differs from the last one. */
  String answered(boolean paid, byte[] body, boolean verbatim) {
    if (answeredPaid != null && answeredPaid != paid) {
      return "told " + (paid ? "paid" : "not paid") + " after the contrary";
    }
    answeredPaid = paid;
    if (!verbatim || paidUnwritten) {
      return null;
    }
    if (answeredBytes != null && !Arrays.equals(answeredBytes, body)) {
      return "told other bytes than before";
    }
    answeredBytes = body;
    return null;
  }
}
