package io.payonce.flow;

import io.payonce.codes.Classification;
import io.payonce.codes.Report;
import io.payonce.flow.engine.MoneyWrites;
import io.payonce.flow.engine.OtherClocks;
import io.payonce.flow.engine.PageTimes;
import io.payonce.flow.engine.PlatformRequests;
import io.payonce.flow.engine.RetryTiming;
import io.payonce.flow.engine.StoredReply;
import io.payonce.flow.engine.TimelineWords;
import io.payonce.flow.engine.WaitingCaller;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.FlowSettings;
import io.payonce.flow.port.Time;
import io.payonce.ledger.CloseResult;
import io.payonce.ledger.Handover;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Settlement;
import io.payonce.limit.ConfirmPlace;
import io.payonce.model.Answer;
import io.payonce.model.ClosedPage;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import io.payonce.model.SessionPolicy;
import io.payonce.platform.PlatformRequest;
import io.payonce.recovery.Deadlines;
import io.payonce.recovery.Succession;
import io.payonce.recovery.Window;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Hands the order of a hosted page over to another payment of it. It closes the page at the
 * platform, waits until no press can be under way, and confirms that the page was never paid. The
 * result is a proposal: the ledger hands the order over only if the page is still as it was seen.
 */
final class PageHandover {
  private final Ledger ledger;
  private final MoneyWrites writes;
  private final Accounts accounts;
  private final PageExpiry expiry;
  private final RetryTiming pauses;
  private final Time time;
  private final OtherClocks clocks;
  private final FlowSettings settings;
  private final RetryFlow retries;

  PageHandover(
      Ledger ledger,
      MoneyWrites writes,
      Accounts accounts,
      RetryFlow retries,
      RetryTiming pauses,
      Time time,
      FlowSettings settings) {
    this.ledger = ledger;
    this.writes = writes;
    this.accounts = accounts;
    this.retries = retries;
    this.expiry = new PageExpiry(accounts);
    this.pauses = pauses;
    this.time = time;
    this.clocks = new OtherClocks(time);
    this.settings = settings;
  }

  /** The result of asking a page for its order. */
  sealed interface Result {
    /** The order is to be had. */
    record Given(Handover handover) implements Result {}

    /** The page was paid, so the order is. */
    record Paid() implements Result {}

    /** Whoever has the order keeps it; asking again makes sense after so long. */
    record Kept(long afterMillis) implements Result {}
  }

  private static final long SOON_MILLIS = 1000;

  /** By which question it was learnt, for the timeline. */
  private static final String ASKED = "asked for its order";

  /**
   * Tries to get the order.
   *
   * @param holder the request id of the payment that has it
   * @param leftMillis how long the caller will wait
   */
  Future<Result> from(String holder, WaitingCaller caller, long leftMillis) {
    PaymentId id = caller.id().other(holder);
    return ledger
        .find(id)
        .compose(found -> found.filter(PageHandover::isOpenPage).isPresent()
            ? close(new Case(found.get(), caller, time.nanos(), leftMillis))
            : kept(SOON_MILLIS));
  }

  /**
   * An open page in the way.
   *
   * @param page as it was read
   * @param sinceNanos when the caller began to wait for it
   */
  private record Case(Payment page, WaitingCaller caller, long sinceNanos, long leftMillis) {
    PageTimes.Page times(ClosedPage shut) {
      return new PageTimes.Page(page.intentAtMillis(), page.history(), page.answer(), shut);
    }
  }

  /** What is of another platform, or may be known in an earlier state, never gives way. */
  private static boolean isOpenPage(Payment payment) {
    return payment.isPage()
        && !payment.isStrange()
        && payment.doubtedSinceMillis() == 0
        && payment.otherAmount() == null
        && !payment.isEnded()
        && !payment.isSucceeded()
        && !payment.stage().name().maySend();
  }

  private Future<Result> close(Case of) {
    if (!Succession.isAlone(of.page().history(), moment(of, of.page().shut()))) {
      return kept(SOON_MILLIS);
    }
    if (of.page().shut() != null) {
      return await(of, of.page().shut());
    }
    return settings.orders().sessions() == SessionPolicy.REPLACE
            && PageExpiry.sessionId(of.page()) != null
        ? expire(of)
        : ask(of, null);
  }

  private Future<Result> expire(Case of) {
    return expiry
        .close(of.page(), of.caller().fields().appId())
        .compose(expired -> expired
            ? shut(of, "EXPIRED, for another payment of its order")
                .compose(shut -> shut.isPresent() ? await(of, shut.get()) : kept(SOON_MILLIS))
            : ask(of, null));
  }

  /** The caller gets its chance first; should it go away, the page is looked at all the same. */
  private Future<Optional<ClosedPage>> shut(Case of, String event) {
    long look = settings.orders().pressSlackMillis()
        + settings.waitBudgetMillis()
        + ExpiryFlow.MARGIN_MILLIS;
    return ledger.shut(of.page().id(), look, event);
  }

  /** Until no press can be under way. */
  private Future<Result> await(Case of, ClosedPage shut) {
    long unseen = unseenMillis(of, shut);
    long rest = shut.sinceMillis() + settings.orders().pressSlackMillis() - nowMillis(of);
    return rest <= 0 ? ask(of, shut) : patiently(of, shut, Math.max(rest, unseen));
  }

  /** What is left by this process' own clock, which begins when it first learns of the end. */
  private long unseenMillis(Case of, ClosedPage shut) {
    return settings.orders().pressSlackMillis() - clocks.seen(of.page().id(), shut.sinceMillis());
  }

  /** No caller is held longer than it wants. */
  private Future<Result> patiently(Case of, ClosedPage shut, long rest) {
    long held = (time.nanos() - of.sinceNanos()) / 1_000_000;
    return rest > of.leftMillis() - held
        ? kept(rest)
        : time.pause(rest).compose(rested -> await(of, shut));
  }

  private Future<Result> ask(Case of, ClosedPage shut) {
    Deadlines asked = moment(of, shut);
    return way(of)
        .limits()
        .acquireConfirm(of.page().id().merchantId())
        .compose(
            place -> place.isPresent() ? asked(of, shut, asked, place.get()) : kept(SOON_MILLIS));
  }

  private Future<Result> asked(Case of, ClosedPage shut, Deadlines asked, ConfirmPlace place) {
    return place.over(() -> way(of).platform().call(question(of))).compose(answer -> {
      Deadlines moment = proven(of, shut, asked, answer);
      Report shown = settings.understood(Classification.ofConfirm(answer, expected(of.page())));
      return switch (Succession.of(shown, of.page().history(), moment)) {
        case GIVES_WAY -> given(of, shut);
        case PAID -> paid(of, (Answer.Spoken) answer);
        case STANDS -> stands(of, shut, shown, answer);
      };
    });
  }

  /** Seen closed, by itself or by another call: from now on its presses run out. */
  private Future<Result> stands(Case of, ClosedPage shut, Report shown, Answer answer) {
    if (shown == Report.OTHER_AMOUNT) {
      return retries
          .moved(
              of.page().id(),
              (Answer.Spoken) answer,
              ASKED,
              "money moved for it, when its order was wanted")
          .compose(done -> kept(SOON_MILLIS));
    }
    if (shown != Report.CLOSED) {
      return kept(SOON_MILLIS);
    }
    if (shut == null) {
      return shut(of, "seen closed, and its order is wanted")
          .compose(seen -> seen.isPresent() ? await(of, seen.get()) : kept(SOON_MILLIS));
    }
    long unseen = unseenMillis(of, shut);
    return unseen > 0 ? patiently(of, shut, unseen) : kept(SOON_MILLIS);
  }

  private Future<Result> given(Case of, ClosedPage shut) {
    return Future.succeededFuture(new Result.Given(new Handover(
        of.page().id(), of.page().history().encode(), pauses.pages().looksAt(of.times(shut)))));
  }

  /**
   * "Paid", once answered, binds: it is written before others are refused for it. Where the record
   * does not say what amount was asked for, its own worker reads that.
   */
  private Future<Result> paid(Case of, Answer.Spoken answer) {
    Payment page = of.page();
    if (page.amount().isUnsaid()) {
      return ledger
          .expedite(page.id(), "seen paid, when its order was wanted")
          .compose(done -> kept(SOON_MILLIS));
    }
    String event = TimelineWords.of(ASKED, Report.PAID, answer, page.amount()).encode();
    Reply reply = StoredReply.kept(page, RecordedQuery.ours(page, answer).reply());
    return writes
        .paid(page.ref(), Settlement.paid(page, reply, answer.envelope().transactionId(), event))
        .compose(close -> close instanceof CloseResult.Stale
            ? kept(SOON_MILLIS)
            : Future.succeededFuture(new Result.Paid()));
  }

  private Deadlines moment(Case of, ClosedPage shut) {
    long now = nowMillis(of);
    return new Deadlines(
        now >= of.page().intentAtMillis() + Window.MILLIS,
        false,
        true,
        pauses.pages().life(of.times(shut), now));
  }

  /** As other clocks than the ledger's have it, too. */
  private Deadlines proven(Case of, ClosedPage shut, Deadlines asked, Answer answer) {
    Payment page = of.page();
    Long ahead = page.times().platformAheadMillis();
    Window window = clocks.window(page.id(), page.intentAtMillis(), nowMillis(of), ahead, answer);
    long closed =
        shut == null ? 0 : clocks.eitherSince(page.id(), shut.sinceMillis(), ahead, answer);
    PageTimes.Proof proof = new PageTimes.Proof(window.othersMillis(), closed);
    return asked.proven(window.isOver(), pauses.pages().life(of.times(shut), nowMillis(of), proof));
  }

  /** The ledger's time, carried on by our own monotonic clock. */
  private long nowMillis(Case of) {
    return of.page().times().nowMillis() + (time.nanos() - of.sinceNanos()) / 1_000_000;
  }

  /** The page's own key: the payment that wants its order may have another. */
  private Accounts.Way way(Case of) {
    return accounts.way(of.page().account());
  }

  private static PlatformRequest question(Case of) {
    Payment page = of.page();
    return PlatformRequests.question(
        page.appId(of.caller().fields().appId()), page.id().merchantId(), page.platformId());
  }

  private static Classification.Expected expected(Payment page) {
    return new Classification.Expected(
        page.operation(), page.platformId(), page.order(), page.amount());
  }

  private static Future<Result> kept(long afterMillis) {
    return Future.succeededFuture(new Result.Kept(Math.max(1, afterMillis)));
  }
}
