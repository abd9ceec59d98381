package io.payonce.outcome;

import io.payonce.model.Shards;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names the place of an event in the journal: {@code <millis>-<shard>-<sequence>}. In this order
 * events are given, and whoever has read as far as this goes on with what comes after it.
 *
 * @param millis Redis' clock, since 1970
 * @param sequence within a shard's millisecond; unsigned, as Redis counts
 */
public record OutcomeCursor(long millis, int shard, long sequence)
    implements Comparable<OutcomeCursor> {
  /** Before all events. */
  public static final OutcomeCursor START = new OutcomeCursor(0, 0, 0);

  private static final long LAST_SEQUENCE = -1;

  private static final Pattern SHAPE = Pattern.compile("(\\d{1,15})-(\\d{1,3})-(\\d{1,20})");

  private static final Comparator<OutcomeCursor> ORDER = Comparator.comparingLong(
          OutcomeCursor::millis)
      .thenComparingInt(OutcomeCursor::shard)
      .thenComparing(OutcomeCursor::sequence, Long::compareUnsigned);

  /** Before all events of that time. */
  public static OutcomeCursor before(long millis) {
    return millis <= 0 ? START : new OutcomeCursor(millis - 1, Shards.COUNT - 1, LAST_SEQUENCE);
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static OutcomeCursor parse(String text) {
    Matcher parts = SHAPE.matcher(text);
    if (!parts.matches() || Integer.parseInt(parts.group(2)) >= Shards.COUNT) {
      throw new IllegalArgumentException("not a cursor: " + text);
    }
    return new OutcomeCursor(
        Long.parseLong(parts.group(1)),
        Integer.parseInt(parts.group(2)),
        Long.parseUnsignedLong(parts.group(3)));
  }

  /** Reads the id of an entry of a shard's stream; times that never come are all one. */
  public static OutcomeCursor ofEntry(int shard, String streamId) {
    int dash = streamId.indexOf('-');
    long millis = Long.parseUnsignedLong(streamId.substring(0, dash));
    return new OutcomeCursor(
        millis < 0 ? Long.MAX_VALUE : millis,
        shard,
        Long.parseUnsignedLong(streamId.substring(dash + 1)));
  }

  /**
   * The least id that an entry of this shard's stream can have and come after this place: of the
   * same millisecond, shards before this one have been read to their ends, and those after it not
   * yet.
   */
  public String firstIdAfter(int ofShard) {
    if (ofShard > shard) {
      return millis + "-0";
    }
    return ofShard < shard || sequence == LAST_SEQUENCE
        ? (millis + 1) + "-0"
        : millis + "-" + Long.toUnsignedString(sequence + 1);
  }

  /** The greatest id that an entry of the same shard's stream can have and come before this one. */
  public String lastIdBefore() {
    return sequence == 0
        ? (millis - 1) + "-" + Long.toUnsignedString(LAST_SEQUENCE)
        : millis + "-" + Long.toUnsignedString(sequence - 1);
  }

  @Override
  public int compareTo(OutcomeCursor other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return millis + "-" + shard + "-" + Long.toUnsignedString(sequence);
  }
}
