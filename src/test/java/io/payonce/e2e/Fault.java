package io.payonce.e2e;

import io.payonce.Overheard;
import io.payonce.e2e.Caller.Got;

/**
 * Something that breaks: one row of the table that {@link FaultsIT} makes.
 *
 * @param broke in the words of whoever mends it
 */
record Fault(String broke, Play play) {

  /** Breaks it, looks at it as a caller and as an operator, and asserts what matters. */
  interface Play {
    Seen in(TestPod testPod, Overheard log) throws Exception;
  }

  /** What is written into the row: the same words in every run, so without ports and times. */
  record Seen(String caller, String operator) {}

  /** What a caller is answered, in short. */
  static String heard(Got got) {
    String status = got.outcome() == null ? "" : " " + got.outcome();
    String said = got.isPaid() ? "" : ", “" + got.json().getString("msg") + "”";
    return got.code() + status + said + ", `Payonce-Sent: " + got.header("Payonce-Sent") + "`";
  }

  String row(TestPod testPod, Overheard log) {
    log.forget();
    try {
      Seen seen = play.in(testPod, log);
      return "| %s | %s | %s |\n".formatted(broke, seen.caller(), seen.operator());
    } catch (Exception | AssertionError failed) {
      throw new AssertionError(
          broke + ": " + failed + "\n" + String.join("\n", log.lines()), failed);
    }
  }
}
