package io.payonce.ledger;

import io.payonce.model.PaymentId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Shows the ledger to operators: one payment whole, and the lists of unsettled ones. Its methods
 * fail with {@link LedgerUnavailable} when the ledger does not answer.
 */
public interface LedgerAdmin {
  /**
   * A part of a list.
   *
   * @param next where the next part begins; null when there is none
   * @param total of the whole list
   */
  record Page(List<Dossier> items, Cursor next, long total) {}

  /** The lists of payments. */
  enum Listing {
    /** Everything unsettled, in the order of due times within a shard. */
    UNRESOLVED,
    /** What needs review, the longest-standing of a shard first. */
    ATTENTION
  }

  /**
   * Counts of the payments in the lists, all shards together.
   *
   * @param inDoubt those of the unresolved whose outcome is unknown, or not looked at ten seconds
   *     after they were due; exact up to 1024 unresolved ones, estimated from as many beyond
   */
  record Totals(long unresolved, long attention, long inDoubt) {}

  /** All that is remembered of a payment; empty when nothing is. */
  Future<Optional<Dossier>> inspect(PaymentId id);

  /** The payments after {@code from}, at most {@code most} of them. */
  Future<Page> page(Listing listing, Cursor from, int most);

  /** Counts the lists: 512 small commands and one for each of the sample, so not for every call. */
  Future<Totals> totals();

  /** The result of ending a wreck. */
  enum Buried {
    BURIED,
    /** It was begun again meanwhile, or a worker has it. */
    MOVED,
    /** It is of a newer version of this program, which can read it. */
    NEWER,
    /** There is no record, and it does not hold that order. */
    NOT_HELD
  }

  /**
   * What can be read of a payment whose record cannot be, or is gone. From then on it is listed for
   * review, if it was not.
   */
  Future<BrokenRecord> salvage(PaymentId id);

  /**
   * Ends such a payment: its order is free, or paid, and whoever repeats it gets the outcome. What
   * is left of it is laid aside for as long as its tombstone stands.
   *
   * @param platformId under which the platform knows it
   * @param pays whether its order counts as paid from then on
   */
  Future<Buried> bury(
      BrokenRecord wreck, Outcome outcome, String platformId, boolean pays, String event);

  /** Whether all live pods understand what {@link #bury} leaves. */
  boolean canBury();

  /** Who holds an order of that payment's owner; empty when none does. */
  Future<Optional<PaymentId>> holder(PaymentId of, String order);

  /**
   * Takes an ended payment off the list of those that need review; false when it was not on it, or
   * has not ended.
   */
  Future<Boolean> acknowledge(PaymentId id, String event);

  /**
   * The same for one that has moved money, but did not pay, as an operator has decided: its order
   * counts it among those that have paid no more, and the same sum, seen again, is no news.
   *
   * @param order null when it has none
   */
  Future<Boolean> disown(PaymentId id, String order, String event);
}
