package io.payonce.recovery;

import io.payonce.codes.Report;
import io.payonce.model.Operation.Doubt;
import java.util.ArrayList;
import java.util.List;

/**
 * What is true of one payment behind the back of the machine: a platform that runs sends now, late
 * or never, loses answers, lags in queries, and the clock. Small enough to be searched to the end.
 *
 * @param dedup what the platform does with a second send of an id
 * @param foreign the caller's id belongs to another payment since before this one began
 * @param othersPaid another payment has paid the order
 * @param doubt how the operation's outcome is cleared up (it decides what answers look like)
 * @param runs transactions under the current id, in the order they came: I, P, S, F, D(eclined), C
 * @param flying sends of the current id that left, were not run yet and still may be
 * @param sends sends that really left, all ids together
 * @param shown the platform has shown a sign of the current id
 * @param opened the machine was told that the payment is open (I, or P as a direct answer)
 */
record World(
    Dedup dedup,
    boolean foreign,
    boolean othersPaid,
    Doubt doubt,
    String runs,
    int flying,
    int sends,
    boolean shown,
    boolean opened,
    boolean aborted,
    Deadlines moment) {
  enum Dedup {
    /** One transaction an id, for ever: a repeat gets the first result, or C06. */
    ONE_RUN,
    /** As above, but an id whose transaction failed may run again. */
    RERUNS_UNPAID,
    /** Every send runs. */
    EVERY_SEND_RUNS
  }

  /** A report that the machine may get, and what is true by then. */
  record Answered(Report report, World world) {}

  static final Deadlines EARLY = new Deadlines(false, false, false);

  /** Millions of worlds are looked up, and a record's own hash puts many into one place. */
  @Override
  public int hashCode() {
    int mixed = (31 * runs.hashCode() + bits()) * 0x9E3779B1;
    return mixed ^ mixed >>> 15;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof World that
        && bits() == that.bits()
        && runs.equals(that.runs)
        && moment.page().equals(that.moment.page());
  }

  /** All but the runs. */
  private int bits() {
    int marks = bit(foreign, 1) | bit(othersPaid, 2) | bit(shown, 4) | bit(opened, 8);
    int times = bit(aborted, 1)
        | bit(moment.windowOver(), 2)
        | bit(moment.deadlineOver(), 4)
        | bit(moment.callersGone(), 8);
    return dedup.ordinal()
        | doubt.ordinal() << 4
        | marks << 8
        | times << 12
        | flying << 16
        | sends << 24;
  }

  private static int bit(boolean set, int bit) {
    return set ? bit : 0;
  }

  boolean isPaid() {
    return runs.indexOf('S') >= 0;
  }

  int charges() {
    return charges(runs);
  }

  static int charges(String runs) {
    int charges = 0;
    for (int i = runs.indexOf('S'); i >= 0; i = runs.indexOf('S', i + 1)) {
      charges++;
    }
    return charges;
  }

  /** Whether money may still move (again) by what is on the wire or under way at the platform. */
  boolean mayStillPay() {
    return runs.indexOf('I') >= 0 || runs.indexOf('P') >= 0 || flying > 0 && sendWouldRun();
  }

  private boolean sendWouldRun() {
    return switch (dedup) {
      case ONE_RUN -> !foreign && runs.isEmpty();
      case RERUNS_UNPAID -> !foreign && hasOnlyFailures();
      case EVERY_SEND_RUNS -> true;
    };
  }

  private boolean hasOnlyFailures() {
    return runs.indexOf('I') < 0 && runs.indexOf('P') < 0 && runs.indexOf('S') < 0;
  }

  /** What may happen next by itself. */
  List<World> drift() {
    List<World> worlds = new ArrayList<>();
    if (flying > 0) {
      worlds.add(withFlying(flying - 1));
      if (sendWouldRun()) {
        statuses().forEach(status -> worlds.add(withFlying(flying - 1).withRuns(runs + status)));
      }
    }
    for (int i = 0; i < runs.length(); i++) {
      for (char after : later(runs.charAt(i)).toCharArray()) {
        worlds.add(withRuns(runs.substring(0, i) + after + runs.substring(i + 1)));
      }
    }
    worlds.add(at(new Deadlines(true, moment.deadlineOver(), moment.callersGone())));
    worlds.add(at(new Deadlines(moment.windowOver(), true, moment.callersGone())));
    worlds.add(at(new Deadlines(moment.windowOver(), moment.deadlineOver(), true)));
    return worlds;
  }

  private static String later(char status) {
    return status == 'I' ? "PSFDC" : status == 'P' ? "SFDC" : "";
  }

  private List<Character> statuses() {
    return doubt == Doubt.REPEAT ? List.of('S') : List.of('I', 'P', 'S', 'F', 'D', 'C');
  }

  /** Whatever may become of the send that is about to leave while its worker lives. */
  List<Answered> answers() {
    List<Answered> answered = new ArrayList<>();
    answered.add(new Answered(Report.UNSENT, this));
    World left = leaves();
    answered.add(new Answered(Report.UNKNOWN, left.withFlying(flying + 1)));
    for (Report no :
        List.of(Report.REFUSED, Report.BUSY, Report.REMEDIED, Report.REFUSED_FOR_NOW)) {
      answered.add(new Answered(no, left));
    }
    // The network may double a send: the twin travels on while the other is answered C06.
    answered.add(new Answered(Report.ID_IN_USE, left.withFlying(flying + 1).withShown()));
    if (foreign || !runs.isEmpty()) {
      answered.add(new Answered(Report.ID_IN_USE, left.withShown()));
    }
    if (othersPaid || isPaid()) {
      answered.add(new Answered(Report.ALREADY_PAID, isPaid() ? left.withShown() : left));
    }
    if (!foreign && !runs.isEmpty() && dedup != Dedup.EVERY_SEND_RUNS) {
      answered.add(left.says(runs.charAt(runs.length() - 1)));
    }
    if (sendWouldRun()) {
      statuses().forEach(status -> answered.add(left.withRuns(runs + status).says(status)));
    }
    return answered;
  }

  /** Whatever may become of the send when its worker dies: it left, or it did not. */
  List<World> deaths() {
    World left = leaves();
    return List.of(this, moment.windowOver() ? left : left.withFlying(flying + 1));
  }

  /**
   * What a confirm may say. Before the windows are over the query lags without bound; after them it
   * is fresh, but an id it has shown before may still be missing from a lagging replica.
   */
  List<Answered> views() {
    List<Answered> answered = new ArrayList<>();
    answered.add(new Answered(Report.UNKNOWN, this));
    boolean lags = !moment.windowOver();
    // Where an operator has said that repeating is no harm, no one has said that a query shows it.
    boolean hidden = doubt == Doubt.REPEAT_THEN_ASK;
    if (lags || shown || hidden || runs.isEmpty() && !foreign) {
      answered.add(new Answered(Report.NOT_FOUND, this));
    }
    if (foreign) {
      answered.add(new Answered(Report.FOREIGN, withShown()));
    }
    if (lags && !runs.isEmpty()) {
      answered.add(new Answered(Report.PROCESSING, withShown()));
      answered.add(new Answered(Report.INITIAL, withShown().withOpened()));
    }
    boolean any = lags || dedup == Dedup.EVERY_SEND_RUNS;
    for (int i = any ? 0 : Math.max(0, runs.length() - 1); i < runs.length(); i++) {
      answered.add(new Answered(report(runs.charAt(i)), seenAs(runs.charAt(i))));
    }
    return answered;
  }

  /** What a fresh query says. */
  Answered truth() {
    if (foreign) {
      return new Answered(Report.FOREIGN, withShown());
    }
    if (runs.isEmpty()) {
      return new Answered(Report.NOT_FOUND, this);
    }
    char last = runs.charAt(runs.length() - 1);
    return new Answered(report(last), seenAs(last));
  }

  private World seenAs(char status) {
    return status == 'I' ? withShown().withOpened() : withShown();
  }

  private Answered says(char status) {
    boolean open = status == 'I' || status == 'P';
    return new Answered(report(status), open ? withShown().withOpened() : withShown());
  }

  private Report report(char status) {
    return switch (status) {
      case 'I' -> Report.INITIAL;
      case 'P' -> Report.PROCESSING;
      case 'F' -> Report.FAILED;
      case 'D' -> Report.DECLINED;
      case 'C' -> Report.CLOSED;
      default -> doubt == Doubt.CONFIRM ? Report.PAID : Report.DONE;
    };
  }

  /** One more send of the same id is about to leave. */
  World resent() {
    return at(new Deadlines(false, moment.deadlineOver(), moment.callersGone()));
  }

  /** The first send of a fresh id is about to leave. */
  World reissued() {
    World same = resent();
    return new World(
        dedup, false, othersPaid, doubt, "", 0, sends, false, opened, aborted, same.moment);
  }

  /** Time passes; after the window nothing that flies can land. */
  World at(Deadlines then) {
    return new World(
        dedup,
        foreign,
        othersPaid,
        doubt,
        runs,
        then.windowOver() ? 0 : flying,
        sends,
        shown,
        opened,
        aborted,
        then);
  }

  World withRuns(String now) {
    return new World(
        dedup, foreign, othersPaid, doubt, now, flying, sends, shown, opened, aborted, moment);
  }

  private World withFlying(int now) {
    return new World(
        dedup, foreign, othersPaid, doubt, runs, now, sends, shown, opened, aborted, moment);
  }

  private World leaves() {
    return new World(
        dedup, foreign, othersPaid, doubt, runs, flying, sends + 1, shown, opened, aborted, moment);
  }

  private World withShown() {
    return new World(
        dedup, foreign, othersPaid, doubt, runs, flying, sends, true, opened, aborted, moment);
  }

  private World withOpened() {
    return new World(
        dedup, foreign, othersPaid, doubt, runs, flying, sends, shown, true, aborted, moment);
  }

  World withAborted() {
    return new World(
        dedup, foreign, othersPaid, doubt, runs, flying, sends, shown, opened, true, moment);
  }
}
