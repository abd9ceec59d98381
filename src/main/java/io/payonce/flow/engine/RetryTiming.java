package io.payonce.flow.engine;

import io.payonce.codes.Health;
import io.payonce.codes.Report;
import io.payonce.flow.port.FlowSettings;
import io.payonce.flow.port.ReportRoute;
import io.payonce.flow.port.Time;
import io.payonce.model.Answer;
import io.payonce.model.RequestFields;
import io.payonce.model.StageName;
import io.payonce.recovery.Action;
import io.payonce.recovery.Backoff;
import io.payonce.recovery.Deadlines;
import io.payonce.recovery.Mark;
import io.payonce.recovery.OpenPace;
import io.payonce.recovery.PageLife;
import io.payonce.recovery.Policy;
import io.payonce.recovery.Stage;
import io.payonce.recovery.Window;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/**
 * Tells when a payment is due next and which of its deadlines are over, from the settings' times.
 */
public final class RetryTiming {
  /** An open payment ends by its timeExpire, one day by default (platform.md#time-to-pay). */
  private static final long OPEN_MILLIS = Duration.ofDays(1).toMillis();

  /**
   * The platform needs time to close what has expired; half of it would alarm operators for
   * nothing.
   */
  private static final long OPEN_MARGIN_MILLIS = Duration.ofHours(1).toMillis();

  /** Open and attended payments may be asked about this much more seldom than those in doubt. */
  private static final int SLOW_FACTOR = 10;

  /**
   * The same where the platform said nothing, or that it does not work. At double, what an outage
   * kept open ends later than three minutes after it; at half, payments of which it never says
   * anything are asked about twice as often.
   */
  private static final int SILENCE_FACTOR = 3;

  /**
   * The audit takes a payment that is due later than in two hours for one whose due time is wrong.
   */
  private static final long LONGEST_LOOK_MILLIS = Duration.ofMinutes(110).toMillis();

  private final FlowSettings settings;
  private final Time time;
  private final OtherClocks clocks;
  private final PageTimes pages;

  public RetryTiming(FlowSettings settings, Time time) {
    this.settings = settings;
    this.time = time;
    this.clocks = new OtherClocks(time);
    this.pages = new PageTimes(settings.orders().pressSlackMillis());
  }

  public PageTimes pages() {
    return pages;
  }

  public Policy policy(UnsettledPayment work) {
    return new Policy(
        settings.maxAttempts(),
        settings.reissue()
            && work.operation().isReissued()
            && (!isAnsweredElsewhere(work) || mayHaveBeenOurs(work)),
        settings.resendAfterWindow(),
        work.operation().doubt(),
        work.ref().order() != null,
        settings.otherAmount(),
        work.clock().doubtedSinceMillis() > 0);
  }

  /**
   * The platform tells each transaction's end to its notifyUrl (platform.md#webhooks): the caller's
   * hook would get F for its id, and S for a reissued id that it never saw. Where we took the
   * hook's place, it is notified by us, once, and under its own id.
   */
  private static boolean isAnsweredElsewhere(UnsettledPayment work) {
    return work.request().road() == null && work.fields().has(RequestFields.Unread.NOTIFY_URL);
  }

  /**
   * What a ledger that went back has forgotten may have had its reports come to us, and have been
   * reissued. It is only asked about then: nothing of it is sent any more.
   */
  private boolean mayHaveBeenOurs(UnsettledPayment work) {
    return work.clock().doubtedSinceMillis() > 0 && settings.reports() != ReportRoute.PAST_US;
  }

  /**
   * The moment a decision is taken; a refusal met now would be tried again after the pause.
   *
   * @param answer what it rests on; null when it rests on time alone
   */
  public Deadlines moment(UnsettledPayment work, long pauseMillis, Answer answer) {
    Deadlines moment = asking(work, pauseMillis);
    boolean lives = moment.page() == PageLife.NONE || moment.page() == PageLife.LIVES;
    return lives && !moment.windowOver()
        ? moment
        : moment.proven(window(work, answer).isOver(), lives ? moment.page() : life(work, answer));
  }

  private Window window(UnsettledPayment work, Answer answer) {
    LedgerClock clock = work.clock();
    return clocks.window(
        work.id(), from(work), clock.nowMillis(), clock.platformAheadMillis(), answer);
  }

  private PageLife life(UnsettledPayment work, Answer answer) {
    return pages.life(work.page(), work.clock().nowMillis(), proof(work, answer));
  }

  private PageTimes.Proof proof(UnsettledPayment work, Answer answer) {
    Long ahead = work.clock().platformAheadMillis();
    long shut = work.shut() == null
        ? 0
        : clocks.eitherSince(work.id(), work.shut().sinceMillis(), ahead, answer);
    return new PageTimes.Proof(window(work, answer).othersMillis(), shut);
  }

  /** From now on this process counts how long ago its last intent was, and that it was closed. */
  public void saw(UnsettledPayment work) {
    clocks.seen(work.id(), from(work));
    if (work.shut() != null) {
      clocks.seen(work.id(), work.shut().sinceMillis());
    }
  }

  /**
   * When the last send got its intent; a ledger that went back in time may have lost a later one.
   */
  private static long from(UnsettledPayment work) {
    return Math.max(work.intentAtMillis(), work.clock().doubtedSinceMillis());
  }

  /** The moment a question leaves, by the ledger's clock alone: its answer brings another. */
  public Deadlines asking(UnsettledPayment work, long pauseMillis) {
    long now = work.clock().nowMillis();
    return new Deadlines(
        now >= from(work) + Window.MILLIS,
        now >= deadlineMillis(work),
        now + pauseMillis > work.times().begunAtMillis() + work.times().waitMillis(),
        work.isPage() ? pages.life(work.page(), now) : PageLife.NONE);
  }

  /** The pause that an answer asks for, or one from the backoff. */
  long millis(UnsettledPayment work, Answer answer) {
    if (answer instanceof Answer.Spoken spoken && spoken.retryAfterMillis() > 0) {
      return spoken.retryAfterMillis();
    }
    return Backoff.pauseMillis(
        work.steps(), settings.firstDelayMillis(), settings.maxDelayMillis(), time.chance());
  }

  /** Many may wait for the fleet's budget: who has waited longer is asked about more seldom. */
  long waitingForBudget(UnsettledPayment work) {
    return slow(work, SLOW_FACTOR);
  }

  /**
   * The pause before a stage is looked at again.
   *
   * @param answer what was said last; null when no question was sent
   */
  long millis(UnsettledPayment work, Stage next, Answer answer, long asked) {
    if (next.name() == StageName.OPEN && isReported(work)) {
      long age = work.clock().nowMillis() - work.times().begunAtMillis();
      return OpenPace.pauseMillis(age, settings.maxDelayMillis() * SLOW_FACTOR, time.chance());
    }
    // A platform may ask for a day; the order and the deadline cannot wait so long for a look.
    if (next.name().maySend()) {
      return Math.min(asked, settings.maxDelayMillis() * SLOW_FACTOR);
    }
    boolean healthy = answer != null && Health.of(answer) == Health.HEALTHY;
    return slow(work, healthy ? SLOW_FACTOR : SILENCE_FACTOR);
  }

  private long slow(UnsettledPayment work, int factor) {
    return Backoff.pauseMillis(
        work.steps(),
        settings.firstDelayMillis(),
        settings.maxDelayMillis() * factor,
        time.chance());
  }

  /** The platform will say by itself how it ended, and say it to us. */
  private boolean isReported(UnsettledPayment work) {
    return work.request().road() != null
        && OpenPace.reportsArrive(settings.reports().sinceReportMillis(work.account()));
  }

  /**
   * The pause before a hosted page is looked at again. Most are abandoned, so a page without
   * queries is not polled: only silence, which taught nothing, is asked again after a usual pause.
   */
  long ofPage(LeasedPayment work, Stage next, Report report, long asked) {
    LeasedPayment then = work.withStage(next);
    boolean sends = next.due(asking(then, 0), policy(then)).action() != Action.CONFIRM;
    boolean taken = report == Report.ID_IN_USE || report == Report.ALREADY_PAID;
    if (sends || taken) {
      return asked;
    }
    long now = work.clock().nowMillis();
    boolean silent = report == Report.UNKNOWN && work.stage().name() != StageName.SENDING;
    long look = silent ? now : nextLook(then, report, now);
    return look > now
        ? Math.min(look - now, LONGEST_LOOK_MILLIS)
        : slow(work, silent ? SILENCE_FACTOR : SLOW_FACTOR);
  }

  /** This process may have begun to count later than the ledger: a little more is left then. */
  private long nextLook(UnsettledPayment then, Report report, long now) {
    PageTimes.Page page = then.page();
    if (report == Report.CLOSED && page.shut() != null) {
      long proven = now + pages.provenIn(page, proof(then, null));
      long shut = Math.max(pages.shutAt(page), proven);
      if (shut > now) {
        return shut;
      }
    }
    return now < pages.looksAt(page) ? pages.looksAt(page) : pages.endsAt(page);
  }

  /** When an operator must be asked: later for an open payment than for one in doubt. */
  public long deadlineMillis(UnsettledPayment work) {
    if (work.isPage()) {
      return pages.endsAt(work.page()) + settings.deadlineMillis();
    }
    return work.stage().history().has(Mark.OPENED)
        ? openUntil(work) + OPEN_MARGIN_MILLIS
        : work.times().begunAtMillis() + settings.deadlineMillis();
  }

  /** The caller's word may shorten the day, never lengthen it: the platform allows no more. */
  private static long openUntil(UnsettledPayment work) {
    long longest = work.times().begunAtMillis() + OPEN_MILLIS;
    String timeExpire = work.fields().timeExpire();
    if (timeExpire == null) {
      return longest;
    }
    try {
      return Math.min(longest, OffsetDateTime.parse(timeExpire).toInstant().toEpochMilli());
    } catch (DateTimeParseException e) {
      return longest;
    }
  }
}
