package io.payonce.ledger;

import io.payonce.model.Account;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names the platform that a payment can have been sent to, and the account there.
 *
 * @param own this pod's: that of its platform, and those of its accounts there
 * @param maybe one where the record says so; else all that this ledger has worked for, and none
 *     where it has forgotten them
 */
public record PlatformOfRecord(Map<String, Account> own, Set<String> maybe) {
  public PlatformOfRecord {
    own = Map.copyOf(own);
    maybe = Set.copyOf(maybe);
  }

  /** No other can have been sent it, and it is known under which key. */
  public boolean isOurs() {
    return maybe.size() == 1 && own.keySet().containsAll(maybe);
  }

  /** True when it is certain that it was another one's. */
  public boolean isStrange() {
    return !maybe.isEmpty() && Collections.disjoint(maybe, own.keySet());
  }

  /** The same where it is known which of them it was. */
  public PlatformOfRecord named(String platform) {
    return new PlatformOfRecord(own, Set.of(platform));
  }

  /** Which one it is, once that is known. */
  public String name() {
    return maybe.iterator().next();
  }

  /** Under whose key it was sent, once that is known. */
  public Account account() {
    return own.get(name());
  }

  /** For an operator. */
  public String ownNames() {
    return String.join(", ", new TreeSet<>(own.keySet()));
  }
}
