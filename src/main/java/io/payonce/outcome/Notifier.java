package io.payonce.outcome;

import io.payonce.model.PaymentId;
import io.payonce.outcome.NotificationFigures.Result;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies a caller's hook how a payment ended: claims the notification, sends it, writes down what
 * came of it. Whatever dies in between, the lease ends and another repeats it: at least once, and
 * in order, for the next one of a payment can be claimed only when this one is taken or given up.
 * One for each event loop; not thread-safe.
 */
public final class Notifier {
  private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

  /** How many a pod sends at a time, at most. */
  public static final int MOST_AT_ONCE = HookLoad.MOST;

  /**
   * A connection takes 5 s at most, TLS as much, an answer 11; the rest is Redis' and the event
   * loop's.
   */
  static final long LEASE_MILLIS = 30_000;

  /** What was claimed longer ago may be another's before its answer comes: its lease just ends. */
  private static final long STALE_MILLIS = 3000;

  /** What was given up is said once for each host in that time: the list has all. */
  private static final long QUIET_MILLIS = 600_000;

  private static final int MOST_SAID = 100;

  private final Outbox outbox;
  private final Hooks hooks;
  private final NotificationSettings settings;
  private final NotificationFigures figures;
  private final LongSupplier millis;
  private final DoubleSupplier chance;
  private final HookLoad load = new HookLoad();
  private final Map<String, Long> saidMillis = new LinkedHashMap<>();

  /**
   * @param millis a clock that only goes on
   * @param chance from 0 to 1
   */
  public Notifier(
      Outbox outbox,
      Hooks hooks,
      NotificationSettings settings,
      NotificationFigures figures,
      LongSupplier millis,
      DoubleSupplier chance) {
    this.outbox = outbox;
    this.hooks = hooks;
    this.settings = settings;
    this.figures = figures;
    this.millis = millis;
    this.chance = chance;
  }

  /** Does what is due of a payment now. Fails only when the ledger does not answer. */
  public Future<Void> deliver(PaymentId id) {
    long asked = millis.getAsLong();
    return outbox
        .claim(id, LEASE_MILLIS)
        .compose(claimed -> claimed
            .filter(notice -> millis.getAsLong() - asked <= STALE_MILLIS)
            .map(this::attempt)
            .orElse(Future.succeededFuture(false)))
        .compose(next -> next ? deliver(id) : Future.succeededFuture());
  }

  /** How many are on their way. */
  public int inFlight() {
    return load.inFlight();
  }

  private Future<Boolean> attempt(Notice notice) {
    if (notice.account() == null) {
      return leaveToOthers(notice);
    }
    if (notice.url() == null) {
      return failed(notice, null, HookFailure.UNREADABLE.name());
    }
    Optional<HookUrl> target = settings.guard().target(notice.url());
    if (target.isEmpty()) {
      figures.count(Result.REFUSED);
      return failed(notice, null, HookFailure.NOT_ALLOWED.name());
    }
    HookUrl url = target.get();
    byte[] body = NotificationBody.of(notice);
    long waits = load.admit(url.place(), millis.getAsLong());
    return waits == 0 ? send(notice, url, body) : turnBack(notice, url, waits);
  }

  /**
   * For a pod that has its secret. Once all its time is over, such a pod has one lease more to take
   * it; then there is none, and operators must see that.
   */
  private Future<Boolean> leaveToOthers(Notice notice) {
    if (!notice.isOlderThan(settings.giveUpMillis())) {
      return outbox.postpone(notice, LEASE_MILLIS).map(false);
    }
    String why = HookFailure.NO_ACCOUNT.name();
    return notice.tries().failed() == 0
        ? outbox.again(notice, LEASE_MILLIS, why).map(false)
        : giveUp(notice, "hooks of an account that no pod has", why);
  }

  private Future<Boolean> send(Notice notice, HookUrl url, byte[] body) {
    return hooks.post(url, notice, body).compose(answer -> {
      load.ended(
          url.place(),
          !answer.isOfHost(),
          answer.millis(),
          millis.getAsLong(),
          chance.getAsDouble());
      if (answer.isTaken()) {
        figures.count(Result.DELIVERED);
        return outbox.delivered(notice, "notification taken by " + url.host());
      }
      figures.count(answer.failure() == HookFailure.NOT_ALLOWED ? Result.REFUSED : Result.FAILED);
      return failed(notice, url, answer.word());
    });
  }

  /** Its host has no place, or rests; who has waited too long for it has waited long enough. */
  private Future<Boolean> turnBack(Notice notice, HookUrl url, long waitMillis) {
    if (notice.tries().failed() > 0 && notice.isOlderThan(settings.giveUpMillis())) {
      return giveUp(notice, url.host(), notice.tries().lastWhy());
    }
    return outbox
        .postpone(notice, waitMillis + (long) (waitMillis * chance.getAsDouble()))
        .map(false);
  }

  private Future<Boolean> failed(Notice notice, HookUrl url, String why) {
    if (notice.isOlderThan(settings.giveUpMillis())) {
      return giveUp(notice, url == null ? "a host that it may not go to" : url.host(), why);
    }
    LOG.debug("notification not taken: {}, {}", notice, why);
    long pause = NotificationPace.pauseMillis(notice.tries().failed() + 1, chance.getAsDouble());
    return outbox.again(notice, pause, why).map(false);
  }

  private Future<Boolean> giveUp(Notice notice, String where, String why) {
    figures.count(Result.GIVEN_UP);
    warn(where, notice.id(), why);
    return outbox.giveUp(notice, why, "notification given up: " + why);
  }

  private void warn(String where, PaymentId id, String why) {
    long now = millis.getAsLong();
    saidMillis.values().removeIf(then -> now - then > QUIET_MILLIS);
    if (saidMillis.size() < MOST_SAID && saidMillis.putIfAbsent(where, now) == null) {
      LOG.warn("notifications given up: to {}, of {} first, {}; see undelivered", where, id, why);
    }
  }
}
