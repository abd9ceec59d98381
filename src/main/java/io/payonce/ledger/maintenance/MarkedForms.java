package io.payonce.ledger.maintenance;

import io.payonce.model.Abilities;
import io.payonce.model.Ability;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Holds back the forms in which former versions do not see what has been paid: the ledger says
 * first that they are in use, and whoever opened it before has announced himself, or has read it,
 * by the time they are written. Thread-safe.
 *
 * <p>Example: the last pod of a former version leaves, and all others can read the new forms. One
 * is started again half a second later: it finds the ledger unmarked and opens it. Nothing that it
 * cannot see was written meanwhile, and its own announcement keeps it so.
 *
 * <p>A ledger that has gone back in time may have lost the mark: whoever learns of that, which is
 * with the first answer from it, waits for the mark anew.
 */
public final class MarkedForms implements Abilities {
  /**
   * What a pod knows of the others may be so old, and may be from before one that had just opened
   * the ledger announced itself, which a slow Redis delays.
   */
  static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(RedisAbilities.FRESH_MILLIS + 5000);

  private static final Set<Ability> FORMS = Set.of(Ability.PACKED, Ability.ARCHIVE);

  private final Abilities all;
  private final LongSupplier nanos;
  private final long waitNanos;
  private final IntSupplier lapses;
  private volatile Mark mark;

  /** @param lapses how many were known of when the ledger said so */
  private record Mark(long atNanos, int lapses) {}

  /**
   * @param alone no other pod can be on this ledger: nothing is waited for
   * @param lapses how often the ledger is known to have gone back in time
   */
  public MarkedForms(Abilities all, LongSupplier nanos, boolean alone, IntSupplier lapses) {
    this.all = all;
    this.nanos = nanos;
    this.waitNanos = alone ? 0 : WAIT_NANOS;
    this.lapses = lapses;
  }

  @Override
  public boolean all(Ability ability) {
    return all.all(ability) && (!FORMS.contains(ability) || stand());
  }

  @Override
  public boolean known() {
    return all.known();
  }

  @Override
  public void looked(int shard, long nowMillis, long sinceMillis) {
    all.looked(shard, nowMillis, sinceMillis);
  }

  private boolean stand() {
    Mark now = mark;
    return isValid(now) && nanos.getAsLong() - now.atNanos() >= waitNanos;
  }

  private boolean isValid(Mark now) {
    return now != null && now.lapses() == lapses.getAsInt();
  }

  /** Whether the ledger is to say that they are in use. */
  boolean areWanted() {
    return FORMS.stream().anyMatch(all::all);
  }

  /** The ledger says so. */
  public void marked() {
    if (!isValid(mark)) {
      mark = new Mark(nanos.getAsLong(), lapses.getAsInt());
    }
  }

  /** The ledger does not say so, or no more. */
  void unmarked() {
    mark = null;
  }
}
