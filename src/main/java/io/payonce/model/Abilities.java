package io.payonce.model;

/**
 * Says what every live pod can read and honour, as far as this pod can know; in doubt it says no,
 * and the old forms are written. To be asked at the moment of each move, and passed on to its
 * script: the answer changes while pods come and go.
 */
@FunctionalInterface
public interface Abilities {
  /** For ledgers of this program alone. */
  Abilities ALL = ability -> true;

  Abilities NONE = ability -> false;

  /** Whether every live pod has this ability. Costs nothing; may be asked from any thread. */
  boolean all(Ability ability);

  /**
   * Whether it is known who lives. Where it is not, {@link #all} says no: as after Redis was away,
   * until all has been looked at.
   */
  default boolean known() {
    return true;
  }

  /** {@link #all} as an argument of a script. */
  default String flag(Ability ability) {
    return all(ability) ? "1" : "0";
  }

  /**
   * A shard has been looked at.
   *
   * @param sinceMillis since when its canary has stood, by the ledger's clock
   */
  default void looked(int shard, long nowMillis, long sinceMillis) {}
}
