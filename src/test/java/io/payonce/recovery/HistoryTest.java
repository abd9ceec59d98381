package io.payonce.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is stored of a payment's past is read and written as every version before did it. */
class HistoryTest {
  /** In the order in which they are written. */
  private static final Map<String, Mark> LETTERS = new LinkedHashMap<>();

  static {
    LETTERS.put("s", Mark.SEEN);
    LETTERS.put("o", Mark.OWNED);
    LETTERS.put("p", Mark.OPENED);
    LETTERS.put("a", Mark.ABORTED);
    LETTERS.put("m", Mark.REMEDIED);
    LETTERS.put("r", Mark.ID_IN_USE);
    LETTERS.put("x", Mark.ORDER_PAID_ELSEWHERE);
  }

  @Test
  void every_form_that_was_ever_written_is_written_again_byte_for_byte() {
    for (String marks : everyCombination()) {
      for (int sends = 0; sends <= 12; sends++) {
        for (int attempt = 1; attempt <= 3; attempt++) {
          for (int unaccounted = -1; unaccounted <= 3; unaccounted++) {
            String text = attempt + "." + sends + "." + unaccounted + "." + marks;
            History read = History.decode(text);
            assertThat(read.encode()).isEqualTo(text);
            assertThat(List.of(read.generation(), read.sends(), read.sendsInDoubt()))
                .isEqualTo(List.of(attempt, sends, unaccounted));
          }
        }
      }
    }
  }

  @Test
  void every_letter_is_one_mark() {
    assertThat(LETTERS.values()).containsExactly(Mark.values());
    for (String marks : everyCombination()) {
      History read = History.decode("1.1.1." + marks);
      Set<Mark> meant = marks
          .chars()
          .mapToObj(letter -> LETTERS.get(Character.toString(letter)))
          .collect(Collectors.toSet());
      for (Mark mark : Mark.values()) {
        assertThat(read.has(mark)).as(marks + " " + mark).isEqualTo(meant.contains(mark));
      }
    }
  }

  @Test
  void marks_are_a_set_in_whatever_order_they_were_written() {
    assertThat(History.decode("1.2.1.xs")).isEqualTo(History.decode("1.2.1.sx"));
    assertThat(History.decode("1.2.1.xs")).hasSameHashCodeAs(History.decode("1.2.1.sx"));
    assertThat(History.decode("1.2.1.xsx").encode()).isEqualTo("1.2.1.sx");
    assertThat(History.decode("1.2.1.s")).isNotEqualTo(History.decode("1.2.1.x"));
  }

  @Test
  void what_is_learnt_adds_a_mark_and_leaves_the_others() {
    History all = History.decode("2.3.2.sopamrx");
    assertThat(History.FIRST.withSeen().encode()).isEqualTo("1.1.1.s");
    assertThat(History.FIRST.withOwned().encode()).isEqualTo("1.1.1.so");
    assertThat(History.FIRST.withOpened().encode()).isEqualTo("1.1.1.sp");
    assertThat(History.FIRST.withAborted().encode()).isEqualTo("1.1.1.a");
    assertThat(History.FIRST.withRemedied().encode()).isEqualTo("1.1.1.m");
    assertThat(History.FIRST.withIdInUse().encode()).isEqualTo("1.1.1.sr");
    assertThat(History.FIRST.withOrderPaidElsewhere().encode()).isEqualTo("1.1.1.x");
    assertThat(all.withShown().encode()).isEqualTo("2.3.2.sopamx");
    assertThat(all.plusSend().encode()).isEqualTo("2.4.3.sopamrx");
    assertThat(all.unsent().encode()).isEqualTo("2.2.1.sopamrx");
    assertThat(all.sendAccountedFor().encode()).isEqualTo("2.3.1.sopamrx");
    assertThat(all.doubted().encode()).isEqualTo("2.3.2.spam");
    assertThat(all.nextGeneration(null).encode()).isEqualTo("3.4.1.pa");
    assertThat(History.FIRST.plusSend().encode()).isEqualTo("1.2.2.");
  }

  private static List<String> everyCombination() {
    List<String> all = List.of("");
    for (String letter : LETTERS.keySet()) {
      List<String> more = new ArrayList<>(all);
      all.forEach(marks -> more.add(marks + letter));
      all = more;
    }
    return all;
  }
}
