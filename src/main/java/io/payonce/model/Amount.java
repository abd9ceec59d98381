package io.payonce.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount to be paid, in minor units (platform.md#amounts). The terminal may add a tip or strip a
 * surcharge, so of an answer only the order's own amount and currency must be the ones asked for,
 * and what moved in all must not be less.
 *
 * @param orderAmount minor units, null when the message did not say
 * @param currency ISO 4217, null when the message did not say
 * @param transAmount what moved in all, minor units; null when the message did not say
 */
public record Amount(Long orderAmount, String currency, Long transAmount) {
  public static final Amount UNSAID = new Amount(null, null);

  private static final Pattern TEXT = Pattern.compile(
      "(?<order>-?\\d{1,18}(?! in all))?(?:(?:^| )(?<currency>[A-Za-z]{3}))?(?:(?:^|, )(?<all>-?\\d{1,18}) in all)?");

  public Amount(Long orderAmount, String currency) {
    this(orderAmount, currency, null);
  }

  /** Reads what {@link #encode} wrote; null and the empty text say nothing. */
  public static Amount decode(String text) {
    if (text == null || text.isEmpty()) {
      return UNSAID;
    }
    String[] parts = text.split(" ", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException("not an amount: " + text);
    }
    return new Amount(
        parts[0].isEmpty() ? null : Long.valueOf(parts[0]), parts[1].isEmpty() ? null : parts[1]);
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException when it is nothing of the kind
   */
  public static Amount read(String text) {
    Matcher parts = TEXT.matcher(text);
    if (text.isEmpty() || !parts.matches()) {
      throw new IllegalArgumentException("not an amount: " + text);
    }
    Long orderAmount = number(parts.group("order"));
    Long inAll = number(parts.group("all"));
    return new Amount(orderAmount, parts.group("currency"), inAll == null ? orderAmount : inAll);
  }

  private static Long number(String digits) {
    return digits == null ? null : Long.valueOf(digits);
  }

  /** The form in the ledger of what was asked for: {@code 1000 USD}; empty for nothing said. */
  public String encode() {
    return orderAmount == null && currency == null
        ? ""
        : (orderAmount == null ? "" : orderAmount) + " " + (currency == null ? "" : currency);
  }

  /** False only when this answer and what was asked for both say something and it differs. */
  public boolean agreesWith(Amount asked) {
    return agrees(orderAmount, asked.orderAmount)
        && agrees(currency, asked.currency)
        && !isLessThan(asked);
  }

  private boolean isLessThan(Amount asked) {
    return transAmount != null && asked.orderAmount != null && transAmount < asked.orderAmount;
  }

  public boolean isUnsaid() {
    return orderAmount == null && currency == null && transAmount == null;
  }

  /** Only the sum is named, and of what, is not. */
  public boolean isSumOnly() {
    return orderAmount == null && transAmount != null;
  }

  private static boolean agrees(Object a, Object b) {
    return a == null || b == null || a.equals(b);
  }

  /** For operators: {@code 600 USD}, {@code 1000 USD, 600 in all}; empty when nothing is said. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (orderAmount != null) {
      text.append(orderAmount);
    }
    if (currency != null) {
      text.append(text.isEmpty() ? "" : " ").append(currency);
    }
    if (transAmount != null && !transAmount.equals(orderAmount)) {
      text.append(text.isEmpty() ? "" : ", ").append(transAmount).append(" in all");
    }
    return text.toString();
  }
}
