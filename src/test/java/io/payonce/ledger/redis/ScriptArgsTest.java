package io.payonce.ledger.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.model.Abilities;
import io.payonce.model.Ability;
import io.payonce.model.TimelineEvent;
import io.payonce.model.TimelineEvent.Field;
import io.payonce.model.TimelineEvent.Kind;
import org.junit.jupiter.api.Test;

class ScriptArgsTest {
  private static final TimelineEvent HEARD = TimelineEvent.of(Kind.ANSWERED)
      .with(Field.BY, TimelineEvent.ASKED)
      .with(Field.STATUS, "S")
      .with(Field.REPORT, "PAID")
      .with(Field.TRANSACTION, "T-1")
      .with(Field.RULE, "the platform says it is done");

  @Test
  void fields_are_written_only_once_all_pods_read_them() {
    assertThat(ScriptArgs.line(HEARD.encode(), Abilities.NONE))
        .isEqualTo("query: S (PAID); the platform says it is done");
    assertThat(ScriptArgs.line(HEARD.encode(), ability -> ability == Ability.EVENTS))
        .isEqualTo(HEARD.encode());
    assertThat(decoded(HEARD)).isEqualTo(HEARD);
  }

  @Test
  void it_is_kept_short_only_once_all_pods_read_that() {
    assertThat(ScriptArgs.line(HEARD.encode(), Abilities.ALL))
        .isEqualTo(BriefTimeline.brief(HEARD.encode()))
        .hasSizeLessThan(12);
  }

  @Test
  void why_is_a_rule_or_else_the_line_and_of_an_operator_what_was_said() {
    String rule = "the platform says it is done";
    assertThat(ScriptArgs.rule(HEARD.encode())).isEqualTo(rule);
    assertThat(ScriptArgs.rule(HEARD.with(Field.NOTE, "of rule=x").encode())).isEqualTo(rule);
    assertThat(ScriptArgs.rule("\tof a later version\trule=" + rule + "\tnew=1"))
        .isEqualTo(rule);
    assertThat(ScriptArgs.rule(
            TimelineEvent.of(Kind.DUE).with(Field.NOTE, "rule=x").encode()))
        .isEqualTo("due");
    assertThat(ScriptArgs.rule("\tdue\trule=")).isEqualTo("due");
    assertThat(ScriptArgs.rule("a line of old; rule=x")).isEqualTo("a line of old; rule=x");
    TimelineEvent person =
        TimelineEvent.of(Kind.PERSON).with(Field.BY, "ann").with(Field.SAYS, "paid");
    assertThat(ScriptArgs.rule(person.with(Field.RULE, "only by force").encode()))
        .isEqualTo("ann says paid");
  }

  private static TimelineEvent decoded(TimelineEvent event) {
    return TimelineEvent.decode(BriefTimeline.full(ScriptArgs.line(event.encode(), Abilities.ALL)));
  }

  @Test
  void a_line_is_one_line_and_has_an_end() {
    for (Abilities abilities : new Abilities[] {Abilities.ALL, Abilities.NONE}) {
      assertThat(ScriptArgs.line("a\nb\tc", abilities)).isEqualTo("a b c");
      String note = "x".repeat(1000) + "\n1800000000000 begun";
      String line = ScriptArgs.line(HEARD.with(Field.NOTE, note).encode(), abilities);
      assertThat(line).doesNotContain("\n").hasSizeLessThan(340);
      assertThat(ScriptArgs.line("y".repeat(1000), abilities)).hasSizeLessThan(340);
    }
  }

  @Test
  void a_note_of_full_length_is_kept_whole() {
    String note = "n".repeat(200);
    TimelineEvent said = TimelineEvent.of(Kind.PERSON)
        .with(Field.BY, "b".repeat(32))
        .with(Field.SAYS, "unpaid")
        .with(Field.RULE, "the platform does not show it as ended: only by force")
        .with(Field.NOTE, note);
    assertThat(decoded(said).get(Field.NOTE)).isEqualTo(note);
  }
}
