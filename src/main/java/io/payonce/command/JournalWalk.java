package io.payonce.command;

import io.payonce.outcome.OutcomeBatch;
import io.payonce.outcome.OutcomeCursor;
import io.payonce.outcome.OutcomeEntry;
import io.payonce.outcome.OutcomeJournal;
import io.payonce.wiring.JournalAccess;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Reads a span of the journal in parts. A Redis that does not answer is waited for, a while or,
 * where the journal is followed, for ever; what is read stays complete. The span's end is fixed
 * with the first part, so it can be read twice.
 */
final class JournalWalk {
  /** Whoever waits for a list can wait so long for a Redis that fails over. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(15);

  /** At half, a follower asks an idle Redis a thousand small questions a second. */
  private static final long PAUSE_MILLIS = 1000;

  private static final long AGAIN_MILLIS = 250;

  /** A first connection may take as long on a busy machine: that is no outage. */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** Servers with a time service are apart by less. */
  private static final long FAR_MILLIS = 5000;

  private final JournalAccess access;
  private final PrintWriter err;
  private final long retentionMillis;
  private final OutcomeCursor since;
  private OutcomeCursor next;
  private OutcomeCursor end;
  private boolean away;
  private boolean warned;

  /** @param retentionMillis how long the journal is kept */
  JournalWalk(JournalAccess access, OutcomeCursor since, PrintWriter err, long retentionMillis) {
    this.access = access;
    this.since = since;
    this.next = since;
    this.err = err;
    this.retentionMillis = retentionMillis;
  }

  /** Redis did not answer for too long. */
  static final class GivenUp extends Exception {
    private static final long serialVersionUID = 1;

    GivenUp(String why) {
      super(why, null, false, false);
    }
  }

  /**
   * All of the span, oldest first, in parts.
   *
   * @param goesOn is given each part; false when it wants no more
   */
  void read(Optional<OutcomeCursor> until, Predicate<List<OutcomeEntry>> goesOn)
      throws GivenUp, InterruptedException {
    boolean more = true;
    while (more) {
      OutcomeBatch batch = part(PATIENCE_NANOS);
      if (end == null) {
        end = end(batch, until);
      }
      List<OutcomeEntry> within = batch.entries().stream()
          .filter(entry -> entry.cursor().compareTo(end) <= 0)
          .toList();
      more = goesOn.test(within) && batch.hasMore() && batch.next().compareTo(end) < 0;
    }
  }

  /** The same again, to the same end. */
  JournalWalk again() {
    JournalWalk walk = new JournalWalk(access, since, err, retentionMillis);
    walk.end = end;
    walk.warned = true;
    return walk;
  }

  private OutcomeCursor end(OutcomeBatch first, Optional<OutcomeCursor> until) {
    OutcomeCursor complete = OutcomeCursor.before(first.completeUntilMillis());
    if (until.isPresent() && until.get().compareTo(complete) > 0) {
      err.println("note: what is here goes to " + iso(first.completeUntilMillis())
          + ": the rest of the span has not happened yet, or may still change");
      err.flush();
    }
    return until.filter(asked -> asked.compareTo(complete) < 0).orElse(complete);
  }

  /**
   * Whatever happens from there on, in parts, for ever.
   *
   * @param goesOn is given each part; false when it wants no more
   */
  void follow(Predicate<List<OutcomeEntry>> goesOn) throws InterruptedException {
    while (true) {
      try {
        OutcomeBatch batch = part(Long.MAX_VALUE);
        if (!goesOn.test(batch.entries())) {
          return;
        }
        if (!batch.hasMore()) {
          Thread.sleep(PAUSE_MILLIS);
        }
      } catch (GivenUp never) {
        throw new IllegalStateException(never);
      }
    }
  }

  private OutcomeBatch part(long patienceNanos) throws GivenUp, InterruptedException {
    long began = System.nanoTime();
    while (true) {
      try {
        OutcomeBatch batch = access.read(next, OutcomeJournal.MOST);
        next = batch.next();
        warn(batch);
        return batch;
      } catch (ExecutionException failure) {
        if (System.nanoTime() - began > patienceNanos) {
          throw new GivenUp(why(failure));
        }
        sayAway(failure, System.nanoTime() - began);
        Thread.sleep(AGAIN_MILLIS);
      }
    }
  }

  private String why(ExecutionException failure) {
    String trouble = access.trouble();
    return trouble.isEmpty() ? String.valueOf(failure.getCause().getMessage()) : trouble;
  }

  /** Once an outage. */
  private void sayAway(ExecutionException failure, long nanos) {
    if (!away && nanos > QUIET_NANOS) {
      away = true;
      err.println("Redis does not answer (" + why(failure) + "), trying on; nothing is left out");
      err.flush();
    }
  }

  private void warn(OutcomeBatch batch) {
    if (away) {
      away = false;
      err.println("Redis answers again");
      err.flush();
    }
    if (warned) {
      return;
    }
    warned = true;
    if (batch.apartMillis() > FAR_MILLIS) {
      err.println("warning: the clocks of Redis' servers are " + batch.apartMillis()
          + " ms apart; outcomes are listed so much later");
    }
    long kept = batch.completeUntilMillis() - retentionMillis;
    if (since.millis() < kept && !since.equals(OutcomeCursor.START)) {
      err.println("warning: outcomes before " + iso(kept)
          + " may have been removed (outcomes.retentionMs)");
    }
    err.flush();
  }

  private static String iso(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
