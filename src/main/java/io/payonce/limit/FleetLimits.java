package io.payonce.limit;

import io.payonce.codes.Code;
import io.payonce.codes.Remedy;
import io.payonce.limit.Admission.Reason;
import io.payonce.model.Account;
import io.payonce.model.Answer;
import io.payonce.model.Operation;
import io.payonce.redis.RedisLane;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;

/**
 * Decides for one event loop whether a payment may be sent now, by the limits of the pod and of the
 * fleet, under one account's key. Guarantee: none of its futures fail; while Redis is unavailable
 * the pod's own limits go on.
 *
 * <p>Example: merchant M1 gets S04 on pod A. A lowers M1's rate in Redis, and within a second pod B
 * knows it too. A resend of M1 on B first draws from the fleet's retry budget, then waits its turn
 * in M1's rate; if that turn is too far off, the draw is given back and the payment stays held
 * until it.
 */
public final class FleetLimits implements Limits {
  /**
   * What a slowed merchant wants to send waits for its turn so long at most: bunches of callers are
   * spread, a steady excess is refused, and confirms and resends stand in the same line. At double,
   * callers wait for what they will not get.
   */
  private static final long LONGEST_TURN_MILLIS = 2000;

  /** Full, or a confirm too many: answers come within such a time. */
  private static final long FULL_PAUSE_MILLIS = 1000;

  private final Vertx vertx;
  private final PodLimits pod;
  private final FleetStore store;

  public FleetLimits(
      Vertx vertx,
      PodLimits pod,
      RedisLane lane,
      String podName,
      Account account,
      RetryBudget budget) {
    this.vertx = vertx;
    this.pod = pod;
    this.store = new FleetStore(lane, podName, account, budget);
  }

  @Override
  public Future<Admission> acquireFirstSend(String merchantId, Operation operation) {
    if (!pod.circuit().ask(Breaker.Call.FRESH, merchantId)) {
      return refuse(Reason.BROKEN, pod.circuit().pauseMillis(merchantId));
    }
    if (!pod.merchants().isLimited(merchantId)) {
      return enter(merchantId, operation);
    }
    return turn(merchantId).compose(pass -> {
      if (pass.granted()) {
        return enter(merchantId, operation);
      }
      pod.circuit().unused(Breaker.Call.FRESH, merchantId);
      return refuse(Reason.SLOWED, pass.waitMillis());
    });
  }

  private Future<Admission> enter(String merchantId, Operation operation) {
    long askedAtMillis = pod.circuit().nowMillis();
    return pod.room().enter(vertx).compose(entered -> {
      if (!entered) {
        pod.circuit().unused(Breaker.Call.FRESH, merchantId);
        return refuse(Reason.FULL, FULL_PAUSE_MILLIS);
      }
      return Future.succeededFuture(
          new Admission.Granted(new Place(merchantId, operation, askedAtMillis, false)));
    });
  }

  private Future<Admission> refuse(Reason why, long pauseMillis) {
    return Future.succeededFuture(pod.refuse(why, pauseMillis));
  }

  @Override
  public Future<Admission> acquireResend(String merchantId, Operation operation) {
    if (!pod.circuit().ask(Breaker.Call.QUIET, merchantId)) {
      return Future.succeededFuture(
          pod.postpone(Reason.BROKEN, pod.circuit().pauseMillis(merchantId)));
    }
    return store
        .draw()
        .compose(drawn -> drawn.granted()
            ? inTurn(merchantId, operation)
            : Future.succeededFuture(postponed(Reason.SPENT, drawn.waitMillis())));
  }

  private Future<Admission> inTurn(String merchantId, Operation operation) {
    return turn(merchantId).map(pass -> {
      if (!pass.granted()) {
        store.giveBack();
        return postponed(Reason.SLOWED, pass.waitMillis());
      }
      return place(merchantId, operation, pod.circuit().nowMillis());
    });
  }

  /** Complete when the turn has come, or is too far off. */
  private Future<FleetStore.Pass> turn(String merchantId) {
    if (!pod.merchants().isLimited(merchantId)) {
      return Future.succeededFuture(FleetStore.Pass.NOW);
    }
    return store
        .pass(merchantId, LONGEST_TURN_MILLIS)
        .compose(pass -> pass.granted() && pass.waitMillis() > 0
            ? vertx.timer(pass.waitMillis()).map(pass)
            : Future.succeededFuture(pass));
  }

  private Admission place(String merchantId, Operation operation, long askedAtMillis) {
    pod.room().enterUnlimited();
    return new Admission.Granted(new Place(merchantId, operation, askedAtMillis, true));
  }

  private Admission postponed(Reason why, long pauseMillis) {
    return pod.postpone(why, pauseMillis);
  }

  @Override
  public Future<Boolean> acquireCallRetry() {
    return store.draw().map(FleetStore.Pass::granted);
  }

  /** The turn comes first: who waits for it keeps no place from others. */
  @Override
  public Future<Optional<ConfirmPlace>> acquireConfirm(String merchantId) {
    return turn(merchantId)
        .map(pass -> pass.granted() ? pod.confirm(merchantId) : Optional.<ConfirmPlace>empty());
  }

  @Override
  public int confirms() {
    return pod.confirms();
  }

  @Override
  public boolean asksNow() {
    return pod.circuit().asksNow();
  }

  @Override
  public long putOffMillis(double chance) {
    return pod.putOffMillis(chance);
  }

  @Override
  public void putOff() {
    pod.putOff();
  }

  @Override
  public boolean mayLook() {
    return pod.circuit().mayLook();
  }

  @Override
  public void looked() {
    pod.circuit().looked();
  }

  @Override
  public void slowDown(String merchantId) {
    store.slow(merchantId, pod.merchants().takenPerSecond(merchantId)).onSuccess(slowed -> {
      if (slowed) {
        pod.merchants().limit(merchantId);
      }
    });
  }

  /** One send in flight. */
  private final class Place implements Permit {
    private final String merchantId;
    private final Operation operation;
    private final long askedAtMillis;
    private final boolean drawn;

    Place(String merchantId, Operation operation, long askedAtMillis, boolean drawn) {
      this.merchantId = merchantId;
      this.operation = operation;
      this.askedAtMillis = askedAtMillis;
      this.drawn = drawn;
    }

    @Override
    public void answered(Answer answer, long tookNanos) {
      pod.room().observed(operation, answer, tookNanos);
      // A payment counts once: its first send has judged.
      if (!drawn) {
        pod.circuit().observed(merchantId, answer, askedAtMillis);
      }
      if (answer instanceof Answer.Unsent) {
        giveBack();
        return;
      }
      if (!drawn) {
        pod.merchants().sent();
      }
      if (!(answer instanceof Answer.Spoken spoken
          && Code.of(spoken.envelope().code()).remedy() == Remedy.SLOW_DOWN)) {
        pod.merchants().taken(merchantId);
      }
    }

    @Override
    public void release() {
      pod.room().leave();
      pod.circuit().unused(drawn ? Breaker.Call.QUIET : Breaker.Call.FRESH, merchantId);
      giveBack();
    }

    /** A resend that was counted when it was decided on, and did not leave. */
    private void giveBack() {
      if (drawn) {
        store.giveBack();
      }
    }
  }
}
