package io.payonce.renewal;

import io.payonce.codes.Remedy;
import io.payonce.credentials.Credential;
import io.payonce.credentials.Credentials;
import io.payonce.credentials.PlatformKeys;
import io.payonce.platform.Platform;
import io.payonce.platform.PlatformClock;
import io.payonce.renewal.Renewal.RenewalClock;
import io.payonce.renewal.Renewal.Surroundings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Renews credentials by configured calls, for all event loops of this pod and with the other pods.
 * Lives on the event loop it was started on; payments ask from theirs.
 */
public final class Renewals implements Credentials {
  /**
   * How soon a pod uses what another renewed. At half, idle pods ask Redis twice as often; at
   * double, twice as many payments meet the old value first, and cost a resend.
   */
  private static final long LOOK_MILLIS = 1000;

  /** A payment's worker waits no longer; its lease and its caller have other plans by then. */
  private static final long PATIENCE_MILLIS = 5000;

  private final List<RenewalPlan> plans;
  private final PlatformKeys keys;
  private final PlatformClock clock;
  private final RenewalWatch watch;
  private final Map<Credential, Renewal> renewals = new EnumMap<>(Credential.class);
  private Future<Boolean> getting;
  private volatile Home home;

  private record Home(Vertx vertx, Context context) {}

  /** @param plans one for each credential that can be renewed */
  public Renewals(
      List<RenewalPlan> plans, PlatformKeys keys, PlatformClock clock, RenewalWatch watch) {
    this.plans = List.copyOf(plans);
    this.keys = keys;
    this.clock = clock;
    this.watch = watch;
  }

  /**
   * Called on the event loop that renewals live on.
   *
   * @param platform with credentials that need no renewal
   * @param exchangeMillis how long one call to it may take
   */
  public void start(Vertx vertx, Platform platform, CredentialStore store, long exchangeMillis) {
    Surroundings surroundings =
        new Surroundings(vertx, keys, platform, store, new RenewalClock(clock, exchangeMillis));
    for (RenewalPlan plan : plans) {
      renewals.put(
          plan.what(),
          new Renewal(plan, surroundings, remedy -> before(plan.what(), remedy), watch));
    }
    home = new Home(vertx, vertx.getOrCreateContext());
    look();
  }

  /** Called on the same event loop; what is under way runs out. */
  public void stop() {
    home = null;
  }

  @Override
  public boolean isReady() {
    return home != null && renewals.values().stream().allMatch(Renewal::isInUse);
  }

  @Override
  public Future<Boolean> ready() {
    return isReady() ? Future.succeededFuture(true) : atHome(this::getMissing);
  }

  /** A thousand payments that wait for the first session wait for one look. */
  private Future<Boolean> getMissing() {
    if (getting == null) {
      Promise<Boolean> got = Promise.promise();
      getting = got.future();
      got.future().onSuccess(done -> getting = null);
      lookAt(all()).onComplete(looked -> got.complete(isReady()));
      return got.future();
    }
    return getting;
  }

  @Override
  public Future<Boolean> renew(Remedy remedy, long signedAtMillis) {
    return atHome(() -> at(remedy, signedAtMillis));
  }

  private Future<Boolean> at(Remedy remedy, long signedAtMillis) {
    return remedy == Remedy.RENEW_TMK
        ? masterKey(signedAtMillis)
        : Credential.curedBy(remedy)
            .map(what -> newerThan(what, signedAtMillis))
            .orElse(Future.succeededFuture(false));
  }

  /** A working key was lent under the old master key, so it is renewed after it. */
  private Future<Boolean> masterKey(long signedAtMillis) {
    return newerThan(Credential.TMK, signedAtMillis)
        .compose(renewed -> renewed && renewals.containsKey(Credential.WORKING_KEY)
            ? newerThan(Credential.WORKING_KEY, signedAtMillis)
                .compose(newer -> newer ? followMasterKey() : Future.succeededFuture(false))
            : Future.succeededFuture(renewed));
  }

  private Future<Boolean> newerThan(Credential what, long millis) {
    Renewal renewal = renewals.get(what);
    return renewal == null ? Future.succeededFuture(false) : renewal.newerThan(millis);
  }

  /** Only those before it, or two renewals might wait for each other. */
  private Future<Boolean> before(Credential what, Remedy remedy) {
    return Credential.curedBy(remedy)
        .filter(needed -> needed.compareTo(what) < 0)
        .map(needed -> newerThan(needed, System.currentTimeMillis()))
        .orElse(Future.succeededFuture(false));
  }

  private void look() {
    Home here = home;
    if (here != null) {
      // Within a step: what throws fails like what fails, and the next look comes.
      Future.<Void>succeededFuture()
          .compose(begin -> lookAt(all()))
          .compose(looked -> followMasterKey())
          .onComplete(looked -> here.vertx().setTimer(LOOK_MILLIS, again -> look()));
    }
  }

  /** Also when the master key was renewed before its end, by us or by another pod. */
  private Future<Boolean> followMasterKey() {
    Renewal master = renewals.get(Credential.TMK);
    Renewal working = renewals.get(Credential.WORKING_KEY);
    return master == null || !master.isInUse() || working == null
        ? Future.succeededFuture(false)
        : working.laterThan(master.version());
  }

  private List<Renewal> all() {
    return List.copyOf(renewals.values());
  }

  private static Future<Void> lookAt(List<Renewal> left) {
    return left.isEmpty()
        ? Future.succeededFuture()
        : left.get(0).look().compose(looked -> lookAt(left.subList(1, left.size())));
  }

  /** Does it where renewals live, and answers the caller where the caller lives. */
  private Future<Boolean> atHome(Supplier<Future<Boolean>> work) {
    Home here = home;
    if (here == null) {
      return Future.succeededFuture(false);
    }
    Context callers = here.vertx().getOrCreateContext();
    Promise<Boolean> answered = Promise.promise();
    here.context()
        .runOnContext(arrived -> work.get()
            .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
            .otherwise(false)
            .onSuccess(renewed -> callers.runOnContext(back -> answered.complete(renewed))));
    return answered.future();
  }
}
