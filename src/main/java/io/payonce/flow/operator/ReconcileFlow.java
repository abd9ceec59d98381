package io.payonce.flow.operator;

import io.payonce.codes.Code;
import io.payonce.codes.Remedy;
import io.payonce.flow.engine.PlatformRequests;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.Time;
import io.payonce.model.Answer;
import io.payonce.model.Operation;
import io.payonce.model.Whose;
import io.payonce.outcome.OutcomeEntry;
import io.payonce.outcome.OutcomeEntry.Facts;
import io.payonce.outcome.report.PlatformComparison;
import io.payonce.outcome.report.PlatformComparison.Verdict;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Asks the platform how the payments of the journal stand, one question after the other and no more
 * than so many a second. It only asks: no answer is acted on.
 */
public final class ReconcileFlow {
  /** A platform that says nothing so often will not say more for this question. */
  private static final int TRIES = 4;

  /** Busy times pass; at double, one merchant's rate holds all others up for minutes. */
  private static final int BUSY_TRIES = 8;

  private static final long FIRST_PAUSE_MILLIS = 1000;
  private static final long LONGEST_PAUSE_MILLIS = 60_000;

  private final Accounts accounts;
  private final Function<String, Whose> whose;
  private final Time time;
  private final long pauseNanos;
  private long nextNanos;

  /**
   * @param whose a payment is whose record names that platform: what others were sent is theirs
   * @param perSecond questions, at most
   */
  public ReconcileFlow(
      Accounts accounts, Function<String, Whose> whose, Time time, double perSecond) {
    this.accounts = accounts;
    this.whose = whose;
    this.time = time;
    this.pauseNanos = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
    this.nextNanos = time.nanos();
  }

  /** The platform's answer about one id of a payment. */
  public record AskedId(String platformId, Verdict verdict) {}

  /**
   * One outcome, compared.
   *
   * @param unasked why it could not be asked about; null when it was
   */
  public record Reconciled(List<AskedId> asked, String unasked) {
    /** Whether the platform has said how each of its ids stands. */
    public boolean isAnswered() {
      return unasked == null && asked.stream().allMatch(each -> each.verdict().isAnswered());
    }
  }

  /** Whether the platform can be asked about it at all; where it cannot, nothing is wrong. */
  public static boolean canBeAsked(Facts facts) {
    Operation operation = facts.operation();
    if (operation == null) {
      return true;
    }
    boolean isPage = operation == Operation.CREATE_SESSION && !facts.isPageMade();
    return operation.identity() == Operation.Identity.CALLERS
        && (operation.doubt() == Operation.Doubt.CONFIRM || isPage);
  }

  /** @param isUndone whether the journal itself has a void or refund of it */
  public Future<Reconciled> ask(OutcomeEntry entry, Predicate<OutcomeEntry> isUndone) {
    Facts facts = entry.facts();
    Whose of = whose(entry);
    if (of.isStrange()) {
      return unasked("it was sent to the platform " + of.stranger());
    }
    return facts.names().appId() == null
        ? unasked("no appId is known, and the platform wants one")
        : ask(entry, isUndone.test(entry), 0, new ArrayList<>());
  }

  /** Of what says nothing of it, its names must tell. */
  private Whose whose(OutcomeEntry entry) {
    Facts facts = entry.facts();
    return facts.course().platform() == null
        ? Whose.of(accounts.of(facts.names().appId(), entry.id().merchantId()))
        : whose.apply(facts.course().platform());
  }

  private static Future<Reconciled> unasked(String why) {
    return Future.succeededFuture(new Reconciled(List.of(), why));
  }

  private Future<Reconciled> ask(
      OutcomeEntry entry, boolean isUndone, int index, List<AskedId> asked) {
    List<String> ids = entry.facts().names().platformIds();
    if (index == ids.size()) {
      return Future.succeededFuture(new Reconciled(List.copyOf(asked), null));
    }
    String id = ids.get(index);
    boolean counts = index == ids.size() - 1;
    return question(entry, id, 1).compose(answer -> {
      asked.add(new AskedId(id, PlatformComparison.compare(entry, id, counts, isUndone, answer)));
      return ask(entry, isUndone, index + 1, asked);
    });
  }

  private Future<Answer> question(OutcomeEntry entry, String platformId, int tries) {
    return turn()
        .compose(mine -> accounts
            .way(whose(entry).account())
            .platform()
            .call(PlatformRequests.question(
                entry.facts().names().appId(), entry.id().merchantId(), platformId)))
        .compose(answer -> {
          if (tries >= (isBusy(answer) ? BUSY_TRIES : TRIES) || !saysNothing(answer)) {
            return Future.succeededFuture(answer);
          }
          return time.pause(pauseMillis(answer, tries))
              .compose(rested -> question(entry, platformId, tries + 1));
        });
  }

  /** Waits until the next question may leave. */
  private Future<Void> turn() {
    long now = time.nanos();
    long waitNanos = Math.max(0, nextNanos - now);
    nextNanos = Math.max(now, nextNanos) + pauseNanos;
    return waitNanos == 0
        ? Future.succeededFuture()
        : time.pause(Math.max(1, TimeUnit.NANOSECONDS.toMillis(waitNanos)));
  }

  /** It may say more in a moment. */
  private static boolean saysNothing(Answer answer) {
    if (!(answer instanceof Answer.Spoken spoken)) {
      return true;
    }
    Code code = Code.of(spoken.envelope().code());
    return code != Code.OK && code != Code.C12;
  }

  private static boolean isBusy(Answer answer) {
    return answer instanceof Answer.Spoken spoken
        && (spoken.retryAfterMillis() > 0
            || Code.of(spoken.envelope().code()).remedy() == Remedy.SLOW_DOWN);
  }

  private static long pauseMillis(Answer answer, int tries) {
    long asked = answer instanceof Answer.Spoken spoken ? spoken.retryAfterMillis() : -1;
    long backoff = FIRST_PAUSE_MILLIS << Math.min(tries - 1, 10);
    return Math.min(LONGEST_PAUSE_MILLIS, Math.max(asked, backoff));
  }
}
