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
    add(words, history.seen(), "the platform has shown a sign of it: never sent again");
    add(words, history.opened(), "the platform has accepted it");
    add(words, history.aborted(), "its caller asked to stop it: nothing more is sent");
    add(words, history.mended(), "one refusal was answered by mending its cause");
    add(words, history.arrived(), "refused because the id is taken, by whom is not known");
    add(words, history.othersOrder(), "refused because the order is paid, by whom is not known");
    return words;
  }

  private static String count(int copies) {
    return copies == 1 ? "1 copy" : copies + " copies";
  }

  private static void add(List<String> words, boolean holds, String word) {
    if (holds) {
      words.add(word);
    }
  }
}
