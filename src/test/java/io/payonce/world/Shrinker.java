package io.payonce.world;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Makes a broken world small: replays its choices with some of them made harmless, and keeps what
 * breaks the same rule still.
 */
final class Shrinker {
  /**
   * What all tries together may take: a minute or so. A world that gets worse as it gets smaller
   * would else be waited for as if it hung.
   */
  private static final long MOST_EVENTS = 20_000_000;

  private final Kind kind;
  private final String rule;
  private long events;

  Shrinker(Kind kind, String violation) {
    this.kind = kind;
    this.rule = rule(violation);
  }

  static long weight(int[] script) {
    return Arrays.stream(script).filter(choice -> choice != 0).count();
  }

  int[] shrink(int[] script) {
    int[] best = script;
    for (int before = Integer.MAX_VALUE; before > weight(best) && events < MOST_EVENTS; ) {
      before = (int) weight(best);
      best = without(best);
      best = smaller(best);
    }
    return best;
  }

  /** Zeroes ever smaller stretches, from the end backwards: the first choices are the setup. */
  private int[] without(int[] script) {
    int[] best = script;
    for (int size = Math.max(1, script.length / 2); size >= 1; size /= 2) {
      for (int end = best.length; end > 0; end -= size) {
        int[] tried = best.clone();
        Arrays.fill(tried, Math.max(0, end - size), end, 0);
        best = better(best, tried);
      }
    }
    return best;
  }

  private int[] smaller(int[] script) {
    int[] best = script;
    for (int i : IntStream.range(0, script.length).filter(at -> script[at] > 1).toArray()) {
      for (int value = best[i] / 2; value > 0; value /= 2) {
        int[] tried = best.clone();
        tried[i] -= value;
        best = better(best, tried);
      }
    }
    return best;
  }

  private int[] better(int[] best, int[] tried) {
    if (events >= MOST_EVENTS || Arrays.equals(best, tried)) {
      return best;
    }
    World world = new World(kind, Chance.replaying(tried), false);
    String violation = world.run();
    events += 1 + world.events();
    return violation != null && rule(violation).equals(rule) ? tried : best;
  }

  private static String rule(String violation) {
    return violation.substring(0, violation.indexOf(':'));
  }
}
