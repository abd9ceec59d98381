package io.payonce.renewal;

import io.payonce.codes.Code;
import io.payonce.codes.Remedy;
import io.payonce.credentials.Credential;
import io.payonce.credentials.PlatformKeys;
import io.payonce.model.Answer;
import io.payonce.platform.Platform;
import io.payonce.platform.PlatformClock;
import io.payonce.platform.RequestIds;
import io.payonce.renewal.CredentialStore.Kept;
import io.payonce.renewal.CredentialStore.Turn;
import io.payonce.renewal.RenewalPlan.Lent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one credential fresh: one call to the platform at a time, in this pod and, by the store's
 * turns, in all of them. Guarantee: it runs on one event loop, while any thread may read the
 * credential in use.
 *
 * <p>Example: the platform refuses a send for an expired session. Pods A and B both want a new one;
 * A gets the store's turn and calls, B waits. A keeps the new version in the store, B reads it from
 * there and resends with it. While the store is unavailable each pod renews for itself, at most
 * once in 10 s.
 */
final class Renewal {
  private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);

  /** Half would double the commands of a waiting fleet, double adds to what a payment waits. */
  private static final long LOOK_MILLIS = 50;

  /** The first pause after a failure; each further one doubles it up to the longest. */
  private static final long FIRST_REST_MILLIS = 500;

  static final long LONGEST_REST_MILLIS = 30_000;

  /** Without the store every pod renews for itself, and so it must not do so often. */
  private static final long ALONE_MILLIS = 10_000;

  /** The store counts as away after so long; a pod that starts needs a moment to reach it. */
  private static final long AWAY_MILLIS = 3000;

  /** The surroundings that a renewal needs. */
  record Surroundings(
      Vertx vertx,
      PlatformKeys keys,
      Platform platform,
      CredentialStore store,
      RenewalClock clock) {}

  /** @param exchangeMillis one call to the platform at most */
  record RenewalClock(PlatformClock platform, long exchangeMillis) {
    /** Two calls, as the first may be refused for something that can be mended. */
    long leaseMillis() {
      return 2 * exchangeMillis + 1000;
    }

    /** A lease to wait for the turn and one to use it; the third is for what the store takes. */
    long longestMillis() {
      return 3 * leaseMillis();
    }
  }

  private record Use(long version, long sinceMillis, long renewAtMillis) {}

  private final RenewalPlan plan;
  private final Surroundings with;
  private final Function<Remedy, Future<Boolean>> others;
  private final RenewalWatch watch;
  private final RequestIds ids = new RequestIds();
  private volatile Use use;
  private Future<Boolean> running;
  private long notAloneBeforeNanos = System.nanoTime() + nanos(AWAY_MILLIS);

  /** @param others mends what this renewal itself is refused for */
  Renewal(
      RenewalPlan plan,
      Surroundings with,
      Function<Remedy, Future<Boolean>> others,
      RenewalWatch watch) {
    this.plan = plan;
    this.with = with;
    this.others = others;
    this.watch = watch;
  }

  boolean isInUse() {
    return use != null;
  }

  /** The version in use; 0 when there is none. Later ones are higher, whichever credential's. */
  long version() {
    return use == null ? 0 : use.version();
  }

  /** True when what is in use now is of a later version than that; never fails. */
  Future<Boolean> laterThan(long version) {
    return version() > version ? Future.succeededFuture(true) : renew();
  }

  /** True when what is in use now came into use at that time or later; never fails. */
  Future<Boolean> newerThan(long millis) {
    return use != null && use.sinceMillis() >= millis ? Future.succeededFuture(true) : renew();
  }

  /** Looks what others have renewed, and renews what is about to end; never fails. */
  Future<Void> look() {
    return with.store()
        .newest(plan.what(), version())
        .onSuccess(newer -> {
          notAloneYet();
          newer.ifPresent(this::adopt);
        })
        .transform(looked -> isDue() ? renew().mapEmpty() : Future.succeededFuture());
  }

  private boolean isDue() {
    return use == null || System.currentTimeMillis() >= use.renewAtMillis();
  }

  private Future<Boolean> renew() {
    if (running != null) {
      return running;
    }
    Promise<Boolean> claimed = Promise.promise();
    Future<Boolean> renewed = claimed
        .future()
        .recover(fault -> {
          LOG.warn("renewal failed: {}, {}", plan.what().word(), fault.getMessage());
          return Future.succeededFuture(false);
        })
        .andThen((ended, never) -> running = null);
    running = renewed;
    // Not by timeout(): the store's futures know no event loop, and it would end on none of ours.
    long timer = with.vertx()
        .setTimer(with.clock().longestMillis(), late -> claimed.tryFail("it does not end"));
    claim(version(), System.nanoTime() + nanos(with.clock().leaseMillis()))
        .onComplete(claimed::tryComplete, claimed::tryFail)
        .onComplete(ended -> with.vertx().cancelTimer(timer));
    return renewed;
  }

  /** @param known the version that a later one is wanted of: a look may find it meanwhile */
  private Future<Boolean> claim(long known, long untilNanos) {
    return version() > known
        ? Future.succeededFuture(true)
        : with.store()
            .claim(plan.what(), known, with.clock().leaseMillis())
            .onSuccess(answered -> notAloneYet())
            .compose(turn -> take(turn, known, untilNanos), failure -> alone());
  }

  private void notAloneYet() {
    long soon = System.nanoTime() + nanos(AWAY_MILLIS);
    notAloneBeforeNanos = soon - notAloneBeforeNanos > 0 ? soon : notAloneBeforeNanos;
  }

  private Future<Boolean> take(Turn turn, long known, long untilNanos) {
    if (turn instanceof Turn.Newer newer) {
      return Future.succeededFuture(adopt(newer.kept()));
    }
    if (turn instanceof Turn.Ours ours) {
      return fetch().compose(lent -> keep(ours, lent), fault -> rest(ours, fault));
    }
    if (turn instanceof Turn.Resting || System.nanoTime() - untilNanos >= 0) {
      return Future.succeededFuture(false);
    }
    return with.vertx()
        .timer(LOOK_MILLIS, TimeUnit.MILLISECONDS)
        .compose(looked -> claim(known, untilNanos));
  }

  /** What came too late for the store is good all the same, until its next look. */
  private Future<Boolean> keep(Turn.Ours ours, Lent lent) {
    return with.store()
        .keep(plan.what(), ours.fence(), lent.value(), lent.lifeMillis())
        .transform(kept -> {
          boolean current = kept.failed() || kept.result();
          return current
              ? Future.succeededFuture(
                  adopt(new Kept(lent.value(), ours.fence(), lent.lifeMillis())))
              : laterThanOurs(ours);
        });
  }

  /** Never looks for itself: a look that finds the value due would wait for this renewal. */
  private Future<Boolean> laterThanOurs(Turn.Ours ours) {
    return with.store()
        .newest(plan.what(), version())
        .onSuccess(newer -> newer.ifPresent(this::adopt))
        .transform(looked -> Future.succeededFuture(version() > ours.fence()));
  }

  private Future<Boolean> rest(Turn.Ours ours, Throwable fault) {
    watch.renewed(plan.what(), false);
    long longest =
        Math.min(FIRST_REST_MILLIS << Math.min(ours.failures(), 10), LONGEST_REST_MILLIS);
    long millis = longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2);
    return with.store()
        .rest(plan.what(), ours.fence(), millis)
        .transform(done -> Future.failedFuture(fault));
  }

  private Future<Boolean> alone() {
    if (System.nanoTime() - notAloneBeforeNanos < 0) {
      return Future.succeededFuture(false);
    }
    notAloneBeforeNanos = System.nanoTime() + nanos(ALONE_MILLIS);
    LOG.warn("renewal local: {}, shared store unavailable", plan.what().word());
    return fetch()
        .map(lent -> adopt(new Kept(lent.value(), version(), lent.lifeMillis())))
        .onFailure(fault -> watch.renewed(plan.what(), false));
  }

  private Future<Lent> fetch() {
    // Of this loop: a future that knows none would wait, and go on, on a thread of Netty's.
    Promise<Answer> last = ((ContextInternal) with.vertx().getOrCreateContext()).promise();
    ask()
        .compose(answer -> others
            .apply(refusedFor(answer))
            .compose(remedied -> remedied ? ask() : Future.succeededFuture(answer)))
        .onComplete(last);
    return last.future()
        .timeout(with.clock().leaseMillis(), TimeUnit.MILLISECONDS)
        .map(plan::read)
        .onSuccess(lent -> watch.renewed(plan.what(), true));
  }

  private Future<Answer> ask() {
    return with.platform().call(plan.message(this::value));
  }

  private static Remedy refusedFor(Answer answer) {
    return answer instanceof Answer.Spoken spoken
        ? Code.of(spoken.envelope().code()).remedy()
        : Remedy.NONE;
  }

  private String value(String name) {
    return switch (name) {
      case "upstream.apiKey" -> with.keys().forRenewals().apiKey();
      case "timestamp" -> Long.toString(with.clock().platform().at(System.currentTimeMillis()));
      case "requestId" -> ids.next();
      default -> granted(name);
    };
  }

  private String granted(String name) {
    for (Credential credential : Credential.values()) {
      if (credential.word().equals(name)) {
        return with.keys().granted(credential);
      }
    }
    return null;
  }

  /** First granted, then dated: what was signed before that time may have the old one. */
  private boolean adopt(Kept kept) {
    with.keys().grant(plan.what(), kept.value());
    long now = System.currentTimeMillis();
    use = new Use(kept.version(), now, renewAt(now, kept.leftMillis()));
    LOG.info("{} renewed, version {} is in use", plan.what().word(), kept.version());
    return true;
  }

  /** Pods draw lots who comes first; the store lets only that one through. */
  private long renewAt(long now, long leftMillis) {
    if (leftMillis < 0) {
      return Long.MAX_VALUE;
    }
    long before = Math.min(plan.life().renewBeforeMillis(), leftMillis / 2);
    return now + leftMillis - before + ThreadLocalRandom.current().nextLong(before / 4 + 1);
  }

  private static long nanos(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
