package io.payonce.ledger;

import io.payonce.ledger.Claim.Claimed;
import io.payonce.model.Abilities;
import io.payonce.model.Account;
import io.payonce.model.ClosedPage;
import io.payonce.model.Intent;
import io.payonce.model.Lease;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;
import io.payonce.model.Reply;
import io.payonce.recovery.Stage;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Reads and changes the records of all payments. Each method is one atomic step in Redis and
 * decides nothing; it fails with {@link LedgerUnavailable} when the ledger does not answer.
 */
public interface Ledger {
  /** Begins the name of a payment by its session. No transaction's name has a colon. */
  String SESSION = "session:";

  /**
   * Writes the payment, takes its order, and writes the intent of its first send together with the
   * time at which a pod must look at it: or returns why not. Repeats itself under one token when
   * the answer is lost, so that it fails with {@code mayHaveRun} only when the ledger kept silent
   * to the end.
   */
  Future<BeginResult> begin(NewPayment payment);

  /**
   * The same for a caller who has time: a ledger that keeps silent is asked on for as long.
   *
   * @param leftMillis how long he will wait from now on
   */
  default Future<BeginResult> begin(NewPayment payment, LongSupplier leftMillis) {
    return begin(payment);
  }

  /**
   * What begin would find of this very payment, where it shall not begin now; empty: nothing stands
   * in the ledger, so nothing of it is under way or done.
   */
  Future<Optional<BeginResult>> recall(NewPayment payment);

  /** Writes the final answer, frees or marks the order, ends the payment's due time. */
  Future<CloseResult> settle(Lease lease, Settlement settlement);

  /**
   * The same for what the platform shows paid, or an operator says is, whoever works on it: nothing
   * else is settled without a lease, and the sends that the record knows of stay.
   */
  Future<CloseResult> settlePaid(PaymentRef payment, Settlement settlement);

  /** Frees the order after a refusal that may pass; the same id may begin again. */
  default Future<CloseResult> release(Lease lease, Settlement settlement) {
    return release(lease, settlement, null);
  }

  /** Writes the stage down and gives the lease back until the pause is over; false: lease lost. */
  Future<Boolean> defer(Lease lease, Deferral deferral);

  /**
   * Writes the intent of one more send; empty: the lease is lost, the payment aborted, or its order
   * paid by another one since it began, which aborts it. From then on the payment may be asked for
   * by the id it is sent under, too.
   *
   * @param transactionId the platform's name of it so far; null when it has given none
   */
  Future<Optional<Intent>> recordIntent(
      Lease lease, Stage next, Reply answerSoFar, String transactionId, String event);

  /**
   * Takes a payment over if it is due: empty when it is not, or is settled, or another has it, or
   * when it is of a newer version of this program. What cannot be read goes into quarantine.
   */
  default Future<Optional<Claimed>> claim(PaymentId id) {
    return claim(id, Map.of())
        .map(claim -> claim instanceof Claimed claimed ? Optional.of(claimed) : Optional.empty());
  }

  /**
   * The same, but what can only be asked about is put off unread where confirms are paused: its
   * next look is so much later. What an operator must be asked about is not.
   *
   * @param putOffMillis of each account whose confirms are paused; 0: it is returned, and stays due
   */
  Future<Claim> claim(PaymentId id, Map<Account, Long> putOffMillis);

  /**
   * Takes an unsettled payment over, whoever has it and whenever it is due: for those who know more
   * of it than its holder can. Empty when there is no such payment, or it has ended.
   */
  Future<Optional<Claimed>> takeOver(PaymentId id, String event);

  /**
   * Counts that a claimed payment could not be worked on. After a few times it is listed for review
   * and looked at seldom, so that it delays no other; true then. Its order stays taken.
   */
  Future<Boolean> quarantine(Lease lease, String why);

  /** Notes that the caller asked to stop a payment; from then on no intent is given for it. */
  Future<Optional<Payment>> abort(PaymentId id);

  /**
   * The same, of a send that was refused because of how the original stands: if that one is
   * unsettled by now, callers get {@code otherwise} and it is stopped, should this one have wanted
   * to void it.
   *
   * @param on null when the refusal does not depend on an original
   */
  Future<CloseResult> release(Lease lease, Settlement settlement, Dependence on);

  /** What all live pods can read and honour. */
  Abilities abilities();

  /** How an order of that payment's merchant stands. */
  Future<OrderStanding> standing(PaymentId of, String order);

  /** Whether it may be asked now if that payer of an order was undone; once in a few seconds. */
  Future<Inquiry> inquire(PaymentId payer, String order);

  /**
   * Takes a payment for good off those that have paid an order, for it was undone.
   *
   * @param asked the platform shows it so, which may be older than what is under way: then nothing
   *     is done while a follow-up of it is unsettled or what voids a refund of it is known
   * @return false: it still counts
   */
  Future<Boolean> giveBack(PaymentId payer, String order, boolean asked);

  /**
   * Notes that money moved, not as asked for, of a payment that has ended otherwise: it counts
   * among those that have paid its order, an operator must see it, and its id begins no more until
   * he has.
   *
   * @param pays whether it would pay its order
   * @param otherAmount what moved, as operators read it
   */
  Future<Contradiction> contradict(
      PaymentId id, String order, boolean pays, String otherAmount, String event);

  /**
   * Notes that a payment which is paid was charged once more, under another of its ids: an operator
   * must see it. What was answered stays.
   *
   * @param moved what moved besides, as operators read it
   */
  Future<Contradiction> paidAgain(PaymentId id, String order, String moved, String event);

  /**
   * Whether money moved, not as asked for, of a payment that has no record any more, and no
   * operator has decided what that means. No caller may be answered that it is not paid until he
   * has.
   */
  Future<Boolean> isUndecided(PaymentId id);

  /**
   * Notes that a hosted page is known to be closed since now, unless it has been noted before, and
   * brings the next look at it forward to so much later; empty when it has ended, or is unknown.
   */
  Future<Optional<ClosedPage>> shut(PaymentId page, long lookMillis, String event);

  /** Brings the next look at an unsettled payment forward to now. */
  Future<Void> expedite(PaymentId id, String event);

  /**
   * Succeeds once a failover cannot lose any more that a payment stands so, as far as the settings
   * ask for that; fails while it could, or where one has lost it already.
   *
   * @param stands of what has just been read or written
   */
  Future<Void> safely(PaymentId id, Predicate<Payment> stands);

  /** The payment as it stands; empty when there is no record (a tombstone is none). */
  Future<Optional<Payment>> find(PaymentId id);

  /**
   * The id under which the platform knows the payment's last attempt; empty when nothing is kept of
   * it, not even a tombstone.
   */
  Future<Optional<String>> platformId(PaymentId id);

  /**
   * Whether the ledger has gone back in time so lately that it may have known more of the payment
   * than it does: then that it has no record of it proves nothing. To be asked after the record.
   */
  boolean mayHaveForgotten(PaymentId id);

  /** What is left of a payment whose record has ended; empty when there is one, or nothing. */
  Future<Optional<Tombstone>> tombstone(PaymentId id);

  /**
   * How a hosted page is called by its session's id, among the names of a payment; null for an id
   * that no session is likely to have. It is remembered for as long as a page can live.
   */
  static String session(String id) {
    return id != null && id.matches("[!-~]{1,128}") ? SESSION + id : null;
  }

  /** Remembers the platform's name of a payment, where it was learnt by the way. */
  Future<Void> rememberAlias(PaymentId id, String name);

  /** The payment that has such a name, if it is remembered. */
  Future<Optional<PaymentId>> findByAlias(String owner, String name);

  /** Those of some shards in which anything is due now: costs little where nothing is. */
  Future<List<Integer>> glance(List<Integer> shards);

  /** Payments of a shard that are due now, the most overdue first. */
  Future<List<PaymentId>> due(int shard, int most);
}
