package io.payonce.sandbox.http;

import io.payonce.sandbox.bank.SimAnswer;
import io.payonce.sandbox.request.Refusal;
import io.payonce.sandbox.script.Delivery;

/** An answer, and how it is to be delivered. */
record SimReply(SimAnswer answer, Delivery delivery) {

  static SimReply refused(Refusal refusal) {
    return new SimReply(SimAnswer.refused(refusal), Delivery.NORMAL);
  }
}
