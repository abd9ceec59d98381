package io.payonce.credentials;

import io.payonce.codes.Remedy;
import io.vertx.core.Future;

/** Renews with the platform what wears out: terminal master key, working key, session. */
@FunctionalInterface
public interface Credentials {
  /** For a platform, or a contract with it, that has nothing to renew. */
  Credentials NOTHING_TO_RENEW = (remedy, signedAtMillis) -> Future.succeededFuture(false);

  /**
   * Never fails.
   *
   * @param remedy RENEW_TMK, RENEW_KEY or LOG_IN
   * @param signedAtMillis when the refused send was signed: what was renewed since needs no renewal
   * @return true when what is in use now is newer than that
   */
  Future<Boolean> renew(Remedy remedy, long signedAtMillis);

  /** False while something is still to be had for the first time; may be asked by any thread. */
  default boolean isReady() {
    return true;
  }

  /** Gets what is still missing; never fails; true when nothing is. */
  default Future<Boolean> ready() {
    return Future.succeededFuture(isReady());
  }
}
