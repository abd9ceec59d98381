package io.payonce.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.payonce.recovery.Action;
import java.util.EnumMap;
import java.util.Map;

/** Many worlds of one kind; the first that breaks a rule is replayed, made small, and printed. */
final class Worlds {
  private final Kind kind;
  final Map<Action, Integer> acts = new EnumMap<>(Action.class);
  long events;
  long run;

  Worlds(Kind kind) {
    this.kind = kind;
  }

  /** The first seed from {@code from} on whose world breaks a rule, or -1. */
  long firstBroken(long from, long count) {
    for (long seed = from; seed < from + count; seed++) {
      World world = new World(kind, Chance.of(seed), false);
      String violation = world.run();
      run++;
      events += world.events();
      world.witness.acts.forEach((act, times) -> acts.merge(act, times, Integer::sum));
      if (violation != null) {
        return seed;
      }
    }
    return -1;
  }

  /** Fails with the story of the first of these worlds that breaks a rule. */
  void hold(long from, long count) {
    long nanos = System.nanoTime();
    long broken = firstBroken(from, count);
    long millis = (System.nanoTime() - nanos) / 1_000_000;
    System.out.println(
        run + " worlds " + kind + ", " + events + " events, " + acts + ", " + millis + " ms");
    if (broken >= 0) {
      System.out.println("broken: " + kind + " " + broken + "; making it small");
      fail(story(broken));
    }
    assertThat(acts.keySet()).contains(Action.CONFIRM, Action.RESEND, Action.REISSUE);
  }

  /** What an operator needs to understand a broken world. */
  String story(long seed) {
    Chance chance = Chance.recording(seed);
    String violation = new World(kind, chance, false).run();
    if (violation == null) {
      return "seed " + seed + " breaks nothing";
    }
    int[] script = new Shrinker(kind, violation).shrink(chance.drawn());
    World world = new World(kind, Chance.replaying(script), true);
    String small = world.run();
    return "%s%nreplay: -Dtest=WorldTest -Dworld=%s -Dseed=%d%nshrunk from %d choices to %d that matter (%s):%n%s"
        .formatted(
            violation,
            kind,
            seed,
            chance.drawn().length,
            Shrinker.weight(script),
            small,
            String.join("\n", world.trace()));
  }
}
