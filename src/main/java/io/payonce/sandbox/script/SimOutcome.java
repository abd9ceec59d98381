package io.payonce.sandbox.script;

import java.util.List;

/** Says what becomes of a transaction: the statuses it takes, in order, the first one at once. */
public record SimOutcome(List<SimStage> stages) {

  public static final long FOR_EVER = -1;

  public static SimOutcome approved() {
    return at(SimStatus.S, TestAmounts.APPROVED);
  }

  static SimOutcome declined(String resultCode) {
    return at(SimStatus.F, resultCode);
  }

  static SimOutcome failed() {
    return at(SimStatus.F, null);
  }

  static SimOutcome closed() {
    return at(SimStatus.C, null);
  }

  public static SimOutcome waiting(SimStatus status, long millis, SimOutcome end) {
    SimStage first = new SimStage(0, status, null);
    return millis == FOR_EVER
        ? new SimOutcome(List.of(first))
        : new SimOutcome(List.of(first, end.first().after(millis)));
  }

  public static SimOutcome terminal(long millis, SimOutcome end) {
    return new SimOutcome(List.of(
        new SimStage(0, SimStatus.I, null),
        new SimStage(millis / 2, SimStatus.P, null),
        end.first().after(millis)));
  }

  public boolean isDecidedAtOnce() {
    return first().status().isFinal();
  }

  private static SimOutcome at(SimStatus status, String resultCode) {
    return new SimOutcome(List.of(new SimStage(0, status, resultCode)));
  }

  private SimStage first() {
    return stages.get(0);
  }
}
