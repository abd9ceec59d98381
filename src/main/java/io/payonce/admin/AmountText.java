package io.payonce.admin;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Amounts as they are read: {@code 19.99 USD} for what the ledger calls {@code 1999 USD}. */
final class AmountText {
  private static final Pattern MINOR = Pattern.compile("(\\d{1,18})(?: ([A-Z]{3}))?( in all)?");

  /** Before what the platform calls what moved besides. */
  private static final String AS = " as ";

  private static final Pattern CURRENCY = Pattern.compile("\\b[A-Z]{3}\\b");

  private static final Set<String> KNOWN = Currency.getAvailableCurrencies().stream()
      .map(Currency::getCurrencyCode)
      .collect(Collectors.toUnmodifiableSet());

  private AmountText() {}

  /** Leaves as it is what is in no currency that we know, and the name of a transaction. */
  static String text(String minor) {
    int as = minor.indexOf(AS);
    return as < 0 ? sums(minor) : sums(minor.substring(0, as)) + minor.substring(as);
  }

  private static String sums(String minor) {
    Matcher named = CURRENCY.matcher(minor);
    if (!named.find() || !KNOWN.contains(named.group())) {
      return minor;
    }
    int digits = Currency.getInstance(named.group()).getDefaultFractionDigits();
    return digits < 0 ? minor : MINOR.matcher(minor).replaceAll(sum -> major(sum, digits));
  }

  private static String major(MatchResult sum, int digits) {
    String currency = sum.group(2) == null ? "" : " " + sum.group(2);
    String rest = sum.group(3) == null ? "" : sum.group(3);
    return new BigDecimal(sum.group(1)).movePointLeft(digits).toPlainString() + currency + rest;
  }
}
