package io.payonce.limit;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Remembers when the platform last reported to any pod by itself, account by account. Pods tell one
 * another once a second, in a call that they make anyway. Thread-safe.
 */
public final class PlatformReports {
  /** Of a pod that knows of no report. */
  public static final long NEVER = Long.MAX_VALUE;

  private final LongSupplier nowMillis;
  private final Map<String, Long> lastMillis = new ConcurrentHashMap<>();
  private final Set<String> news = ConcurrentHashMap.newKeySet();

  /** @param nowMillis a clock that never goes back */
  public PlatformReports(LongSupplier nowMillis) {
    this.nowMillis = nowMillis;
  }

  /** This pod was reported to, by who could sign for that account. */
  public void reported(String account) {
    lastMillis.put(account, nowMillis.getAsLong());
    news.add(account);
  }

  /** How long ago any pod was; {@link #NEVER} when that is not known. */
  public long sinceMillis(String account) {
    Long last = lastMillis.get(account);
    return last == null ? NEVER : Math.max(0, nowMillis.getAsLong() - last);
  }

  /**
   * What the others do not know yet: how long ago, by account. Given back if it does not reach
   * them.
   */
  Map<String, Long> news() {
    Set<String> fresh = Set.copyOf(news);
    news.removeAll(fresh);
    return fresh.stream().collect(Collectors.toMap(account -> account, this::sinceMillis));
  }

  void unsent(Set<String> accounts) {
    news.addAll(accounts);
  }

  /** @param agoMillis how long ago some pod was reported to, by account */
  void learned(Map<String, Long> agoMillis) {
    long now = nowMillis.getAsLong();
    agoMillis.forEach((account, ago) -> lastMillis.merge(account, now - ago, Math::max));
  }
}
