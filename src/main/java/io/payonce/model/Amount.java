package io.payonce.model;

/**
 * What is to be paid, in minor units (PROTOCOL section 9). The terminal may add a tip or strip a
 * surcharge, so only the order's own amount and currency tell whose transaction it is.
 *
 * @param orderAmount minor units, null when the message did not say
 * @param currency ISO 4217, null when the message did not say
 */
public record Amount(Long orderAmount, String currency) {
  public static final Amount UNSAID = new Amount(null, null);

  /** False only when both say something and it differs. */
  public boolean agreesWith(Amount other) {
    return agrees(orderAmount, other.orderAmount) && agrees(currency, other.currency);
  }

  private static boolean agrees(Object a, Object b) {
    return a == null || b == null || a.equals(b);
  }
}
