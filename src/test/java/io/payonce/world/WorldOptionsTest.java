package io.payonce.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each option does what it says: without it the rule is broken somewhere, with it nowhere. */
class WorldOptionsTest {
  /** Each broken kind is broken within the first hundred worlds. */
  private static final long FEW = 4000;

  static final long WORLDS = Long.getLong("worlds.options", 1000);

  static Stream<Kind> defended() {
    return Stream.of(
        Kind.TWO_PLATFORMS,
        Kind.NOTIFIED,
        Kind.CLOCK_BACK,
        Kind.DESCRIBED,
        Kind.REPLICAS,
        Kind.TOMBSTONES,
        Kind.AFTER_WINDOW,
        Kind.LOST_MEMORY);
  }

  /** Without those that {@link FewWorldsTest} has looked at in as many worlds. */
  static Stream<Kind> others() {
    return defended()
        .filter(kind -> WORLDS > FewWorldsTest.FEW / 3 || !FewWorldsTest.KINDS.contains(kind));
  }

  @ParameterizedTest
  @MethodSource("others")
  void nothing_is_broken_with(Kind kind) {
    new Worlds(kind).hold(1, WORLDS);
  }

  @ParameterizedTest
  @EnumSource(names = {"NO_REPLICAS", "NO_TOMBSTONES", "ANY_TIME", "SIGNED_LATE"})
  void something_is_broken_with(Kind kind) {
    assertThat(new Worlds(kind).firstBroken(1, FEW)).isPositive();
  }
}
