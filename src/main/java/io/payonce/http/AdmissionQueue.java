package io.payonce.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Queues accepted calls, unread and in the order they came, while the ledger has enough to do for
 * this event loop. Begun all at once they would time out together; a call that would wait too long
 * is refused here at almost no cost. One for each event loop; not thread-safe.
 */
public final class AdmissionQueue {
  /**
   * Unanswered commands to Redis, at most, when the next call is let in. At half, Redis would run
   * dry between two turns of a busy loop; at double, all that is begun takes twice as long.
   */
  static final int MOST_AT_WORK = 512;

  /**
   * Heads of requests: some 50 MB on one loop. At half, a burst is turned away that could be served
   * in time; at double, a pod of 512 MB collects garbage instead of payments.
   */
  static final int MOST_WAITING = 16_384;

  /**
   * Who is turned away comes again, and costs a quarter of a payment each time: measured with four
   * times as many callers as a pod can serve, at a quarter of this nearly all work was turning
   * away; at double, callers give up (after 30 s) while their payment is still in doubt.
   */
  static final long LONGEST_WAIT_MILLIS = 4000;

  /** Between two looks. At half, a loop with enough to do is woken more; at double, it may idle. */
  static final long PAUSE_MILLIS = 5;

  /**
   * Let in or turned away in one look, some 3 ms of a loop. At half, a loop that could serve more
   * is kept from it; at double, it counts as blocked.
   */
  static final int MOST_AT_ONCE = 64;

  /** After a look that was cut short, so that all else on the loop has its turn. */
  static final long SOON_MILLIS = 1;

  /** A waiting call; it enters or is turned away, exactly once. */
  public interface Caller {
    /** False when it has hung up; then it is turned away when its turn comes. */
    boolean isThere();

    void enter();

    void turnAway();
  }

  /** Runs something after that many milliseconds, on this event loop. */
  @FunctionalInterface
  public interface Timer {
    void in(long millis, Runnable action);
  }

  private record Waiter(Caller caller, long sinceNanos) {}

  private final IntSupplier atWork;
  private final LongSupplier nanos;
  private final Timer timer;
  private final Deque<Waiter> waiting = new ArrayDeque<>();

  /**
   * @param atWork unanswered commands to Redis
   * @param nanos a clock that never goes back
   */
  public AdmissionQueue(IntSupplier atWork, LongSupplier nanos, Timer timer) {
    this.atWork = atWork;
    this.nanos = nanos;
    this.timer = timer;
  }

  /** Whether a call that comes now may go on at once. */
  public boolean isOpen() {
    return waiting.isEmpty() && atWork.getAsInt() < MOST_AT_WORK;
  }

  public void waits(Caller caller) {
    if (waiting.size() >= MOST_WAITING) {
      caller.turnAway();
      return;
    }
    waiting.add(new Waiter(caller, nanos.getAsLong()));
    if (waiting.size() == 1) {
      timer.in(PAUSE_MILLIS, this::look);
    }
  }

  /** What is let in shows in {@code atWork} only when it has been read, so it is counted here. */
  private void look() {
    long latest = nanos.getAsLong() - LONGEST_WAIT_MILLIS * 1_000_000;
    int left = MOST_AT_ONCE;
    while (left > 0 && !waiting.isEmpty() && waiting.peek().sinceNanos() - latest < 0) {
      waiting.poll().caller().turnAway();
      left--;
    }
    int room = MOST_AT_WORK - atWork.getAsInt();
    while (left > 0 && room > 0 && !waiting.isEmpty()) {
      left--;
      Caller next = waiting.poll().caller();
      if (next.isThere()) {
        next.enter();
        room--;
      } else {
        next.turnAway();
      }
    }
    if (!waiting.isEmpty()) {
      timer.in(left > 0 ? PAUSE_MILLIS : SOON_MILLIS, this::look);
    }
  }
}
