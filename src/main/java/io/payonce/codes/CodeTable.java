package io.payonce.codes;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The codes as operators read them in a terminal, and as JSON for programs. */
public final class CodeTable {
  private static final String IN_DOUBT =
      "While an earlier send of the same payment is in doubt, every refusal reads \"in doubt\".";

  private CodeTable() {}

  /**
   * A code for programs.
   *
   * @param documented it is on the platform's page of error codes
   * @param payonce what Payonce does
   * @param you what a caller or an operator does
   */
  public record Entry(String code, boolean documented, String meaning, String payonce, String you) {
    private static Entry of(Code code) {
      return new Entry(code.text(), code.isOnPage(), code.meaning(), code.does(), code.yours());
    }
  }

  /** Three lines a code, for a terminal. */
  public static String text() {
    return Stream.of(Code.values())
        .map(code -> "%-12s%s%n%14s%s%n%14s%s%n"
            .formatted(
                code.text(), code.meaning(), "Payonce: ", code.does(), "you: ", code.yours()))
        .collect(Collectors.joining("", "", "\n" + IN_DOUBT + "\n"));
  }

  /** One entry a code, for programs. */
  public static List<Entry> entries() {
    return Stream.of(Code.values()).map(Entry::of).toList();
  }
}
