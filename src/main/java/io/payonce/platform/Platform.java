package io.payonce.platform;

import io.payonce.codes.Remedy;
import io.payonce.model.Answer;
import io.payonce.model.Intent;
import io.vertx.core.Future;

/** The payment platform. Its futures never fail: its silence is an {@link Answer} too. */
public interface Platform {
  /**
   * Puts one send on the wire: signed with a timestamp of its intent, under a fresh request id. A
   * send that cannot leave before its intent ends stays here ({@link Answer.Unsent}).
   */
  Future<Answer> send(Intent intent, PlatformRequest request);

  /**
   * Asks or says what moves no money: queries, aborts, calls the ledger does not know. A question
   * ({@code GET}) may go over a second connection when the first breaks.
   */
  Future<Answer> call(PlatformRequest message);

  /**
   * Tries to remedy what the platform refused a send for. True: sending again has a chance. The
   * answer that carried the refusal has already taught us the clock and the rate.
   *
   * @param signedAtMillis when the refused send was signed, so that a key renewed since counts
   */
  Future<Boolean> remedy(Remedy remedy, long signedAtMillis);

  /** Ends its connections; what is on the wire is silence. */
  default Future<Void> close() {
    return Future.succeededFuture();
  }
}
