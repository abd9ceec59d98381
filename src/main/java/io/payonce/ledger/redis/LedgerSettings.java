package io.payonce.ledger.redis;

import io.payonce.model.PaymentId;
import java.time.Duration;
import java.util.Set;

/**
 * Holds how long leases, records and tombstones last, and how durable a write must be.
 *
 * @param leaseMillis how long one worker owns a payment before another may take it over
 * @param retentionMillis how long an ended payment can be replayed
 * @param tombstoneMillis how long after that its outcome is still known; 0: not at all
 * @param onePayment a paid order refuses other payments
 * @param minReplicas replicas that must have a begin, an intent and every negative answer; 0: none
 * @param replicaWait how long we wait for them
 * @param pagesLock an open hosted page has its order as any payment
 * @param beginNotAfterMillis how long after it was asked for a begin may still happen. At half, a
 *     short stall of Redis refuses payments; at double, a caller whose begin got no answer waits
 *     that much longer for the proof that nothing was begun
 * @param splitMerchants merchants whose orders may have several payments all the same
 * @param journalMillis how long the journal of outcomes is kept; 0: there is none
 * @param noticeMillis how long what a caller is still to be told is kept
 * @param home whose records are this pod's
 * @param epochs how far this pod has seen the ledger
 */
public record LedgerSettings(
    long leaseMillis,
    long retentionMillis,
    long tombstoneMillis,
    boolean onePayment,
    int minReplicas,
    Duration replicaWait,
    long beginNotAfterMillis,
    boolean pagesLock,
    HomePlatform home,
    LedgerEpochs epochs,
    Set<String> splitMerchants,
    long journalMillis,
    long noticeMillis) {
  /** Journal and notices live as long as they do where nothing is set. */
  public LedgerSettings(
      long leaseMillis,
      long retentionMillis,
      long tombstoneMillis,
      boolean onePayment,
      int minReplicas,
      Duration replicaWait,
      long beginNotAfterMillis,
      boolean pagesLock,
      HomePlatform home,
      LedgerEpochs epochs,
      Set<String> splitMerchants) {
    this(
        leaseMillis,
        retentionMillis,
        tombstoneMillis,
        onePayment,
        minReplicas,
        replicaWait,
        beginNotAfterMillis,
        pagesLock,
        home,
        epochs,
        splitMerchants,
        JOURNAL_MILLIS,
        NOTICE_MILLIS);
  }

  /** Of a pod that has the ledger for itself. */
  public LedgerSettings(
      long leaseMillis,
      long retentionMillis,
      long tombstoneMillis,
      boolean onePayment,
      int minReplicas,
      Duration replicaWait,
      long beginNotAfterMillis,
      HomePlatform home) {
    this(
        leaseMillis,
        retentionMillis,
        tombstoneMillis,
        onePayment,
        minReplicas,
        replicaWait,
        beginNotAfterMillis,
        true,
        home,
        new LedgerEpochs(),
        Set.of());
  }

  /** Of a ledger that has one platform only. */
  public LedgerSettings(
      long leaseMillis,
      long retentionMillis,
      long tombstoneMillis,
      boolean onePayment,
      int minReplicas,
      Duration replicaWait,
      long beginNotAfterMillis,
      boolean pagesLock) {
    this(
        leaseMillis,
        retentionMillis,
        tombstoneMillis,
        onePayment,
        minReplicas,
        replicaWait,
        beginNotAfterMillis,
        pagesLock,
        HomePlatform.only(),
        new LedgerEpochs(),
        Set.of());
  }

  /** What {@code journalMillis} is by default. */
  private static final long JOURNAL_MILLIS = 604_800_000;

  /** What {@code noticeMillis} is by default. */
  private static final long NOTICE_MILLIS = 259_200_000 + JOURNAL_MILLIS;

  /** What {@code beginNotAfterMillis} should be. */
  public static final long BEGIN_NOT_AFTER_MILLIS = 2000;

  /** Pages lock. */
  public LedgerSettings(
      long leaseMillis,
      long retentionMillis,
      long tombstoneMillis,
      boolean onePayment,
      int minReplicas,
      Duration replicaWait,
      long beginNotAfterMillis) {
    this(
        leaseMillis,
        retentionMillis,
        tombstoneMillis,
        onePayment,
        minReplicas,
        replicaWait,
        beginNotAfterMillis,
        true);
  }

  /** How long a paid order, a tombstone and a transaction's alias are remembered. */
  public long keepMillis() {
    return retentionMillis + tombstoneMillis;
  }

  /** Whether a paid order of this merchant's refuses other payments. */
  public boolean onePayment(PaymentId id) {
    return onePayment && !splitMerchants.contains(id.merchantId());
  }

  /** As scripts take it: nothing for none. */
  Object journalArg() {
    return journalMillis > 0 ? journalMillis : "";
  }

  /** The same with this journal. */
  public LedgerSettings journalling(long newJournalMillis) {
    return new LedgerSettings(
        leaseMillis,
        retentionMillis,
        tombstoneMillis,
        onePayment,
        minReplicas,
        replicaWait,
        beginNotAfterMillis,
        pagesLock,
        home,
        epochs,
        splitMerchants,
        newJournalMillis,
        noticeMillis);
  }

  boolean replicates() {
    return minReplicas > 0;
  }
}
