package io.payonce.ledger.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.model.Abilities;
import io.payonce.model.Ability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MarkedFormsTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final AtomicInteger lapses = new AtomicInteger();
  private final MarkedForms forms = new MarkedForms(Abilities.ALL, nanos::get, false, lapses::get);

  @Test
  void nothing_that_former_versions_do_not_see_is_written_before_the_mark_has_stood() {
    assertThat(forms.all(Ability.PACKED)).isFalse();
    assertThat(forms.areWanted()).isTrue();
    forms.marked();
    nanos.addAndGet(MarkedForms.WAIT_NANOS - 1);
    forms.marked();
    assertThat(forms.all(Ability.ARCHIVE)).isFalse();
    nanos.addAndGet(1);
    assertThat(forms.all(Ability.ARCHIVE)).isTrue();
    assertThat(forms.all(Ability.PACKED)).isTrue();
  }

  @Test
  void a_mark_that_has_gone_is_waited_for_again() {
    forms.marked();
    nanos.addAndGet(MarkedForms.WAIT_NANOS);
    forms.unmarked();
    assertThat(forms.all(Ability.PACKED)).isFalse();
    forms.marked();
    assertThat(forms.all(Ability.PACKED)).isFalse();
  }

  /** Whoever said before that the mark stands may have read it of what is lost. */
  @Test
  void after_a_lapse_the_mark_is_waited_for_again() {
    forms.marked();
    nanos.addAndGet(MarkedForms.WAIT_NANOS);
    assertThat(forms.all(Ability.PACKED)).isTrue();
    lapses.incrementAndGet();
    assertThat(forms.all(Ability.PACKED)).isFalse();
    forms.marked();
    assertThat(forms.all(Ability.PACKED)).isFalse();
    nanos.addAndGet(MarkedForms.WAIT_NANOS);
    assertThat(forms.all(Ability.PACKED)).isTrue();
  }

  @Test
  void who_is_alone_waits_for_nothing_and_other_abilities_need_no_mark() {
    assertThat(forms.all(Ability.NOTICES)).isTrue();
    MarkedForms alone = new MarkedForms(Abilities.ALL, nanos::get, true, lapses::get);
    alone.marked();
    assertThat(alone.all(Ability.PACKED)).isTrue();
    assertThat(new MarkedForms(Abilities.NONE, nanos::get, true, lapses::get).areWanted())
        .isFalse();
  }

  @Test
  void the_documents_say_how_long_the_mark_stands_first() throws IOException {
    String seconds = TimeUnit.NANOSECONDS.toSeconds(MarkedForms.WAIT_NANOS) + " seconds";
    Path site = Path.of("src/site/markdown");
    assertThat(Files.readString(site.resolve("data-model.md")))
        .contains(
            "`+forms` " + seconds + " before packed records",
            "they are written only " + seconds + " later");
    assertThat(Files.readString(site.resolve("operations.md")))
        .contains("the archive begin " + seconds + " after");
  }
}
