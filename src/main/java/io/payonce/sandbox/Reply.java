package io.payonce.sandbox;

/** An answer, and how it is to be delivered. */
record Reply(Answer answer, Delivery delivery) {

  static Reply refused(Refusal refusal) {
    return new Reply(Answer.refused(refusal), Delivery.NORMAL);
  }
}
