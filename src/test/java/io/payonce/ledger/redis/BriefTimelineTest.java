package io.payonce.ledger.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.model.TimelineEvent;
import io.payonce.model.TimelineEvent.Field;
import io.payonce.model.TimelineEvent.Kind;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A timeline that is kept short is read as it was written. */
class BriefTimelineTest {
  @Test
  void every_line_is_read_as_it_was_written() {
    Random random = new Random(1);
    String[] values = {"PAID", "S", "the platform says it is done", "1", "query", "T-1=x", "ü\t", ""
    };
    for (int run = 0; run < 2000; run++) {
      TimelineEvent event = TimelineEvent.of(Kind.values()[random.nextInt(Kind.values().length)]);
      for (Field field : Field.values()) {
        event =
            random.nextBoolean() ? event : event.with(field, values[random.nextInt(values.length)]);
      }
      String line = event.encode();
      String brief = BriefTimeline.brief(line);
      assertThat(brief.length()).isLessThanOrEqualTo(line.length());
      assertThat(brief).doesNotContain("\n").doesNotContain("\r");
      assertThat(BriefTimeline.full("1 " + brief + "\n2 text\n"))
          .isEqualTo("1 " + line + "\n2 text\n");
    }
  }

  @Test
  void what_is_stored_keeps_its_meaning() {
    assertThat(BriefTimeline.brief("\tbegun\tclient=shop\tterminal=T1")).isEqualTo("\1\2shop\3T1");
    assertThat(BriefTimeline.brief("\theard\tstatus=S\tis=PAID\trule=the platform says it is done"))
        .isEqualTo("\4\5\7\16");
    assertThat(BriefTimeline.brief("\tdue\tsent=1")).isEqualTo("\26\27");
    assertThat(BriefTimeline.brief("\trule=the platform's final status is unpaid"))
        .isEqualTo("\30");
  }

  @Test
  void a_byte_of_a_later_version_stays() {
    assertThat(BriefTimeline.full("1 \37\n")).isEqualTo("1 \37\n");
  }
}
