package io.payonce.limit;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Holds the limits of one account that all event loops of a pod share; they are shown on the ops
 * page.
 */
public final class PodLimits {
  /**
   * Of what the platform can take from this pod, confirms take at most a part: fresh payments would
   * else starve, and confirms have connections of their own, so that they do not either.
   */
  private static final int CONFIRMS_PART = 4;

  private final PodBreaker circuit;
  private final ConcurrencyLimiter room;
  private final MerchantTraffic merchants = new MerchantTraffic();
  private final ConfirmRoom confirms;
  private final PutOff putOff = new PutOff();
  private final LongAdder postponed = new LongAdder();
  private final LongAdder refused = new LongAdder();

  /**
   * @param mostInFlight sends in flight that are never exceeded, except by resends
   * @param nowMillis a clock that never goes back
   */
  public PodLimits(String host, int mostInFlight, LongSupplier nowMillis) {
    circuit = new PodBreaker(host, nowMillis);
    room = new ConcurrencyLimiter(mostInFlight, nowMillis);
    confirms = new ConfirmRoom(mostInFlight / CONFIRMS_PART, nowMillis);
  }

  public PodBreaker circuit() {
    return circuit;
  }

  /** Sends that may be in flight now; never below {@link AdaptiveLimit#FLOOR} unless configured. */
  public int limit() {
    return room.limit();
  }

  public int inFlight() {
    return room.inFlight();
  }

  public int waiting() {
    return room.waiting();
  }

  /** Merchants with a rate. */
  public Set<String> slowed() {
    return merchants.limited();
  }

  /** Resends and reissues put off so far. */
  public long postponed() {
    return postponed.sum();
  }

  /** Fresh payments refused so far. */
  public long refused() {
    return refused.sum();
  }

  ConcurrencyLimiter room() {
    return room;
  }

  MerchantTraffic merchants() {
    return merchants;
  }

  Admission refuse(Admission.Reason why, long pauseMillis) {
    refused.increment();
    return new Admission.Refused(why, pauseMillis);
  }

  Admission postpone(Admission.Reason why, long pauseMillis) {
    postponed.increment();
    return new Admission.Refused(why, pauseMillis);
  }

  /** A place for a question about a payment of this merchant, if there is one. */
  Optional<ConfirmPlace> confirm(String merchantId) {
    return confirms.enter(merchantId, room.limit() / CONFIRMS_PART);
  }

  /** How many such places there are now. */
  int confirms() {
    return confirms.places(room.limit() / CONFIRMS_PART);
  }

  /** See {@link Limits#putOffMillis}. */
  synchronized long putOffMillis(double chance) {
    return circuit.isWorthALook() ? 0 : putOff.millis(circuit.nowMillis(), chance);
  }

  /** See {@link Limits#putOff}. */
  synchronized void putOff() {
    putOff.met(circuit.nowMillis());
  }
}
