package io.payonce.recovery;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Holds a set of marks that never changes. */
public final class Marks {
  static final Marks NONE = new Marks(EnumSet.noneOf(Mark.class));

  private final EnumSet<Mark> set;

  private Marks(EnumSet<Mark> set) {
    this.set = set;
  }

  public boolean has(Mark mark) {
    return set.contains(mark);
  }

  /** In the order of {@link Mark}. */
  public List<Mark> all() {
    return List.copyOf(set);
  }

  Marks with(Mark mark) {
    EnumSet<Mark> more = set.clone();
    return more.add(mark) ? new Marks(more) : this;
  }

  Marks without(Mark... marks) {
    EnumSet<Mark> fewer = set.clone();
    return fewer.removeAll(List.of(marks)) ? new Marks(fewer) : this;
  }

  Marks only(Mark... marks) {
    EnumSet<Mark> kept = set.clone();
    return kept.retainAll(List.of(marks)) ? new Marks(kept) : this;
  }

  /** The letters in their order. */
  String letters() {
    StringBuilder letters = new StringBuilder();
    for (Mark mark : set) {
      letters.append(mark.letter());
    }
    return letters.toString();
  }

  /** Whether each letter is one of ours. */
  static boolean areKnown(String letters) {
    return letters.chars().allMatch(letter -> mark(letter).isPresent());
  }

  /** Reads {@link #letters}, in any order. */
  static Marks read(String letters) {
    EnumSet<Mark> read = EnumSet.noneOf(Mark.class);
    letters.chars().forEach(letter -> mark(letter).ifPresent(read::add));
    return read.isEmpty() ? NONE : new Marks(read);
  }

  private static Optional<Mark> mark(int letter) {
    return Arrays.stream(Mark.values()).filter(mark -> mark.letter() == letter).findFirst();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Marks marks && set.equals(marks.set);
  }

  @Override
  public int hashCode() {
    return set.hashCode();
  }

  @Override
  public String toString() {
    return letters();
  }
}
