package io.payonce.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each option does what it says: without it the rule is broken somewhere, with it nowhere. */
class WorldOptionsTest {
  /** Each broken kind is broken within the first hundred worlds. */
  private static final long FEW = 4000;

  private static final long MORE = Long.getLong("worlds.options", 4000);

  @ParameterizedTest
  @EnumSource(
      names = {
        "TWO_PLATFORMS",
        "CLOCK_BACK",
        "REPLICAS",
        "TOMBSTONES",
        "AFTER_WINDOW",
        "LOST_MEMORY"
      })
  void nothing_is_broken_with(Kind kind) {
    Worlds worlds = new Worlds(kind);
    long broken = worlds.firstBroken(1, MORE);
    if (broken >= 0) {
      fail(worlds.story(broken));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NO_REPLICAS", "NO_TOMBSTONES", "ANY_TIME", "SIGNED_LATE"})
  void something_is_broken_with(Kind kind) {
    assertThat(new Worlds(kind).firstBroken(1, FEW)).isPositive();
  }
}
