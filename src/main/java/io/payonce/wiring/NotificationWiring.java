package io.payonce.wiring;

import io.payonce.dns.HostNames;
import io.payonce.model.Account;
import io.payonce.outcome.NotificationFigures;
import io.payonce.outcome.NotificationSettings;
import io.payonce.outcome.Notifier;
import io.payonce.outcome.NotifyUrlGuard;
import io.payonce.outcome.http.HttpHooks;
import io.payonce.redis.RedisLane;
import io.payonce.settings.LiveSettings;
import io.payonce.settings.Settings;
import io.payonce.settings.source.Secret;
import io.payonce.telemetry.Metrics;
import io.payonce.tls.RuntimeTrust;
import io.payonce.worker.NotificationVerticle;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** Builds the parts that notify callers' hooks how payments ended. */
final class NotificationWiring {
  private final Vertx vertx;
  private final LiveSettings live;
  private final LedgerWiring ledger;
  private final ToLongFunction<Account> clock;
  private final NotificationFigures figures = new NotificationFigures();

  /** @param clock as right as the platform's own, whose handlers hooks have */
  NotificationWiring(
      Vertx vertx,
      LiveSettings live,
      LedgerWiring ledger,
      ToLongFunction<Account> clock,
      Metrics metrics) {
    this.vertx = vertx;
    this.live = live;
    this.ledger = ledger;
    this.clock = clock;
    metrics.notifications(figures);
  }

  /** False where no caller may be notified: there is no secret, or no host. */
  static boolean isOn(Settings settings) {
    Settings.Notify notify = settings.notifications();
    return notify.secret().isPresent() && !notify.allowHosts().isEmpty();
  }

  Optional<NotificationVerticle> verticle(LocalOutcomeSignal outcomes) {
    if (!isOn(live.first())) {
      return Optional.empty();
    }
    Settings.Notify notify = live.first().notifications();
    NotificationSettings settings = new NotificationSettings(
        new NotifyUrlGuard(notify.allowHosts()), this::secret, notify.giveUpMs());
    RuntimeTrust.authorities(); // read here, where no call waits
    NotificationVerticle verticle =
        new NotificationVerticle(() -> tools(settings), figures, ledger::pods);
    outcomes.listen(verticle::announced);
    return Optional.of(verticle);
  }

  private byte[] secret(Account account) {
    Settings now = live.current();
    return AccountKeys.named(now, account)
        .flatMap(Settings.Account::notifySecret)
        .or(() -> now.notifications().secret())
        .map(Secret::value)
        .orElseThrow()
        .getBytes(StandardCharsets.UTF_8);
  }

  private NotificationVerticle.Tools tools(NotificationSettings settings) {
    RedisLane lane = ledger.laneForRounds();
    var outbox = ledger.outbox(lane);
    HttpHooks hooks = new HttpHooks(
        vertx, settings, HostNames.ofThisMachine(), RuntimeTrust.authorities(), clock);
    Notifier notifier = new Notifier(
        outbox,
        hooks,
        settings,
        figures,
        () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()),
        () -> ThreadLocalRandom.current().nextDouble());
    return new NotificationVerticle.Tools(
        outbox, notifier, () -> hooks.close().eventually(lane::close));
  }
}
