package io.payonce.sandbox.script;

import java.util.Map;

/** The amounts by which the platform's documented sandbox chooses a result. */
public final class TestAmounts {

  public static final String APPROVED = "000";

  /** The channel gives no answer: P01, and the transaction stays P for a while. */
  static final long CHANNEL_TIMEOUT = 7629;

  private static final Map<Long, String> RESULT_CODES = Map.ofEntries(
      Map.entry(9823L, "005"),
      Map.entry(9734L, "051"),
      Map.entry(9651L, "054"),
      Map.entry(9542L, "014"),
      Map.entry(9467L, "062"),
      Map.entry(9318L, "061"),
      Map.entry(9276L, "0N7"),
      Map.entry(9185L, "041"),
      Map.entry(9094L, "043"),
      Map.entry(8917L, "001"),
      // The documented table is cut before this row's code; 059 is the usual one for suspected
      // fraud.
      Map.entry(8826L, "059"));

  private static final Map<String, String> MESSAGES = Map.ofEntries(
      Map.entry(APPROVED, "Approved"),
      Map.entry("005", "Do not honour"),
      Map.entry("051", "Insufficient funds"),
      Map.entry("054", "Expired card"),
      Map.entry("014", "Invalid card number"),
      Map.entry("062", "Restricted card"),
      Map.entry("061", "Exceeds limit"),
      Map.entry("0N7", "CVV failure"),
      Map.entry("041", "Lost card"),
      Map.entry("043", "Stolen card"),
      Map.entry("001", "Refer to issuer"),
      Map.entry("059", "Suspected fraud"));

  private TestAmounts() {}

  public static SimOutcome outcome(long orderAmount, long timeoutMillis) {
    if (orderAmount == CHANNEL_TIMEOUT) {
      return SimOutcome.waiting(SimStatus.P, timeoutMillis, SimOutcome.approved());
    }
    String resultCode = RESULT_CODES.get(orderAmount);
    return resultCode == null ? SimOutcome.approved() : SimOutcome.declined(resultCode);
  }

  public static String message(String resultCode) {
    return MESSAGES.getOrDefault(resultCode, "Declined");
  }
}
