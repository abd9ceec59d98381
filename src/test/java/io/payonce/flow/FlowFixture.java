package io.payonce.flow;

import io.payonce.flow.port.FlowSettings;
import io.payonce.flow.port.OutcomeSignal;
import io.payonce.flow.port.PlatformRetryAfter;
import io.payonce.flow.port.RetryHint;
import io.payonce.flow.port.Sightings;
import io.payonce.flow.port.Time;
import io.payonce.ledger.BeginResult;
import io.payonce.ledger.Deferral;
import io.payonce.ledger.FakeLedger;
import io.payonce.ledger.FakeStore;
import io.payonce.ledger.NewPayment;
import io.payonce.ledger.redis.HomePlatform;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.model.Intent;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;
import io.payonce.recovery.Stage;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What tests of flows stand on: a time that a test lets pass, a fake ledger that goes by it, and no
 * listeners. Waiting is refused; a fixture whose callers wait says how.
 */
public class FlowFixture implements Time, OutcomeSignal, RetryHint, Unheard {
  public static final long DAWN_MILLIS = 1_800_000_000_000L;
  public static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
  public static final FlowSettings SETTINGS = with(FlowSettings.Orders.USUAL);

  public final FakeStore store;
  public final FakeLedger ledger;

  /** How far the ledger's clock has jumped ahead. */
  public long ledgerAheadMillis;

  /** How far the clock of this process and of the platform is ahead of the true time. */
  public long wallAheadMillis;

  private final AtomicLong passedMillis;
  private final PlatformRetryAfter comeAgain = new PlatformRetryAfter(this::nanos);
  private Sightings sightings = new Sightings(this::nanos);

  public FlowFixture() {
    this(new AtomicLong(), null, new HomePlatform("platform", 600_000, 15_000, System::nanoTime));
  }

  /** @param shared another fixture's ledger, or null for one of its own */
  protected FlowFixture(AtomicLong passedMillis, FakeStore shared, HomePlatform home) {
    this(passedMillis, shared, settings(home));
  }

  protected FlowFixture(AtomicLong passedMillis, FakeStore shared, LedgerSettings settings) {
    this.passedMillis = passedMillis;
    store = shared == null ? new FakeStore(() -> nowMillis() + ledgerAheadMillis) : shared;
    ledger = new FakeLedger(store, settings, () -> nowMillis() + wallAheadMillis, this::nanos);
  }

  public static FlowSettings with(FlowSettings.Orders orders) {
    return new FlowSettings(
        20_000, 14_000, new FlowSettings.Recovery(500, 30_000, 3, true, false, 600_000), orders);
  }

  public static LedgerSettings settings(HomePlatform home) {
    return LedgerSettings.of(15_000, DAY_MILLIS, DAY_MILLIS).with(home);
  }

  public long nowMillis() {
    return DAWN_MILLIS + passedMillis.get();
  }

  public void pass(long millis) {
    passedMillis.addAndGet(millis);
  }

  /** As a process does that starts anew: it has seen nothing yet. */
  public void forgetSightings() {
    sightings = new Sightings(this::nanos);
  }

  /** Begins a payment whose first send may leave. */
  public Intent begin(PaymentId id, Operation operation, String order, byte[] body) {
    BeginResult begun = ledger
        .begin(NewPayment.plain(new PaymentRef(id, order, "print"), operation, body, 20_000))
        .result();
    return ((BeginResult.Begun) begun).intent();
  }

  /** Its worker puts it off in this stage. */
  public void defer(Intent intent, String stage, String history) {
    Deferral deferral = new Deferral(Stage.read(stage, history), 1, null, 1, "deferred");
    if (!ledger.defer(intent.lease(), deferral).result()) {
      throw new AssertionError("somebody else has " + intent.lease().id());
    }
  }

  @Override
  public long nanos() {
    return nowMillis() * 1_000_000;
  }

  @Override
  public double chance() {
    return 0.5;
  }

  @Override
  public Sightings sightings() {
    return sightings;
  }

  @Override
  public PlatformRetryAfter comeAgain() {
    return comeAgain;
  }

  @Override
  public Future<Void> pause(long millis) {
    throw new UnsupportedOperationException("no call waits here");
  }

  @Override
  public Future<Void> awaitChange(PaymentId id, long atMostMillis) {
    throw new UnsupportedOperationException("no call waits here");
  }

  @Override
  public void announce(PaymentId id) {}

  @Override
  public void schedule(long millis, PaymentId id) {}
}
