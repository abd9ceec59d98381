package io.payonce.http;

import java.util.List;
import java.util.Locale;

/** Reads from the header Prefer (RFC 7240) how long a caller wants to wait. */
final class PreferHeader {
  private static final long MILLIS_PER_SECOND = 1000;

  private PreferHeader() {}

  /**
   * The caller's own limit when it is shorter than ours; what is not understood is ignored. Who
   * prefers both {@code respond-async} and {@code wait} wants the first if it takes longer than the
   * second. Of a preference that is repeated the first counts, and parameters mean nothing here.
   */
  static long waitMillis(List<String> headers, long budgetMillis) {
    boolean async = false;
    String wait = null;
    for (String header : headers) {
      for (String each : header.split(",")) {
        String preference = each.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        async |= preference.equals("respond-async");
        wait = wait == null && preference.matches("wait\\b.*") ? preference : wait;
      }
    }
    return wait != null && wait.matches("wait\\s*=\\s*\"?\\d{1,6}\"?")
        ? Math.min(budgetMillis, Long.parseLong(wait.replaceAll("\\D", "")) * MILLIS_PER_SECOND)
        : async ? 0 : budgetMillis;
  }
}
