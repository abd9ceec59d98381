package io.payonce.ledger;

import io.payonce.model.Account;
import io.payonce.model.Amount;
import io.payonce.model.ClosedPage;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;
import io.payonce.model.Reply;
import io.payonce.model.Whose;
import io.payonce.recovery.History;
import io.payonce.recovery.PlatformId;
import io.payonce.recovery.Stage;

/**
 * Holds a payment as the ledger has it; all times are the ledger's clock, ms since 1970.
 *
 * @param whose under which of this pod's keys it was sent, if under one of them
 */
public record Payment(
    PaymentRef ref, Asked asked, Times times, Progress progress, Result result, Whose whose) {
  /**
   * Its caller's request.
   *
   * @param amount says nothing in records of former versions
   * @param body the bytes of its first send; null where they were not asked for
   * @param road the platform's reports on it come to us; null when they go past us
   * @param appId that it named; null in records of former versions
   */
  public record Asked(Operation operation, Amount amount, byte[] body, Road road, String appId) {}

  /**
   * Its times.
   *
   * @param intentAtMillis when the intent of its last send was written
   * @param nowMillis when this was read
   * @param waitMillis how long its first caller is held
   * @param doubtedSinceMillis when the ledger was found to have gone back in time, if it may have
   *     known this payment before: what is here may be an earlier state of it; else 0
   * @param platformAheadMillis how far the platform's clock was ahead of the ledger's when the
   *     intent of the last send was written; null when that is not known
   */
  public record Times(
      long begunAtMillis,
      long intentAtMillis,
      long nowMillis,
      long waitMillis,
      long doubtedSinceMillis,
      Long platformAheadMillis) {}

  /**
   * Its progress so far.
   *
   * @param stage null once it has ended
   * @param steps how often it was looked at
   * @param timeline one event a line: {@code <millis> <event>}
   * @param shut of a hosted page: since when it is known to be closed; else null
   */
  public record Progress(
      Stage stage, History history, int steps, String timeline, ClosedPage shut) {}

  /**
   * Its result.
   *
   * @param outcome null until it has ended
   * @param answer the final answer, or what is to be said meanwhile; null when there is none
   * @param otherAmount what the platform moved instead, as operators read it; null when it did not
   */
  public record Result(Outcome outcome, Reply answer, String otherAmount) {}

  public PaymentId id() {
    return ref.id();
  }

  public String order() {
    return ref.order();
  }

  /** Of the caller's bytes: the same for the same request, and only for it. */
  public String fingerprint() {
    return ref.fingerprint();
  }

  public Operation operation() {
    return asked.operation();
  }

  public Amount amount() {
    return asked.amount();
  }

  public byte[] body() {
    return asked.body();
  }

  /**
   * The application under which the platform knows it: another's question for it, under the same
   * key, the platform may refuse.
   *
   * @param callers where the record does not say
   */
  public String appId(String callers) {
    return asked.appId() == null ? callers : asked.appId();
  }

  public Road road() {
    return asked.road();
  }

  public Stage stage() {
    return progress.stage();
  }

  public History history() {
    return progress.history();
  }

  public int steps() {
    return progress.steps();
  }

  public String timeline() {
    return progress.timeline();
  }

  public ClosedPage shut() {
    return progress.shut();
  }

  public Outcome outcome() {
    return result.outcome();
  }

  public Reply answer() {
    return result.answer();
  }

  public String otherAmount() {
    return result.otherAmount();
  }

  public long begunAtMillis() {
    return times.begunAtMillis();
  }

  public long intentAtMillis() {
    return times.intentAtMillis();
  }

  public long doubtedSinceMillis() {
    return times.doubtedSinceMillis();
  }

  /** True when another platform was sent it: nothing of it is asked, sent or settled here. */
  public boolean isStrange() {
    return whose.isStrange();
  }

  /** The other platform that was sent it; null when it is this pod's to work on. */
  public String stranger() {
    return whose.stranger();
  }

  /** Under whose key it was sent, and is asked about; null for a stranger's. */
  public Account account() {
    return whose.account();
  }

  /** True once nothing more will happen to it. */
  public boolean isEnded() {
    return outcome() != null;
  }

  /** A hosted page that has, or had, its order; earlier ones had none and ended when made. */
  public boolean isPage() {
    return operation() == Operation.CREATE_SESSION && order() != null;
  }

  /** Another payment has the order of this page, which was closed for it. */
  public boolean isSucceeded() {
    return shut() != null && shut().successor() != null;
  }

  /** The id under which the platform knows its last attempt. */
  public String platformId() {
    return PlatformId.of(id(), history());
  }

  /** What {@link Settlement#remembered stays} of it. */
  public String rememberedId() {
    return Settlement.remembered(operation(), isPage(), platformId());
  }

  /** The caller's order number; null when the payment locks something else, or nothing. */
  public String referenceOrderId() {
    return order() == null || order().indexOf(':') >= 0 ? null : order();
  }

  /** Never the body or the answer. */
  @Override
  public String toString() {
    return "Payment[" + id() + " " + (isEnded() ? outcome() : stage().word()) + " " + history()
        + "]";
  }
}
