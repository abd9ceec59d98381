package io.payonce.sandbox;

import java.util.List;

/** What becomes of a transaction: the statuses it takes, in order, the first one at once. */
record Outcome(List<Stage> stages) {

  static final long FOR_EVER = -1;

  static Outcome approved() {
    return at(Status.S, TestAmounts.APPROVED);
  }

  static Outcome declined(String resultCode) {
    return at(Status.F, resultCode);
  }

  static Outcome failed() {
    return at(Status.F, null);
  }

  static Outcome closed() {
    return at(Status.C, null);
  }

  static Outcome waiting(Status status, long millis, Outcome end) {
    Stage first = new Stage(0, status, null);
    return millis == FOR_EVER
        ? new Outcome(List.of(first))
        : new Outcome(List.of(first, end.first().after(millis)));
  }

  static Outcome terminal(long millis, Outcome end) {
    return new Outcome(List.of(
        new Stage(0, Status.I, null),
        new Stage(millis / 2, Status.P, null),
        end.first().after(millis)));
  }

  boolean isDecidedAtOnce() {
    return first().status().isFinal();
  }

  private static Outcome at(Status status, String resultCode) {
    return new Outcome(List.of(new Stage(0, status, resultCode)));
  }

  private Stage first() {
    return stages.get(0);
  }
}
