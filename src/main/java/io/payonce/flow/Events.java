package io.payonce.flow;

import io.payonce.model.Amount;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.rule.Code;
import io.payonce.rule.Report;
import java.util.regex.Pattern;

/** The words of a payment's timeline: never a body, a key or a datum of a card. */
public final class Events {
  /** Ends the line of a step with which one more copy gets its intent. */
  public static final String SENT = "; sent";

  /** Begins the line of what was learnt by asking. */
  public static final String ASKED = "query: ";

  /** Of what a copy was answered, nothing need be said. */
  static final String TOLD = "";

  private static final int MOST_CHARS = 16;
  private static final Pattern STRANGE = Pattern.compile("[^A-Za-z0-9]");

  private Events() {}

  /** What was heard, and how it was understood; one line. */
  static String of(Report report, Answer answer, Amount asked) {
    if (answer instanceof Answer.Spoken spoken) {
      return said(spoken.envelope()) + " (" + report + amounts(spoken.envelope(), asked) + ")";
    }
    if (answer instanceof Answer.Silent silent) {
      return "silence: " + silent.why();
    }
    return answer instanceof Answer.Unsent unsent ? "not sent: " + unsent.why() : "due";
  }

  /** Both, where they differ. */
  private static String amounts(Envelope envelope, Amount asked) {
    return envelope.status() == null || envelope.amount().agreesWith(asked)
        ? ""
        : ": " + said(envelope.amount()) + " instead of " + asked;
  }

  /** An amount is the platform's text, too. */
  static String said(Amount amount) {
    return new Amount(
            amount.orderAmount(),
            amount.currency() == null ? null : clean(amount.currency()),
            amount.transAmount())
        .toString();
  }

  /** A status says more than the code for "no fault" beside it. */
  private static String said(Envelope envelope) {
    String code = Code.of(envelope.code()) == Code.OK ? "" : clean(envelope.code());
    String status = envelope.status() == null ? "" : "" + envelope.status().letter();
    return code.isEmpty() && status.isEmpty()
        ? clean(envelope.code())
        : (code + " " + status).strip();
  }

  /** A code is the platform's text: keep what a code can be made of. */
  private static String clean(String code) {
    String kept = code.substring(0, Math.min(code.length(), MOST_CHARS));
    return STRANGE.matcher(kept).replaceAll("?");
  }
}
