package io.payonce.limit;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Gives out places so that no merchant's silence keeps the others out. Two rules: a merchant gets
 * at most three times as many as it leaves for all others, and what takes long steps aside, so that
 * its place is free for what is quick.
 *
 * <p>Example: of 32 places one merchant gets 24, however much it has; the other 8 are for others.
 * After a second of silence those 24 count no more, and as many others begin.
 *
 * <p>Not thread-safe; time is an argument, in milliseconds that never go back.
 */
public final class FairRoom {
  /**
   * Most answers come in a tenth of it. At half, a platform that is slow by nature looks silent; at
   * double, who is quick waits twice as long behind who hangs.
   */
  public static final long LONG_MILLIS = 1000;

  /** With one, a merchant that is alone has half of the places; with more, others have few. */
  private static final int TIMES_THE_REST = 3;

  private final int mostAside;
  private final Set<Place> inside = new LinkedHashSet<>();
  private final Map<String, Integer> ofMerchant = new HashMap<>();
  private int aside;

  /** @param mostAside so many may have stepped aside; beyond, they keep their places */
  public FairRoom(int mostAside) {
    this.mostAside = mostAside;
  }

  /** Taken until it is left. Identity counts, not content. */
  public static final class Place {
    private final String merchantId;
    private final long sinceMillis;
    private boolean aside;

    private Place(String merchantId, long sinceMillis) {
      this.merchantId = merchantId;
      this.sinceMillis = sinceMillis;
    }

    long sinceMillis() {
      return sinceMillis;
    }
  }

  /** A place, if there is one of so many for this merchant; else null. */
  public Place enter(String merchantId, int places, long nowMillis) {
    stepAside(nowMillis);
    int left = places - inside.size();
    if (left <= 0 || ofMerchant.getOrDefault(merchantId, 0) >= TIMES_THE_REST * left) {
      return null;
    }
    Place place = new Place(merchantId, nowMillis);
    inside.add(place);
    ofMerchant.merge(merchantId, 1, Integer::sum);
    return place;
  }

  public void leave(Place place) {
    if (place.aside) {
      aside--;
    } else {
      giveUp(place);
    }
  }

  /** Those that have not stepped aside. */
  public int inside() {
    return inside.size();
  }

  /** All that have not left. */
  public int all() {
    return inside.size() + aside;
  }

  /** The oldest come first, for none enters twice. */
  private void stepAside(long nowMillis) {
    while (!inside.isEmpty() && aside < mostAside) {
      Place oldest = inside.iterator().next();
      if (nowMillis - oldest.sinceMillis < LONG_MILLIS) {
        return;
      }
      giveUp(oldest);
      oldest.aside = true;
      aside++;
    }
  }

  private void giveUp(Place place) {
    inside.remove(place);
    ofMerchant.computeIfPresent(
        place.merchantId, (merchant, places) -> places == 1 ? null : places - 1);
  }
}
