package io.payonce.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.payonce.rule.Act;
import org.junit.jupiter.api.Test;

/**
 * {@code -Dworlds=} runs so many, {@code -Dworld= -Dseed=} replays one, {@code -Dfrom=} begins at
 * another seed.
 */
class WorldTest {
  private static final long WORLDS = Long.getLong("worlds", 100_000);
  private static final long FROM = Long.getLong("from", 1);

  @Test
  void no_world_breaks_a_rule() {
    Long seed = Long.getLong("seed");
    Kind kind = Kind.valueOf(System.getProperty("world", Kind.EVERYTHING.name()));
    Worlds worlds = new Worlds(kind);
    long nanos = System.nanoTime();
    long broken = seed != null ? seed : worlds.firstBroken(FROM, WORLDS);
    long millis = (System.nanoTime() - nanos) / 1_000_000;
    System.out.println(worlds.run + " worlds, " + worlds.events + " events, " + worlds.acts + ", "
        + millis + " ms");
    if (broken >= 0) {
      System.out.println("broken: " + kind + " " + broken + "; making it small");
      fail(worlds.story(broken));
    }
    assertThat(worlds.acts.keySet()).contains(Act.CONFIRM, Act.RESEND, Act.REISSUE);
  }
}
