package io.payonce.sandbox.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StructuredFieldsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "a=",
        "a=1,",
        "a=1,,b=2",
        "a=1 b=2",
        "A=1",
        "a=\"",
        "a=\"x",
        "a=\"\\x\"",
        "a=\"ü\"",
        "a=:AA",
        "a=:A:",
        "a=?2",
        "a=(",
        "a=(1",
        "a=(1\"x\")",
        "a=(1,2)",
        "a=-",
        "a=1.",
        "a=1.2345",
        "a=1234567890123456",
        "a=1234567890123.1",
        "a=1;",
        "a=1;B",
        "a;=1",
        "a=1x",
        ";",
        "a=\"tab\there\""
      })
  void what_is_no_dictionary_is_refused(String text) {
    assertThatThrownBy(() -> StructuredFields.dictionary(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_dictionary_may_span_lines_and_the_last_of_a_name_counts() {
    var members = StructuredFields.dictionary(List.of("a=1, b;x", "a=2;y=tok*/:"));
    assertThat(members).containsOnlyKeys("a", "b");
    assertThat(members.get("a").serialize()).isEqualTo("2;y=tok*/:");
    assertThat(members.get("b").serialize()).isEqualTo("?1;x");
  }

  @Test
  void nothing_is_an_empty_dictionary() {
    assertThat(StructuredFields.dictionary(List.of())).isEmpty();
    assertThat(StructuredFields.dictionary(List.of("  "))).isEmpty();
  }

  @Test
  void items_are_spelled_in_one_way() {
    var members =
        StructuredFields.dictionary(List.of("a=( \"x\";p   1.500;q=?0  );r , b=0010, c=:YWI=:"));
    assertThat(members.get("a").serialize()).isEqualTo("(\"x\";p 1.5;q=?0);r");
    assertThat(members.get("b").serialize()).isEqualTo("10");
    assertThat(members.get("c").serialize()).isEqualTo(":YWI=:");
  }
}
