package io.payonce.settings.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds the known name that was probably meant. */
final class Suggestion {
  private Suggestion() {}

  /** {@code "; did you mean x?"}, or nothing when no name is near enough to be a help. */
  static String of(String typed, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(name -> distance(typed, name)))
        .filter(name -> distance(typed, name) <= Math.max(2, typed.length() / 4))
        .or(() -> known.stream()
            .filter(name -> lastPart(name).equals(lastPart(typed)))
            .findFirst())
        .map(name -> "; did you mean " + name + "?")
        .orElse("");
  }

  private static String lastPart(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** Levenshtein's edit distance, letters' case aside. */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
