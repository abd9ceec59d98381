package io.payonce.outcome;

import io.payonce.ledger.Cursor;
import io.payonce.model.PaymentId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what callers are to be notified of until they have taken it. Who claims a notification has
 * it for the time of a lease; who dies with it leaves it to others. Of each payment there is never
 * more than one to be had, the oldest. Its methods fail with
 * {@link io.payonce.ledger.LedgerUnavailable} when the ledger does not answer.
 */
public interface Outbox {
  /**
   * The notifications of a shard.
   *
   * @param due payments whose notifications are to be sent now, the most overdue first
   * @param pending how many payments have one that was not taken yet
   * @param undelivered how many have one that was given up
   * @param waitedMillis since when the oldest waits that failed, or that was not tried
   * @param nextMillis when the first of the others is due; negative when there is none
   */
  record Shard(
      List<PaymentId> due, long pending, long undelivered, long waitedMillis, long nextMillis) {}

  Future<Shard> look(int shard, int most);

  /** Those of some shards that may have something: costs little where none has. */
  Future<List<Integer>> scout(List<Integer> shards);

  /** Empty when nothing is due, or another pod has it. */
  Future<Optional<Notice>> claim(PaymentId id, long leaseMillis);

  /**
   * Its caller has it: it is forgotten, and what was given up before it, too.
   *
   * @return whether a later one waits
   */
  Future<Boolean> delivered(Notice notice, String event);

  /** A try has failed; the next one is not before the pause is over. */
  Future<Void> again(Notice notice, long pauseMillis, String why);

  /** It was not tried. */
  Future<Void> postpone(Notice notice, long pauseMillis);

  /** It is not sent any more unless an operator wants it; true when a later one waits. */
  Future<Boolean> giveUp(Notice notice, String why, String event);

  /** One payment's notification that was given up. */
  record Undelivered(
      PaymentId id, long atMillis, long givenUpAtMillis, int tries, String why, String host) {}

  /** @param next where the next page begins; null on the last one */
  record UndeliveredPage(List<Undelivered> items, Cursor next, long total) {}

  Future<UndeliveredPage> undelivered(Cursor from, int most);

  /** The result of an operator's order to send it again. */
  enum Redelivery {
    /** It is due now. */
    DUE,
    /** It is due now, as it was; or a later one is, and the earlier would be wrong after it. */
    PENDING,
    /** Nothing of that payment was given up, or it is too long ago. */
    UNKNOWN
  }

  Future<Redelivery> redeliver(PaymentId id, String event);
}
