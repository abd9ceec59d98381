package io.payonce.ledger;

import io.payonce.model.PaymentId;

/**
 * Holds all that is kept of one payment; times are the ledger's clock, ms since 1970, and 0 for
 * never.
 *
 * @param payment null when only marks of it are left, or when it cannot be read
 * @param unreadable why it cannot be read; null when it can
 * @param tombstone what stays of it when it is forgotten; null when it leaves none
 * @param left what else is left of it where its record is not
 * @param leased a worker has it until it is due
 */
public record Dossier(
    PaymentId id,
    Payment payment,
    String unreadable,
    Tombstone tombstone,
    Left left,
    boolean leased,
    Times times) {
  /**
   * Times at which it is looked at.
   *
   * @param dueAtMillis when a pod must look at it
   * @param attentionSinceMillis since when it needs review
   * @param nowMillis when this was read
   */
  public record Times(long dueAtMillis, long attentionSinceMillis, long nowMillis) {
    public static final Times NEVER = new Times(0, 0, 0);
  }

  /**
   * Marks of a payment without a record.
   *
   * @param strayOrder the order that it holds though nothing is left of it, as far as that is known
   * @param timeline of what an operator has ended because it could not be read, or of money that
   *     moved for what is forgotten; else null
   * @param moved what moved for it after it was forgotten; null when nothing is known to have
   * @param movedOrder the order that counts as paid by that; null when none does
   */
  public record Left(String strayOrder, String timeline, String moved, String movedOrder) {
    public static final Left NOTHING = new Left(null, null, null, null);
  }

  public long dueAtMillis() {
    return times.dueAtMillis;
  }

  public long attentionSinceMillis() {
    return times.attentionSinceMillis;
  }

  public long nowMillis() {
    return times.nowMillis;
  }

  /** Nothing is left of it, and it holds an order for ever. */
  public boolean isGone() {
    return payment == null && unreadable == null && tombstone == null && left.strayOrder != null;
  }

  /** True when there is nothing to show. */
  public boolean isBlank() {
    return payment == null
        && unreadable == null
        && tombstone == null
        && dueAtMillis() == 0
        && attentionSinceMillis() == 0
        && left.timeline == null;
  }
}
