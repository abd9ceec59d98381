package io.payonce.world;

import java.util.Arrays;

/**
 * Every choice of a world, drawn from its seed or read from a record of former draws. Zero is
 * always the harmless choice, so a record with zeros put in, or cut off, is a calmer world of the
 * same kind.
 */
final class Chance {
  private final int[] script;
  private long state;
  private int[] drawn = new int[0];
  private int count;
  private boolean recording;
  private boolean calm;

  private Chance(long seed, int[] script) {
    this.state = seed;
    this.script = script;
  }

  static Chance of(long seed) {
    return new Chance(seed * 0x9E3779B97F4A7C15L, null);
  }

  static Chance recording(long seed) {
    Chance chance = of(seed);
    chance.recording = true;
    return chance;
  }

  static Chance replaying(int[] script) {
    return new Chance(0, script);
  }

  /** From now on every choice is the harmless one. */
  void calmDown() {
    calm = true;
  }

  boolean isCalm() {
    return calm;
  }

  /** At least 0, below {@code n}. */
  int below(int n) {
    if (calm || n <= 1) {
      return 0;
    }
    if (script != null) {
      return count < script.length ? Math.min(script[count++], n - 1) : 0;
    }
    int value = (int) ((next() >>> 33) % n);
    if (recording) {
      record(value);
    }
    return value;
  }

  /** True once in {@code n} times; never for 0. */
  boolean oneIn(int n) {
    return n > 0 && (n == 1 ? !calm : below(n) == n - 1);
  }

  int[] drawn() {
    return Arrays.copyOf(drawn, count);
  }

  private void record(int value) {
    if (count == drawn.length) {
      drawn = Arrays.copyOf(drawn, Math.max(256, 2 * count));
    }
    drawn[count++] = value;
  }

  // SplitMix64: fast, and good from its first number on.
  private long next() {
    state += 0x9E3779B97F4A7C15L;
    long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
