package io.payonce.ledger.maintenance;

import java.util.EnumSet;
import java.util.Set;

/**
 * Says what must hold between a payment's record, its due time and its order, and what is done
 * where it does not. Nothing that could free money for a second charge is done without the proof
 * that the payment has ended.
 */
public final class Audit {
  /**
   * The longest that anything is put off on purpose is an hour (a payment in quarantine). At half,
   * that would be a fault; at double, a wrong due time hides its payment for so long.
   */
  private static final long FAR_MILLIS = 2 * 3_600_000;

  private Audit() {}

  /** The kinds of records under a payment's name. */
  public enum Kept {
    UNSETTLED,
    /** Settled or released; or forgotten, and its tombstone says so. */
    ENDED,
    /** Nothing at all. */
    NOTHING,
    /** Something that is no record. */
    BROKEN,
    /** A record of a newer version of this program, whose business it is. */
    NEWER
  }

  /** The standing of the order that the payment names. */
  public enum Order {
    /** The payment names none. */
    NONE,
    FREE,
    /** Held by this payment. */
    OWN,
    /** Held or paid by another payment. */
    OTHERS,
    /** Paid by this payment. */
    PAID
  }

  /**
   * One payment as it was seen at one moment.
   *
   * @param dueInMillis until its due time, negative when overdue, null when it has none
   * @param ends record or order would end by themselves
   * @param listed it needs review
   */
  public record Snapshot(Kept kept, Long dueInMillis, Order order, boolean ends, boolean listed) {}

  /** Repairs, and their names in the metrics. */
  public enum Repair {
    /** An unsettled payment had no due time: look at it now. */
    NO_DUE_TIME("no-due-time"),
    /** Its due time was beyond all pauses: look at it now. */
    FAR_DUE_TIME("far-due-time"),
    /** An unsettled payment had let go of its order: it takes it again. */
    ORDER_UNTAKEN("order-untaken"),
    /** A payment that has ended held its order on: it is freed, or marked as paid. */
    ORDER_LEFT("order-left"),
    /** What must outlast its payment had an end of its own. */
    EXPIRY("expiry"),
    /** An order is held by a payment of which nothing is left: only an operator can know. */
    ORDER_WITHOUT_PAYMENT("order-without-payment"),
    /** Two payments are on one order: only an operator can know. */
    ORDER_CONTESTED("order-contested"),
    /** What is no record cannot be repaired: an operator must see it. */
    BROKEN_RECORD("broken-record");

    private final String label;

    Repair(String label) {
      this.label = label;
    }

    /** The value of the metric's label. */
    public String label() {
      return label;
    }

    public boolean asksForReview() {
      return this == ORDER_WITHOUT_PAYMENT || this == ORDER_CONTESTED || this == BROKEN_RECORD;
    }

    public boolean looksNow() {
      return this == NO_DUE_TIME || this == FAR_DUE_TIME;
    }
  }

  /** Empty when all is well, or when an operator knows already. */
  public static Set<Repair> of(Snapshot seen) {
    Set<Repair> repairs = switch (seen.kept()) {
      case UNSETTLED -> unsettled(seen);
      case ENDED -> only(Repair.ORDER_LEFT, seen.order() == Order.OWN);
      case NOTHING -> only(Repair.ORDER_WITHOUT_PAYMENT, seen.order() == Order.OWN);
      case BROKEN -> only(Repair.BROKEN_RECORD, true);
      case NEWER -> only(Repair.BROKEN_RECORD, false);
    };
    if (seen.listed()) {
      repairs.removeIf(Repair::asksForReview);
    }
    return repairs;
  }

  private static Set<Repair> unsettled(Snapshot seen) {
    Set<Repair> repairs = only(Repair.NO_DUE_TIME, seen.dueInMillis() == null);
    if (seen.dueInMillis() != null && seen.dueInMillis() > FAR_MILLIS) {
      repairs.add(Repair.FAR_DUE_TIME);
    }
    if (seen.order() == Order.FREE) {
      repairs.add(Repair.ORDER_UNTAKEN);
    }
    if (seen.order() == Order.OTHERS || seen.order() == Order.PAID) {
      repairs.add(Repair.ORDER_CONTESTED);
    }
    if (seen.ends()) {
      repairs.add(Repair.EXPIRY);
    }
    return repairs;
  }

  private static Set<Repair> only(Repair repair, boolean needed) {
    return needed ? EnumSet.of(repair) : EnumSet.noneOf(Repair.class);
  }
}
