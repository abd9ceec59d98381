package io.payonce.sandbox.request;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets its oldest entries, so that an endless demo does not fill the heap. */
public final class LruMap<T> extends LinkedHashMap<String, T> {

  /** About 100 MB of transactions; a load test of minutes fits. */
  private static final int LIMIT = 100_000;

  @Override
  protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
    return size() > LIMIT;
  }
}
