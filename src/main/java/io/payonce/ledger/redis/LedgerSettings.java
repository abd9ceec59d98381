package io.payonce.ledger.redis;

import io.payonce.model.PaymentId;
import java.time.Duration;
import java.util.Set;

/**
 * Holds how long leases, records and tombstones last, and how durable a write must be.
 *
 * @param home whose records are this pod's
 * @param epochs how far this pod has seen the ledger
 */
public record LedgerSettings(
    Lives lives, Durability durability, Orders orders, HomePlatform home, LedgerEpochs epochs) {
  /** What {@code beginNotAfterMillis} should be. */
  public static final long BEGIN_NOT_AFTER_MILLIS = 2000;

  /** What {@code journalMillis} is by default. */
  private static final long JOURNAL_MILLIS = 604_800_000;

  /** What {@code noticeMillis} is by default. */
  private static final long NOTICE_MILLIS = 259_200_000 + JOURNAL_MILLIS;

  /**
   * Lifetimes of what is stored.
   *
   * @param leaseMillis how long one worker owns a payment before another may take it over
   * @param retentionMillis how long an ended payment can be replayed
   * @param tombstoneMillis how long after that its outcome is still known; 0: not at all
   * @param beginNotAfterMillis how long after it was asked for a begin may still happen. At half, a
   *     short stall of Redis refuses payments; at double, a caller whose begin got no answer waits
   *     that much longer for the proof that nothing was begun
   * @param journalMillis how long the journal of outcomes is kept; 0: there is none
   * @param noticeMillis how long a notification is kept that a caller has not taken
   */
  public record Lives(
      long leaseMillis,
      long retentionMillis,
      long tombstoneMillis,
      long beginNotAfterMillis,
      long journalMillis,
      long noticeMillis) {}

  /**
   * Conditions for a write to count.
   *
   * @param minReplicas replicas that must have a begin, an intent and every negative answer; 0:
   *     none
   * @param replicaWait how long we wait for them
   */
  public record Durability(int minReplicas, Duration replicaWait) {
    public static final Durability PRIMARY_ALONE = new Durability(0, Duration.ZERO);
  }

  /**
   * Rules for paid and taken orders.
   *
   * @param onePayment a paid order refuses other payments
   * @param splitMerchants merchants whose orders may have several payments all the same
   * @param pagesLock an open hosted page has its order as any payment
   */
  public record Orders(boolean onePayment, Set<String> splitMerchants, boolean pagesLock) {
    public static final Orders USUAL = new Orders(true, Set.of(), true);
  }

  /** Of a pod that has the ledger, of one platform, for itself; all else is as by default. */
  public static LedgerSettings of(long leaseMillis, long retentionMillis, long tombstoneMillis) {
    return new LedgerSettings(
        new Lives(
            leaseMillis,
            retentionMillis,
            tombstoneMillis,
            BEGIN_NOT_AFTER_MILLIS,
            JOURNAL_MILLIS,
            NOTICE_MILLIS),
        Durability.PRIMARY_ALONE,
        Orders.USUAL,
        HomePlatform.only(),
        new LedgerEpochs());
  }

  /** The same, asking for this before a write counts. */
  public LedgerSettings with(Durability other) {
    return new LedgerSettings(lives, other, orders, home, epochs);
  }

  /** The same with these rules for orders. */
  public LedgerSettings with(Orders rules) {
    return new LedgerSettings(lives, durability, rules, home, epochs);
  }

  /** The same for a pod of this platform. */
  public LedgerSettings with(HomePlatform platform) {
    return new LedgerSettings(lives, durability, orders, platform, epochs);
  }

  public long leaseMillis() {
    return lives.leaseMillis;
  }

  public long retentionMillis() {
    return lives.retentionMillis;
  }

  public long tombstoneMillis() {
    return lives.tombstoneMillis;
  }

  public long beginNotAfterMillis() {
    return lives.beginNotAfterMillis;
  }

  public long noticeMillis() {
    return lives.noticeMillis;
  }

  public int minReplicas() {
    return durability.minReplicas;
  }

  /** How long a paid order, a tombstone and a transaction's alias are remembered. */
  public long keepMillis() {
    return lives.retentionMillis + lives.tombstoneMillis;
  }

  /** Whether a paid order of this merchant's refuses other payments. */
  public boolean onePayment(PaymentId id) {
    return orders.onePayment && !orders.splitMerchants.contains(id.merchantId());
  }

  /**
   * In what units the archive counts times: a day, or less where all is kept for less than eight.
   */
  long archiveUnitMillis() {
    return Math.max(1, Math.min(86_400_000, keepMillis() / 8));
  }

  public boolean pagesLock() {
    return orders.pagesLock;
  }

  /** As scripts take it: nothing for none. */
  Object journalArg() {
    return lives.journalMillis > 0 ? lives.journalMillis : "";
  }

  boolean replicates() {
    return durability.minReplicas > 0;
  }
}
