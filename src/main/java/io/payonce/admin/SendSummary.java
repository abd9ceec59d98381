package io.payonce.admin;

import io.payonce.recovery.History;
import java.util.ArrayList;
import java.util.List;

/** Says in words what is known of a payment's sends. */
final class SendSummary {
  private SendSummary() {}

  static List<String> of(History history, boolean ended) {
    List<String> words = new ArrayList<>();
    words.add(count(history.sends()) + " sent in all");
    words.add(
        history.generation() == 1
            ? "under the caller's own id"
            : "now under reissued id " + history.generation() + "; the former id ended unpaid");
    if (!ended) {
      words.add(count(history.sendsInDoubt()) + " may still take effect");
    }
    history.marks().all().forEach(mark -> words.add(mark.sentence()));
    return words;
  }

  private static String count(int sends) {
    return sends == 1 ? "1 send" : sends + " sends";
  }
}
