package io.payonce.flow;

import io.payonce.codes.Report;
import io.payonce.flow.engine.EngineResult;
import io.payonce.flow.engine.LeasedPayment;
import io.payonce.flow.engine.MoneyWrites;
import io.payonce.flow.engine.PaymentEngine;
import io.payonce.flow.engine.TimelineWords;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.OutcomeSignal;
import io.payonce.flow.port.RetryHint;
import io.payonce.flow.port.StepFault;
import io.payonce.flow.port.Telemetry;
import io.payonce.flow.port.Time;
import io.payonce.flow.port.Trace;
import io.payonce.ledger.Claim;
import io.payonce.ledger.Claim.Claimed;
import io.payonce.ledger.Contradiction;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.Payment;
import io.payonce.limit.Limits;
import io.payonce.model.Account;
import io.payonce.model.Answer;
import io.payonce.model.Lease;
import io.payonce.model.PaymentId;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Claims a due payment and does its next step: confirm, resend, reissue, settle, or ask for review.
 * Any live pod runs it; the lease decides between two.
 */
public final class RetryFlow {
  /** Invented merchants must not fill the heap; beyond, they are taken for the first account's. */
  private static final int MOST_MERCHANTS = 10_000;

  private final Ledger ledger;
  private final MoneyWrites writes;
  private final PaymentEngine conclusion;
  private final Accounts accounts;
  private final RetryHint retryHint;
  private final OutcomeSignal outcomes;
  private final Time time;
  private final Telemetry telemetry;

  /** The accounts of what was worked on: of any other it is not known whether it answers. */
  private final Set<Account> met = new HashSet<>(Set.of(Account.DEFAULT));

  /** The account of what was met last of a merchant, where it is not the first one. */
  private final Map<String, Account> ofMerchant = new HashMap<>();

  RetryFlow(
      Ledger ledger,
      MoneyWrites writes,
      PaymentEngine conclusion,
      Accounts accounts,
      RetryHint retryHint,
      OutcomeSignal outcomes,
      Time time,
      Telemetry telemetry) {
    this.ledger = ledger;
    this.writes = writes;
    this.conclusion = conclusion;
    this.accounts = accounts;
    this.retryHint = retryHint;
    this.outcomes = outcomes;
    this.time = time;
    this.telemetry = telemetry;
  }

  /** Whose a payment seems to be: only its record says it. */
  public Account accountOf(PaymentId id) {
    return ofMerchant.getOrDefault(id.merchantId(), Account.DEFAULT);
  }

  /** How many of an account may be asked about at once, as the platform is now. */
  public int places(Account account) {
    return limits(account).confirms();
  }

  /** Whether all that has come due is asked about, or some is put off as its platform is silent. */
  public boolean isAsking() {
    return met.stream().allMatch(account -> limits(account).asksNow());
  }

  /**
   * One step for one payment; does nothing when it is not due, or another worker has it, or its
   * account's confirms are paused.
   *
   * @return whether it was worked on
   */
  public Future<Boolean> work(PaymentId id) {
    Map<Account, Long> putOffMillis = putOffMillis();
    return ledger.claim(id, putOffMillis).compose(claim -> {
      if (claim instanceof Claim.PutOff later) {
        Account account = later.account();
        met(id, account);
        return putOffMillis.get(account) == 0 ? look(id, account) : putOff(account);
      }
      return begun(claim);
    });
  }

  /** Of what is not confirmed now, one is looked at now and then; the others keep their time. */
  private Future<Boolean> look(PaymentId id, Account account) {
    if (!limits(account).mayLook()) {
      return Future.succeededFuture(false);
    }
    Map<Account, Long> putOffMillis = putOffMillis();
    putOffMillis.remove(account);
    return ledger
        .claim(id, putOffMillis)
        .map(this::begun)
        .onComplete(begun -> limits(account).looked())
        .compose(Function.identity());
  }

  private Future<Boolean> putOff(Account account) {
    limits(account).putOff();
    return Future.succeededFuture(false);
  }

  private Future<Boolean> begun(Claim claim) {
    if (claim instanceof Claimed claimed) {
      met(claimed.lease().id(), claimed.payment().account());
      return step(claimed, conclusion::resume).map(true);
    }
    return Future.succeededFuture(false);
  }

  private void met(PaymentId id, Account account) {
    met.add(account);
    if (account.isDefault()) {
      ofMerchant.remove(id.merchantId());
    } else if (ofMerchant.size() < MOST_MERCHANTS || ofMerchant.containsKey(id.merchantId())) {
      ofMerchant.put(id.merchantId(), account);
    }
  }

  /** The accounts whose confirms are paused, and how long their payments wait. */
  private Map<Account, Long> putOffMillis() {
    Map<Account, Long> all = new HashMap<>();
    for (Account account : met) {
      if (!limits(account).asksNow()) {
        all.put(account, limits(account).putOffMillis(time.chance()));
      }
    }
    return all;
  }

  private Limits limits(Account account) {
    return accounts.way(account).limits();
  }

  /**
   * What another call has learnt by the way is decided on at once, whoever has the payment: else
   * its worker could go on by what it knew before.
   *
   * @param answer the platform's to a question about this payment, asked just now
   */
  Future<Void> learnt(PaymentId id, Answer answer, String event) {
    return takenOver(id, work -> conclusion.learnt(work, answer), event).mapEmpty();
  }

  /**
   * Money moved, not as asked for: that is decided on, or noted where the payment has ended. While
   * the ledger is away it is tried on.
   *
   * @param by whose question has shown it
   */
  Future<Void> moved(PaymentId id, Answer.Spoken answer, String by, String event) {
    String moved = TimelineWords.said(answer.envelope().amount());
    return writes.write(
        id,
        moved,
        () -> ledger.find(id).compose(now -> {
          if (now.isEmpty()) {
            return Future.succeededFuture();
          }
          return now.get().isEnded()
              ? noted(now.get(), answer, by, moved)
              : decided(now.get(), answer, event);
        }));
  }

  private Future<Void> decided(Payment payment, Answer answer, String event) {
    return takenOver(payment.id(), work -> conclusion.learnt(work, answer), event)
        .compose(result -> result.isPresent()
            ? Future.succeededFuture()
            : Future.failedFuture(new LedgerUnavailable("another worker has ended it", false)));
  }

  /** No worker has it any more, and its order may be free: no other payment is charged for it. */
  private Future<Void> noted(Payment payment, Answer.Spoken answer, String by, String moved) {
    if (moved.equals(payment.otherAmount())) {
      return Future.succeededFuture(); // since an earlier question, or an operator has decided
    }
    String event =
        TimelineWords.of(by, Report.OTHER_AMOUNT, answer, payment.amount()).encode();
    return writes
        .moved(payment, answer, event)
        .compose(noted -> noted == Contradiction.UNSETTLED
            ? decided(payment, answer, event)
            : Future.succeededFuture());
  }

  /** The platform is asked now, whenever the next look is due. */
  public Future<Void> ask(PaymentId id, String event) {
    return takenOver(id, conclusion::ask, event).mapEmpty();
  }

  /**
   * What the platform says by itself is decided on like what it is asked for.
   *
   * @return empty when there is no such payment under way
   */
  Future<Optional<EngineResult>> notified(PaymentId id, Answer.Spoken said, String event) {
    return takenOver(id, work -> conclusion.notified(work, said), event);
  }

  private Future<Optional<EngineResult>> takenOver(
      PaymentId id, Function<LeasedPayment, Future<EngineResult>> next, String event) {
    return ledger
        .takeOver(id, event)
        .compose(taken -> taken.isPresent()
            ? step(taken.get(), next).map(Optional::of)
            : Future.succeededFuture(Optional.<EngineResult>empty()));
  }

  private Future<EngineResult> step(
      Claimed claimed, Function<LeasedPayment, Future<EngineResult>> next) {
    PaymentId id = claimed.lease().id();
    Trace trace = telemetry.recovery(claimed.payment().operation(), id);
    return trace
        .during(Future.succeededFuture(claimed)
            .map(taken -> LeasedPayment.ofClaim(taken, time, trace))
            .compose(next))
        .onSuccess(result -> signal(id, result))
        .recover(failure -> failed(claimed.lease(), failure));
  }

  /** A payment on which a worker fails must not come to the next one at once, and to all others. */
  private Future<EngineResult> failed(Lease lease, Throwable failure) {
    return failure instanceof LedgerUnavailable
        ? Future.failedFuture(failure)
        : ledger
            .quarantine(
                lease, "could not be worked on: " + StepFault.of(failure).text())
            .compose(quarantined -> Future.failedFuture(failure));
  }

  private void signal(PaymentId id, EngineResult result) {
    if (result instanceof EngineResult.Deferred deferred) {
      retryHint.schedule(deferred.pauseMillis(), id);
    } else {
      result.comesAgain().ifPresent(seconds -> outcomes.comeAgain().learned(id, seconds));
      outcomes.announce(id);
    }
  }
}
