package io.payonce.server;

import java.util.List;
import java.util.Locale;

/** The header Prefer (RFC 7240), as far as it says how long a caller wants to be held. */
final class Prefer {
  private static final long MILLIS_PER_SECOND = 1000;

  private Prefer() {}

  /** The caller's own limit when it is shorter than ours; what is not understood is ignored. */
  static long waitMillis(List<String> headers, long budgetMillis) {
    long wait = budgetMillis;
    for (String header : headers) {
      for (String preference : header.split(",")) {
        wait = Math.min(wait, limit(preference.strip().toLowerCase(Locale.ROOT), budgetMillis));
      }
    }
    return wait;
  }

  private static long limit(String preference, long budgetMillis) {
    if (preference.equals("respond-async")) {
      return 0;
    }
    if (!preference.matches("wait\\s*=\\s*\"?\\d{1,6}\"?")) {
      return budgetMillis;
    }
    return Long.parseLong(preference.replaceAll("\\D", "")) * MILLIS_PER_SECOND;
  }
}
