package io.payonce.recovery;

import io.payonce.model.Operation;

/**
 * Holds what the settings and the operation allow.
 *
 * @param maxSends sends of one payment in all, reissued ids included
 * @param reissue whether a final F without a reason may be tried again under a reissued id
 * @param resendAfterWindow for platforms without idempotency (platform.md#idempotency): send again
 *     only when no earlier send can take effect any more
 * @param doubt how the operation's unknown outcomes are cleared up
 * @param locks whether the payment holds an order that others wait for
 * @param otherAmount whether money that moved with another amount than asked for pays all the same
 * @param doubted the ledger has gone back in time since it began, or so shortly before that it may
 *     have forgotten it: what was answered of it, and sent of it, is not known, so nothing is sent
 *     any more
 */
public record Policy(
    int maxSends,
    boolean reissue,
    boolean resendAfterWindow,
    Operation.Doubt doubt,
    boolean locks,
    boolean otherAmount,
    boolean doubted) {
  /** Of a payment whose ledger has forgotten nothing. */
  public Policy(
      int maxSends,
      boolean reissue,
      boolean resendAfterWindow,
      Operation.Doubt doubt,
      boolean locks,
      boolean otherAmount) {
    this(maxSends, reissue, resendAfterWindow, doubt, locks, otherAmount, false);
  }

  /** As merchants want it who have not asked for partial approvals. */
  public Policy(
      int maxSends,
      boolean reissue,
      boolean resendAfterWindow,
      Operation.Doubt doubt,
      boolean locks) {
    this(maxSends, reissue, resendAfterWindow, doubt, locks, false);
  }

  boolean confirms() {
    return doubt != Operation.Doubt.REPEAT;
  }

  /** Whether the same may be sent again without asking first. */
  boolean repeats() {
    return doubt == Operation.Doubt.REPEAT || doubt == Operation.Doubt.REPEAT_THEN_ASK;
  }

  /** Whether what the platform does not find can be sent again, and at last is unpaid. */
  boolean trustsAbsence() {
    return doubt == Operation.Doubt.CONFIRM || doubt == Operation.Doubt.REPEAT;
  }

  boolean resends() {
    return doubt != Operation.Doubt.ASK_ONLY;
  }

  /** Whether there may have been a reissued id of which nothing is known. */
  boolean reissuedUnknown() {
    return doubted && reissues();
  }

  /** Whether asking shows how it stands, and its sends pay. */
  boolean asksAndSends() {
    return doubt == Operation.Doubt.CONFIRM;
  }

  /** Whether a query can show a forgotten send. */
  boolean mayShowASend() {
    return confirms() && resends();
  }

  boolean reissues() {
    return reissue && asksAndSends();
  }
}
