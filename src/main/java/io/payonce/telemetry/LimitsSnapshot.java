package io.payonce.telemetry;

import io.payonce.limit.PodLimits;
import java.util.List;

/**
 * How this pod's limits stand, for operators.
 *
 * @param breaker closed, open or half-open
 * @param limit sends that may be in flight
 * @param waiting fresh payments that wait for room
 * @param slowed merchants with a rate, on all pods
 * @param refused fresh payments refused by a limit since the start
 * @param postponed resends put off since the start
 */
public record LimitsSnapshot(
    String host,
    String breaker,
    int limit,
    int inFlight,
    int waiting,
    List<String> slowed,
    long refused,
    long postponed) {
  static final LimitsSnapshot NONE = new LimitsSnapshot("", "closed", 0, 0, 0, List.of(), 0, 0);

  static LimitsSnapshot of(PodLimits pod) {
    return new LimitsSnapshot(
        pod.circuit().host(),
        pod.circuit().word(),
        pod.limit(),
        pod.inFlight(),
        pod.waiting(),
        pod.slowed().stream().sorted().toList(),
        pod.refused(),
        pod.postponed());
  }
}
