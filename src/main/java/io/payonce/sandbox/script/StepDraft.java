package io.payonce.sandbox.script;

/** A step while it is being read: refuses parts that contradict each other. */
final class StepDraft {

  private final String source;
  private Boolean before;
  private Delivery delivery;
  private String code;
  private SimOutcome outcome;

  int httpStatus;
  Integer retryAfterSeconds;
  boolean withoutStatus;
  long slowMillis;
  long lateMillis;
  long lagMillis;

  StepDraft(String source) {
    this.source = source;
  }

  void timing(boolean before) {
    refuseSecond(this.before, "timings");
    this.before = before;
  }

  void delivery(Delivery delivery) {
    refuseSecond(this.delivery, "ways of answering");
    this.delivery = delivery;
  }

  void code(String code) {
    refuseSecond(this.code, "codes");
    this.code = code;
  }

  void outcome(SimOutcome outcome) {
    refuseSecond(this.outcome, "outcomes");
    this.outcome = outcome;
  }

  private void refuseSecond(Object first, String what) {
    if (first != null) {
      throw new ScriptFault("two " + what + " in one step of " + source
          + "; separate the steps of different sends by a comma");
    }
  }

  Step sendStep() {
    if (lagMillis > 0) {
      throw new ScriptFault("lag is for queries: say \"query: lag 2s\" in " + source);
    }
    boolean strikesBefore = before != null ? before : strikesBeforeByItself();
    if (strikesBefore && (outcome != null || lateMillis > 0)) {
      throw new ScriptFault(
          "\"before charge\" contradicts an outcome or a late charge in the same step of "
              + source);
    }
    if (strikesBefore && shownDelivery().needsAnswer() && code == null) {
      throw new ScriptFault(
          "before the charge there is no answer to spoil: add a code, or say \"after charge\" in "
              + source);
    }
    return step(strikesBefore, lateMillis > 0 && !speaks() ? Delivery.SILENT : shownDelivery());
  }

  Step queryStep() {
    if (outcome != null || lateMillis > 0 || before != null) {
      throw new ScriptFault(
          "a query charges nothing: no outcome, no charge after \"query:\" in " + source);
    }
    return step(false, shownDelivery());
  }

  private Step step(boolean strikesBefore, Delivery shown) {
    return new Step(
        strikesBefore,
        shown,
        code,
        httpStatus,
        retryAfterSeconds,
        withoutStatus,
        slowMillis,
        lateMillis,
        lagMillis,
        outcome);
  }

  private boolean strikesBeforeByItself() {
    boolean spoils = shownDelivery().needsAnswer();
    boolean strikes = code != null || httpStatus != 0 || delivery != null;
    return strikes && !spoils && outcome == null && lateMillis == 0;
  }

  private Delivery shownDelivery() {
    return delivery == null ? Delivery.NORMAL : delivery;
  }

  private boolean speaks() {
    return delivery != null || code != null || httpStatus != 0;
  }
}
