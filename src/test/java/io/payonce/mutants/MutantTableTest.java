package io.payonce.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keeps the table of mutants in step with the code they are planted in. */
class MutantTableTest {
  private static final int AT_LEAST = 40;

  @Test
  void every_mutants_text_is_in_its_file_exactly_once() throws IOException {
    List<String> stale = new ArrayList<>();
    for (Mutant mutant : Mutants.all()) {
      assertThat(mutant.path()).exists();
      assertThat(mutant.instead()).isNotEqualTo(mutant.text());
      if (mutant.occurrences() != 1) {
        stale.add(mutant.path() + ": " + mutant + ": " + mutant.text());
      }
    }
    assertThat(stale).isEmpty();
  }

  @Test
  void every_mutant_names_a_test_that_exists() throws ClassNotFoundException {
    for (Mutant mutant : Mutants.all()) {
      Class<?> killer = Class.forName(mutant.killerClass());
      if (mutant.killer().contains("#")) {
        String method = mutant.killer().substring(mutant.killer().indexOf('#') + 1);
        assertThat(Mutant.tests(killer).map(Method::getName)).as(mutant.rule()).contains(method);
      }
    }
  }

  @Test
  void there_are_enough_and_each_breaks_another_rule() {
    assertThat(Mutants.all()).hasSizeGreaterThanOrEqualTo(AT_LEAST);
    assertThat(Mutants.all().stream().map(Mutant::rule)).doesNotHaveDuplicates();
    assertThat(Mutants.all().stream().map(m -> m.file() + m.text() + m.instead()))
        .doesNotHaveDuplicates();
  }
}
