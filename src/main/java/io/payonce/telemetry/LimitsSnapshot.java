package io.payonce.telemetry;

import io.payonce.limit.PodLimits;
import java.util.Comparator;
import java.util.List;

/**
 * Shows operators how this pod's limits stand: of all accounts together, and of the worst breaker.
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

  /** @param accounts the first one is that without a name */
  static LimitsSnapshot of(List<PodLimits> accounts) {
    if (accounts.isEmpty()) {
      return NONE;
    }
    PodLimits worst = accounts.stream()
        .filter(pod -> pod.circuit().figure() != 0)
        .min(Comparator.comparingInt(pod -> pod.circuit().figure()))
        .orElse(accounts.get(0));
    return new LimitsSnapshot(
        worst.circuit().host(),
        worst.circuit().word(),
        accounts.stream().mapToInt(PodLimits::limit).sum(),
        accounts.stream().mapToInt(PodLimits::inFlight).sum(),
        accounts.stream().mapToInt(PodLimits::waiting).sum(),
        accounts.stream()
            .flatMap(pod -> pod.slowed().stream())
            .distinct()
            .sorted()
            .toList(),
        accounts.stream().mapToLong(PodLimits::refused).sum(),
        accounts.stream().mapToLong(PodLimits::postponed).sum());
  }
}
