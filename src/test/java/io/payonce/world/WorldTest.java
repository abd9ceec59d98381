package io.payonce.world;

import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Test;

/**
 * {@code -Dworlds=} runs so many, {@code -Dworld= -Dseed=} replays one, {@code -Dfrom=} begins at
 * another seed. {@link WorldIT} runs those behind them.
 */
class WorldTest {
  static final long WORLDS = Long.getLong("worlds", 10_000);

  @Test
  void no_world_breaks_a_rule() {
    Long seed = Long.getLong("seed");
    Worlds worlds = new Worlds(Kind.valueOf(System.getProperty("world", Kind.EVERYTHING.name())));
    if (seed != null) {
      fail(worlds.story(seed));
    }
    worlds.hold(Long.getLong("from", 1), WORLDS);
  }
}
