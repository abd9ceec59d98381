package io.payonce.ledger;

import java.util.Set;

/**
 * Names the platform that a payment can have been sent to.
 *
 * @param own this pod's
 * @param maybe one where the record says so; else all that this ledger has worked for, and none
 *     where it has forgotten them
 */
public record PlatformOfRecord(String own, Set<String> maybe) {
  public PlatformOfRecord {
    maybe = Set.copyOf(maybe);
  }

  /** Nobody else can have been sent it. */
  public boolean isOurs() {
    return maybe.equals(Set.of(own));
  }

  /** True when it is certain that it was another one's. */
  public boolean isStrange() {
    return !maybe.isEmpty() && !maybe.contains(own);
  }
}
