package io.payonce.outcome;

/** Names why a hook gave no answer. */
public enum HookFailure {
  /** Its URL, or where its name leads, is not allowed, or not any more. */
  NOT_ALLOWED(false),
  /** The notification is sealed with a key that this pod does not have. */
  UNREADABLE(false),
  /** No pod has the key of the account that the payment was sent under, so no pod can sign it. */
  NO_ACCOUNT(false),
  DNS(true),
  CONNECT_TIMEOUT(true),
  REFUSED(true),
  TLS(true),
  TIMEOUT(true),
  /** The connection ended before an answer came. */
  CLOSED(true),
  /** What came was no HTTP. */
  NO_HTTP(true);

  private final boolean isOfHost;

  HookFailure(boolean isOfHost) {
    this.isOfHost = isOfHost;
  }

  boolean isOfHost() {
    return isOfHost;
  }
}
