package io.payonce.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.redis.ServedSlots;
import io.payonce.redis.failure.RedisBulletin.Line;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadlineTest {
  private static final ServedSlots HERE = new ServedSlots("a", List.of(), true, 1);
  private static final ServedSlots UNAVAILABLE = new ServedSlots("b", List.of(), false, 1);

  @Test
  void all_is_well() {
    assertThat(Headline.of(null, null, false, List.of(HERE), List.of()))
        .isEqualTo(new Headline(true, "accepting payments"));
  }

  @Test
  void a_key_that_is_missing_does_not_make_redis_unavailable() {
    Headline sealed = Headline.of(
        "this pod lacks ledger key k1", null, false, List.of(HERE), List.of(answer("OOM")));
    assertThat(sealed)
        .isEqualTo(new Headline(false, "nothing is sent: this pod lacks ledger key k1"));
  }

  @Test
  void a_ledger_that_was_not_opened_says_why() {
    assertThat(Headline.of(null, "Redis objects", false, List.of(HERE), List.of()))
        .isEqualTo(new Headline(false, "nothing is sent: Redis objects"));
  }

  @Test
  void all_of_redis_is_unavailable_only_when_every_part_is() {
    assertThat(says(List.of(UNAVAILABLE, UNAVAILABLE), List.of()))
        .isEqualTo("Redis unavailable: nothing is sent");
    assertThat(says(List.of(HERE, UNAVAILABLE, HERE), List.of()))
        .isEqualTo("part of Redis unavailable (1 of 3)");
  }

  @Test
  void redis_is_connected_when_every_part_is() {
    assertThat(Headline.all(List.of(HERE, HERE))).isTrue();
    assertThat(Headline.all(List.of(HERE, UNAVAILABLE))).isFalse();
    assertThat(Headline.all(List.of())).isFalse();
  }

  @Test
  void what_redis_answers_is_never_green() {
    for (String word : List.of("OOM", "READONLY", "NOPERM", "MISCONF", "NOREPLICAS")) {
      assertThat(says(List.of(HERE), List.of(answer(word)))).isEqualTo("Redis refuses: " + word);
    }
    assertThat(says(List.of(HERE), List.of(answer("TIMEOUT"))))
        .isEqualTo("trouble with Redis: TIMEOUT");
    assertThat(says(List.of(HERE), List.of(new Line("c", "UNREACHABLE", "", true))))
        .isEqualTo("trouble with Redis: UNREACHABLE");
  }

  private static String says(List<ServedSlots> parts, List<Line> lines) {
    Headline headline = Headline.of(null, null, false, parts, lines);
    assertThat(headline.up()).isFalse();
    return headline.text();
  }

  private static Line answer(String word) {
    return new Line("", word, "", false);
  }
}
