package io.payonce.outcome;

import io.payonce.ledger.Outcome;
import io.payonce.model.Amount;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import java.util.List;

/**
 * One event of the journal: how a payment ended, or what became of that later.
 *
 * @param id null when that cannot be read
 * @param facts null when it cannot be read
 * @param unreadable why it cannot be read; null when it can
 */
public record OutcomeEntry(OutcomeCursor cursor, PaymentId id, Facts facts, String unreadable) {
  /**
   * The facts of the event.
   *
   * @param operation null of a payment whose record was lost
   * @param former how it had ended before; null for its first end
   */
  public record Facts(
      OutcomeKind kind,
      Operation operation,
      Outcome outcome,
      Outcome former,
      Names names,
      Money money,
      Course course) {
    /** A hosted page that takes no lock ends when it is made: whether it was paid is not said. */
    public boolean isPageMade() {
      return operation == Operation.CREATE_SESSION && names.lock() == null;
    }

    /** The sum that moved, or was to: minor units; null when not said. */
    public Long sum() {
      return isPageMade() ? null : money.sum();
    }
  }

  /**
   * Whose payment it is, and what it is called.
   *
   * @param appId null when it is not known
   * @param lock what it locked: its order, or its original as {@code req:…}, {@code txn:…}; null
   *     for nothing
   * @param platformIds under which the platform was sent it, the last one last
   * @param transactionId the platform's name of it; null when none was given
   */
  public record Names(String appId, String lock, List<String> platformIds, String transactionId) {
    /** The caller's order number; null when it has locked something else. */
    public String order() {
      return lock == null || lock.indexOf(':') >= 0 ? null : lock;
    }

    /** What a follow-up is done to; null for what is no follow-up. */
    public String original() {
      return lock == null || lock.indexOf(':') < 0 ? null : lock;
    }
  }

  /**
   * The money it is about.
   *
   * @param asked what was asked for
   * @param moved what the platform moved instead; null when that is what was asked for
   */
  public record Money(Amount asked, Amount moved) {
    private Long sum() {
      if (moved == null) {
        return asked.orderAmount();
      }
      return moved.transAmount() == null ? moved.orderAmount() : moved.transAmount();
    }

    /** What the sum is in; null when not said. */
    public String currency() {
      return moved == null || moved.currency() == null ? asked.currency() : moved.currency();
    }
  }

  /**
   * The course that led to it.
   *
   * @param begunAtMillis 0 when it is not known
   * @param sends how many requests left
   * @param platform null for the ledger's first one
   * @param rule by which it ended so
   */
  public record Course(long begunAtMillis, int sends, String platform, String rule) {}

  public static OutcomeEntry of(OutcomeCursor cursor, PaymentId id, Facts facts) {
    return new OutcomeEntry(cursor, id, facts, null);
  }

  /** @param id null when that is not known either */
  public static OutcomeEntry unreadable(OutcomeCursor cursor, PaymentId id, String why) {
    return new OutcomeEntry(cursor, id, null, why);
  }

  public boolean isReadable() {
    return unreadable == null;
  }
}
