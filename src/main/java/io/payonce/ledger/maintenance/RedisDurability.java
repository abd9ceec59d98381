package io.payonce.ledger.maintenance;

import java.util.EnumSet;
import java.util.Set;

/**
 * Holds what a Redis says of itself that bears on whether it may forget a payment.
 *
 * @param run a name of the server's process, another one after each start
 */
public record RedisDurability(String run, Memory memory, Files files, Replication replication) {
  /**
   * Its memory, in bytes.
   *
   * @param max 0 for no limit
   * @param policy what it does when that is full
   * @param evictedKeys since it runs
   */
  public record Memory(long used, long max, String policy, long evictedKeys) {}

  /**
   * Its files.
   *
   * @param appendOnly whether it writes an append-only file
   * @param writesWell whether it could write them the last time
   */
  public record Files(boolean appendOnly, boolean writesWell) {}

  /**
   * Its part in the replication.
   *
   * @param replicas that are connected and follow
   */
  public record Replication(boolean isPrimary, int replicas) {}

  /**
   * Full to this share is worth a word. At 0.8, an hour's growth is no news; at 0.95, a busy hour
   * fills the rest before an operator has come.
   */
  private static final double NEARLY = 0.9;

  private static final String KEEPS = "noeviction";

  /** Risks of a Redis that payments are kept in. */
  public enum Worry {
    EVICTS(
        "EVICTS",
        true,
        "it forgets payments when its memory is full: set maxmemory-policy noeviction"),
    EVICTED("EVICTED", true, "it has forgotten keys for want of memory: payments may be lost"),
    REPLICA("REPLICA", true, "it is a replica, which takes no writes"),
    WRITES_FAIL("WRITES_FAIL", true, "it could not write its file the last time: look at its disk"),
    NEARLY_FULL("NEARLY_FULL", false, "its memory is nearly full: give it more"),
    FEW_REPLICAS("FEW_REPLICAS", true, "fewer replicas are connected than redis.minReplicas"),
    NO_APPEND_ONLY(
        "NO_APPEND_ONLY", false, "it has no append-only file: what it holds is lost when it ends"),
    UNCHECKED(
        "UNCHECKED",
        false,
        "INFO is not allowed: policy, file, role, replicas and evictions are unchecked");

    private final String word;
    private final boolean grave;
    private final String text;

    Worry(String word, boolean grave, String text) {
      this.word = word;
      this.grave = grave;
      this.text = text;
    }

    /** Whether payments are being lost, or none can begin, until an operator comes: it pages. */
    public boolean isGrave() {
      return grave;
    }

    public String text() {
      return text;
    }

    /** The word in metrics and on pages. */
    @Override
    public String toString() {
      return word;
    }
  }

  /** Whether it removes keys that it was asked to keep; a policy without a limit removes none. */
  public boolean evicts() {
    return memory.max > 0 && !memory.policy.equals(KEEPS);
  }

  /**
   * What is to be said of it.
   *
   * @param evicted whether it has forgotten keys of late, see {@link Evictions}
   * @param minReplicas as many must acknowledge what must not be lost
   */
  public Set<Worry> worries(boolean evicted, int minReplicas) {
    Set<Worry> worries = EnumSet.noneOf(Worry.class);
    if (evicts()) {
      worries.add(Worry.EVICTS);
    }
    if (evicted) {
      worries.add(Worry.EVICTED);
    }
    if (!replication.isPrimary) {
      worries.add(Worry.REPLICA);
    }
    if (!files.writesWell) {
      worries.add(Worry.WRITES_FAIL);
    }
    if (memory.max > 0 && memory.used >= NEARLY * memory.max) {
      worries.add(Worry.NEARLY_FULL);
    }
    if (replication.isPrimary && replication.replicas < minReplicas) {
      worries.add(Worry.FEW_REPLICAS);
    }
    if (!files.appendOnly) {
      worries.add(Worry.NO_APPEND_ONLY);
    }
    return worries;
  }
}
