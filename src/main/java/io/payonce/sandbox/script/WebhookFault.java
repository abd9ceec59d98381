package io.payonce.sandbox.script;

/** Names what goes wrong with the notification of a transaction's end. */
public enum WebhookFault {
  /** Never sent. */
  LOST,
  /** Sent a second time beside the first, under another X-Client-Request-Id. */
  TWICE,
  /** Sent after the next one of the same order. */
  REORDERED,
  /** A stranger's comes first: the opposite status, and a signature of another secret. */
  FORGED,
  /** Sent and answered before the call itself is answered, if that ended the transaction. */
  EARLY,
  /** Its X-Timestamp is an hour old, as a replayed one's would be. */
  STALE,
  /** Without X-Signature. */
  UNSIGNED,
  /** No JSON, but signed. */
  GARBAGE,
  /** Names another order and amount, and is signed. */
  WRONG_ORDER;

  /** Whether what is sent can be taken for the truth at once. */
  boolean spoilsTheMessage() {
    return this == STALE || this == UNSIGNED || this == GARBAGE || this == WRONG_ORDER;
  }
}
