package io.payonce.server;

import io.payonce.rule.History;
import java.util.ArrayList;
import java.util.List;

/** What is known of a payment's copies, in words. */
final class CopyWords {
  private CopyWords() {}

  static List<String> of(History history, boolean ended) {
    List<String> words = new ArrayList<>();
    words.add(count(history.copies()) + " sent in all");
    words.add(
        history.attempt() == 1
            ? "under the caller's own id"
            : "now under derived id " + history.attempt() + "; the former id ended unpaid");
    if (!ended) {
      words.add(count(history.unaccounted()) + " may still take effect");
    }
    history.marks().all().forEach(mark -> words.add(mark.sentence()));
    return words;
  }

  private static String count(int copies) {
    return copies == 1 ? "1 copy" : copies + " copies";
  }
}
