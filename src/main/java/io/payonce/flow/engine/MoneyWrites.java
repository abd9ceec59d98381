package io.payonce.flow.engine;

import static io.payonce.ledger.LedgerUnavailable.isSilence;

import io.payonce.flow.port.Time;
import io.payonce.ledger.CloseResult;
import io.payonce.ledger.Contradiction;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Settlement;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Writes that money moved, where the ledger does not take it also in the background: whoever has
 * learnt it may never call again, and the platform may not say it twice.
 */
public final class MoneyWrites {
  /** Before the second try; half would meet the same outage. */
  private static final long FIRST_PAUSE_MILLIS = 250;

  /**
   * The last such pause: a minute in all. At half, a failover can take longer; at double, what was
   * learnt in a long outage fills the heap.
   */
  private static final long LAST_PAUSE_MILLIS = 32_000;

  /**
   * What callers' calls have shown, on one event loop. At half, an outage of writes alone drops
   * more of it; at double, it takes ten megabytes.
   */
  private static final int MOST = 1000;

  private final Ledger ledger;
  private final Time time;
  private final Set<Object> unwritten = new HashSet<>();

  public MoneyWrites(Ledger ledger, Time time) {
    this.ledger = ledger;
    this.time = time;
  }

  /** As {@link Ledger#settlePaid}. */
  public Future<CloseResult> paid(PaymentRef payment, Settlement settlement) {
    return write(
        payment.id(),
        settlement.platformId() + " " + settlement.transactionId(),
        () -> ledger.settlePaid(payment, settlement));
  }

  /** As {@link Ledger#contradict}. */
  public Future<Contradiction> moved(
      PaymentId id, String order, boolean pays, String otherAmount, String event) {
    return write(id, otherAmount, () -> ledger.contradict(id, order, pays, otherAmount, event));
  }

  /**
   * The same of what has ended, however it did: of what is paid, another transaction is news.
   *
   * @param answer what shows that another amount moved than asked for
   */
  public Future<Contradiction> moved(Payment ended, Answer.Spoken answer, String event) {
    Envelope said = answer.envelope();
    if (ended.outcome() != Outcome.PAID) {
      String moved = TimelineWords.said(said.amount());
      return moved(ended.id(), ended.order(), ended.operation().pays(), moved, event);
    }
    return StoredReply.isChargedAgain(ended, said)
        ? movedAgain(ended.id(), ended.order(), TimelineWords.again(said), event)
        : Future.succeededFuture(Contradiction.NOTED);
  }

  /** As {@link Ledger#paidAgain}. */
  public Future<Contradiction> movedAgain(PaymentId id, String order, String moved, String event) {
    return write(id, moved, () -> ledger.paidAgain(id, order, moved, event));
  }

  /**
   * Makes a move that writes it. The future is of the first try.
   *
   * @param of what names the payment
   * @param what is written so; the same of the same payment is tried on once
   */
  public <T> Future<T> write(Object of, String what, Supplier<Future<T>> move) {
    List<Object> news = List.of(of, Objects.toString(what));
    return move.get().onFailure(failure -> {
      if (isSilence(failure) && unwritten.size() < MOST && unwritten.add(news)) {
        later(move).onComplete(done -> unwritten.remove(news));
      }
    });
  }

  /** Makes a move for which the ledger was away. */
  <T> Future<T> later(Supplier<Future<T>> move) {
    return later(move, FIRST_PAUSE_MILLIS);
  }

  private <T> Future<T> later(Supplier<Future<T>> move, long pauseMillis) {
    return time.pause(pauseMillis)
        .compose(rested -> move.get())
        .recover(again -> isSilence(again) && pauseMillis < LAST_PAUSE_MILLIS
            ? later(move, 2 * pauseMillis)
            : Future.failedFuture(again));
  }
}
