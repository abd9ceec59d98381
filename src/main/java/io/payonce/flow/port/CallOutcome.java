package io.payonce.flow.port;

import io.payonce.ledger.Outcome;
import io.payonce.limit.Admission;
import java.util.Arrays;
import java.util.List;

/**
 * Says in one word what a caller was answered: the same in metrics, log, traces and on the ops
 * page. The words are published; the names of these constants are not.
 */
public enum CallOutcome {
  PAID("paid", Group.PAID),

  /** The platform has it and has not finished. */
  OPEN("open", Group.WAITING),
  /** Accepted, outcome not known yet. */
  PENDING("pending", Group.WAITING),

  UNPAID("unpaid", Group.UNPAID),
  /** By the platform, for good. */
  REFUSED("refused", Group.UNPAID),
  /** By the platform, for the moment. */
  RELEASED("released", Group.UNPAID),

  /** What was asked cannot be read, sent or done. */
  INVALID("invalid", Group.TURNED_AWAY),
  /** Its client may not call for that merchant. */
  FORBIDDEN("forbidden", Group.TURNED_AWAY),
  /** Its id was used before with another request. */
  CONFLICT("conflict", Group.TURNED_AWAY),
  ORDER_TAKEN("order-taken", Group.TURNED_AWAY),
  ORDER_PAID("order-paid", Group.TURNED_AWAY),
  ORIGINAL_UNSETTLED("original-unsettled", Group.TURNED_AWAY),
  ORIGINAL_UNPAID("original-unpaid", Group.TURNED_AWAY),
  /** Another platform was sent it. */
  ORIGINAL_ELSEWHERE("original-elsewhere", Group.TURNED_AWAY),

  /** By the breaker. */
  BROKEN("broken", Group.HELD_BACK),
  /** As many sends as the platform takes are on their way. */
  FULL("full", Group.HELD_BACK),
  /** The merchant's rate. */
  SLOWED("slowed", Group.HELD_BACK),
  /** The budget for sending again. */
  SPENT("spent", Group.HELD_BACK),
  /** More calls at once than can be read. */
  CROWDED("crowded", Group.HELD_BACK),

  /** The ledger did not answer. */
  AWAY("away", Group.FAULT),
  /** The platform gave no answer to a call that is no payment. */
  SILENT("silent", Group.FAULT),
  BUG("bug", Group.FAULT),

  QUERY("query", Group.READ),
  /** A call that is no payment, answered by the platform. */
  PASSED("passed", Group.READ),
  /** A repeat after the record had expired. */
  LATE("late", Group.READ);

  /** The groups of a chart, from the bottom to the top. */
  public enum Group {
    PAID("paid", "paid"),
    WAITING("waiting", "open or pending"),
    UNPAID("unpaid", "not paid"),
    TURNED_AWAY("turned-away", "request or order in the way"),
    HELD_BACK("held-back", "held back: breaker, overload"),
    FAULT("fault", "ledger unavailable, no answer, bug"),
    READ("read", "queries and other calls");

    private final String word;
    private final String text;

    Group(String word, String text) {
      this.word = word;
      this.text = text;
    }

    public String word() {
      return word;
    }

    /** For operators. */
    public String text() {
      return text;
    }

    public List<CallOutcome> members() {
      return Arrays.stream(CallOutcome.values())
          .filter(outcome -> outcome.group == this)
          .toList();
    }
  }

  private final String word;
  private final Group group;

  CallOutcome(String word, Group group) {
    this.word = word;
    this.group = group;
  }

  public String word() {
    return word;
  }

  public Group group() {
    return group;
  }

  public static CallOutcome of(Outcome outcome) {
    return switch (outcome) {
      case PAID -> PAID;
      case UNPAID -> UNPAID;
      case REFUSED -> REFUSED;
      case RELEASED -> RELEASED;
    };
  }

  static CallOutcome of(Admission.Reason why) {
    return switch (why) {
      case BROKEN -> BROKEN;
      case FULL -> FULL;
      case SLOWED -> SLOWED;
      case SPENT -> SPENT;
    };
  }

  /** The word, for lines that operators read. */
  @Override
  public String toString() {
    return word;
  }
}
