package io.payonce.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the mutants of the flows are set before: few worlds, and no time spent on the story. */
class FewWorldsTest {
  static final long FEW = 3000;

  /** A third of so many at least of each of these, besides those with everything in them. */
  static final Set<Kind> KINDS = Set.of(Kind.TWO_PLATFORMS, Kind.NOTIFIED, Kind.CLOCK_BACK);

  @Test
  void no_world_of_few_breaks_a_rule() {
    assertThat(new Worlds(Kind.EVERYTHING).firstBroken(1, FEW)).isEqualTo(-1);
  }

  @Test
  void none_of_two_platforms_does() {
    assertThat(new Worlds(Kind.TWO_PLATFORMS).firstBroken(1, FEW / 3)).isEqualTo(-1);
  }

  @Test
  void none_does_where_the_platform_reports_by_itself_how_payments_end() {
    assertThat(new Worlds(Kind.NOTIFIED).firstBroken(1, FEW)).isEqualTo(-1);
  }

  /** Else the rules about notifications would hold of nothing. */
  @Test
  void callers_are_notified_in_nearly_all_of_these() {
    int answered = 0;
    for (long seed = 1; seed <= 100; seed++) {
      World world = new World(Kind.NOTIFIED, Chance.of(seed), false);
      world.run();
      answered += world.store.notices().isEmpty() ? 0 : 1;
    }
    assertThat(answered).isGreaterThan(60);
  }

  @Test
  void none_whose_ledger_goes_back_in_its_time_does() {
    assertThat(new Worlds(Kind.CLOCK_BACK).firstBroken(1, FEW / 3)).isEqualTo(-1);
  }

  @Test
  void a_seed_is_the_same_world_again() {
    for (long seed = 1; seed <= 20; seed++) {
      World first = new World(Kind.EVERYTHING, Chance.recording(seed), false);
      first.run();
      World again = new World(Kind.EVERYTHING, Chance.replaying(first.chance.drawn()), true);
      again.run();
      assertThat(again.events()).isEqualTo(first.events());
    }
  }
}
