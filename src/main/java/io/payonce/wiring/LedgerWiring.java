package io.payonce.wiring;

import io.payonce.ledger.journal.RedisOutbox;
import io.payonce.ledger.journal.RedisOutcomeJournal;
import io.payonce.ledger.maintenance.Auditor;
import io.payonce.ledger.maintenance.Charter;
import io.payonce.ledger.maintenance.KeyAgreement;
import io.payonce.ledger.maintenance.MarkedForms;
import io.payonce.ledger.maintenance.RedisAbilities;
import io.payonce.ledger.redis.HomePlatform;
import io.payonce.ledger.redis.LedgerEpochs;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.ledger.redis.LocalClock;
import io.payonce.ledger.redis.RedisLedger;
import io.payonce.ledger.redis.RedisLedgerAdmin;
import io.payonce.ledger.redis.ScriptRunner;
import io.payonce.ledger.sealing.EncryptionKeyRing;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.Ability;
import io.payonce.model.Account;
import io.payonce.model.Scope;
import io.payonce.model.SessionPolicy;
import io.payonce.model.Whose;
import io.payonce.outcome.Outbox;
import io.payonce.outcome.OutcomeJournal;
import io.payonce.redis.LockedLane;
import io.payonce.redis.PrefixedLane;
import io.payonce.redis.RedisLane;
import io.payonce.redis.RedisSettings;
import io.payonce.redis.failure.RedisBulletin;
import io.payonce.renewal.CredentialStore;
import io.payonce.renewal.RedisCredentialStore;
import io.payonce.settings.LiveSettings;
import io.payonce.settings.Settings;
import io.payonce.telemetry.LedgerState;
import io.payonce.telemetry.Metrics;
import io.payonce.telemetry.RedisHealth;
import io.payonce.telemetry.TimedLane;
import io.payonce.worker.AbilitiesVerticle;
import io.payonce.worker.AuditVerticle;
import io.payonce.worker.CharterVerticle;
import io.payonce.worker.PeriodicVerticle;
import io.payonce.worker.Surveyor;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Builds the parts that work on Redis, and holds what a pod's event loops share of it: whether the
 * ledger is open to them, with which keys, and what is wrong.
 */
final class LedgerWiring {
  /** Two small files; a pod that learns of a key late delays its change for all others. */
  private static final long KEY_WATCH_MILLIS = 1000;

  /** A replica on the same network answers in a millisecond; a second is an outage. */
  private static final Duration REPLICA_WAIT = Duration.ofMillis(500);

  /** Operators have a day at least to have sent again what was given up. */
  private static final long LEAST_UNDELIVERED_MILLIS = 86_400_000;

  /** After its drain, a pod's last calls to the platform end. */
  private static final long AFTER_DRAIN_MILLIS = 30_000;

  private final Vertx vertx;
  private final Settings settings;
  private final Metrics metrics;
  private final LocalClock.PlatformTime clock;
  private final RedisAbilities abilities;
  private final MarkedForms forms;
  private final RecordKeyFiles keyFiles;
  private final EncryptionKeyRing keys;
  private final LedgerState state;
  private final HomePlatform home;
  private final LedgerEpochs epochs = new LedgerEpochs();
  private final RedisBulletin bulletin;
  private final RedisHealth health;

  /** @param podName names this pod among those on the ledger */
  LedgerWiring(
      Vertx vertx,
      LiveSettings live,
      Metrics metrics,
      LocalClock.PlatformTime clock,
      String podName) {
    this.vertx = vertx;
    this.settings = live.first();
    this.metrics = metrics;
    this.clock = clock;
    bulletin = new RedisBulletin(metrics::redisFailed, System::nanoTime);
    health = new RedisHealth(
        bulletin, settings.redis().minReplicas(), settings.redis().allowUnsafe(), isEmbedded());
    home = new HomePlatform(
        settings.upstream().platform(),
        settings.accounts().stream().map(Settings.Account::name).collect(Collectors.toSet()),
        settings.recovery().deadlineMs(),
        settings.recovery().leaseMs(),
        System::nanoTime);
    abilities = new RedisAbilities(podName, quietMillis(), System::nanoTime);
    forms = new MarkedForms(abilities, System::nanoTime, isEmbedded(), epochs::known);
    keyFiles = new RecordKeyFiles(live);
    keys = keyFiles.keys().namedWhile(() -> abilities.all(Ability.KEYS));
    state = new LedgerState(keys);
  }

  /** Follows the keys' files, and shows what there is to see. */
  void start() {
    keyFiles.watch(vertx, KEY_WATCH_MILLIS);
    abilities.preferring(keys::preferred);
    metrics.ledger().redis(health);
    metrics.ledger().strangers(home::strangers);
    metrics.ledger().lapses(epochs::lapses, epochs::asking);
    metrics.ledger().keys(state);
  }

  /** Pods of other versions are given as long for their drain as this one. */
  private long quietMillis() {
    return isEmbedded()
        ? 0
        : Math.max(RedisAbilities.QUIET_MILLIS, settings.server().drainMs() + AFTER_DRAIN_MILLIS);
  }

  private boolean isEmbedded() {
    return redis(settings).mode() == RedisSettings.Mode.EMBEDDED;
  }

  static RedisSettings redis(Settings settings) {
    Settings.Redis redis = settings.redis();
    return new RedisSettings(
        RedisSettings.Mode.valueOf(redis.mode().toUpperCase(Locale.ROOT)),
        redis.uris(),
        redis.sentinelMaster(),
        Duration.ofSeconds(2),
        Duration.ofMillis(redis.callTimeoutMs()),
        redis.caFile());
  }

  /** For a ledger that remembers nothing: no question whether it fits is needed. */
  void withoutCharter() {
    state.chartered(true);
    forms.marked();
  }

  /** Whether it may be read and written. */
  boolean isOpen() {
    return state.isOpen();
  }

  /** Under whose key a payment was sent whose record names that platform. */
  Whose whose(String platform) {
    return home.whose(platform);
  }

  /** For the admin port: how Redis is. */
  RedisHealth health() {
    return health;
  }

  /** Called on the event loop that will use it, as all that opens a lane. */
  RedisLane lane() {
    return timed(RedisLane.open(vertx, redis(settings), bulletin));
  }

  /** The same for who asks by himself, again and again. */
  RedisLane laneForRounds() {
    return timed(openForRounds());
  }

  private RedisLane openForRounds() {
    return RedisLane.openForRounds(vertx, redis(settings), bulletin);
  }

  private RedisLane timed(RedisLane opened) {
    return new TimedLane(locked(opened), metrics, bulletin);
  }

  private RedisLane locked(RedisLane opened) {
    return new LockedLane(prefixed(opened), state::isOpen, bulletin);
  }

  private RedisLane prefixed(RedisLane opened) {
    return new PrefixedLane(opened, settings.redis().keyPrefix());
  }

  RedisLedger open(RedisLane lane) {
    return new RedisLedger(
        lane, sealer(), ledgerSettings(), LocalClock.of(vertx, clock), forms, metrics.ends());
  }

  RedisLedgerAdmin ledgerAdmin(RedisLane lane) {
    return new RedisLedgerAdmin(lane, sealer(), ledgerSettings(), forms, metrics.ends());
  }

  OutcomeJournal journal(RedisLane lane) {
    return new RedisOutcomeJournal(new ScriptRunner(lane, ledgerSettings()));
  }

  /** What callers are to be notified of. */
  Outbox outbox(RedisLane lane) {
    LedgerSettings all = ledgerSettings();
    return new RedisOutbox(lane, sealer(), all, forms, all.noticeMillis());
  }

  /** How many pods have this ledger. */
  int pods() {
    return abilities.pods();
  }

  CredentialStore credentials(RedisLane lane, Account account) {
    String issuer = home.of(account);
    return new RedisCredentialStore(lane, sealer(), issuer, () -> issuer.equals(home.first()));
  }

  AuditVerticle.Tools audit() {
    RedisLane lane = locked(openForRounds());
    return new AuditVerticle.Tools(lane, new Auditor(lane, ledgerSettings(), keys));
  }

  /** One a pod. */
  AbilitiesVerticle abilities() {
    return new AbilitiesVerticle(this::laneForRounds, this::fleet, state::isOpen);
  }

  private AbilitiesVerticle.Fleet fleet(RedisLane lane) {
    LedgerSettings settings = ledgerSettings();
    RedisLedger ledger = open(lane);
    return new AbilitiesVerticle.Fleet(
        () -> abilities.announce(lane, settings),
        () -> abilities.lookAround(ledger),
        () -> abilities.leave(lane, settings));
  }

  /** One a pod, before all others. */
  CharterVerticle charter() {
    Charter.Wanted wanted = new Charter.Wanted(
        settings.upstream().name().isEmpty(), settings.redis().keyPrefix(), scope());
    return new CharterVerticle(
        () -> prefixed(openForRounds()),
        lane ->
            new Charter(lane, ledgerSettings(), wanted, LocalClock.of(vertx).pause()::apply, forms),
        lane -> new KeyAgreement(lane, ledgerSettings(), keys, abilities),
        state,
        health);
  }

  /** One a pod. */
  PeriodicVerticle survey() {
    return new PeriodicVerticle(
        Surveyor.PAUSE_MILLIS,
        () -> prefixed(openForRounds()),
        lane -> new Surveyor(health, lane, state::chartered)::look);
  }

  /** One for each event loop, of the pod's keys. */
  private Sealer sealer() {
    return new Sealer(keys);
  }

  /** It names records: what it was at the start. */
  Scope scope() {
    return Scope.of(settings.orders().scope());
  }

  static SessionPolicy sessions(Settings of) {
    return SessionPolicy.valueOf(of.orders().sessions().toUpperCase(Locale.ROOT));
  }

  private LedgerSettings ledgerSettings() {
    return new LedgerSettings(
        new LedgerSettings.Lives(
            settings.recovery().leaseMs(),
            settings.ledger().retentionMs(),
            settings.ledger().tombstoneMs(),
            LedgerSettings.BEGIN_NOT_AFTER_MILLIS,
            settings.outcomes().retentionMs(),
            settings.notifications().giveUpMs()
                + Math.max(LEAST_UNDELIVERED_MILLIS, settings.ledger().tombstoneMs())),
        new LedgerSettings.Durability(settings.redis().minReplicas(), REPLICA_WAIT),
        new LedgerSettings.Orders(
            settings.orders().onePayment(),
            Set.copyOf(settings.orders().splitMerchants()),
            sessions(settings) != SessionPolicy.ALLOW),
        home,
        epochs);
  }
}
