package io.payonce.world;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The worlds behind those of {@link WorldTest} and {@link WorldOptionsTest}. */
class WorldIT {
  private static final long WORLDS = 100_000;
  private static final long WORLDS_OF_OPTIONS = 4000;

  @Test
  void no_world_of_many_breaks_a_rule() {
    new Worlds(Kind.EVERYTHING).hold(WorldTest.WORLDS + 1, WORLDS - WorldTest.WORLDS);
  }

  @ParameterizedTest
  @MethodSource("io.payonce.world.WorldOptionsTest#defended")
  void nothing_is_broken_with(Kind kind) {
    long before = WorldOptionsTest.WORLDS;
    new Worlds(kind).hold(before + 1, WORLDS_OF_OPTIONS - before);
  }
}
