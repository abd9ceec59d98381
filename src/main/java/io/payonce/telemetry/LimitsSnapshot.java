package io.payonce.telemetry;

import io.payonce.limit.PodLimits;
import io.payonce.model.Account;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Shows operators how this pod's limits stand: of all accounts together, and of the worst breaker.
 *
 * @param breaker closed, open or half-open
 * @param limit sends that may be in flight
 * @param waiting fresh payments that wait for room
 * @param slowed merchants with a rate, on all pods; those of a named account behind its name
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

  /** @param pods the first one is that without a name */
  static LimitsSnapshot of(Map<Account, PodLimits> pods) {
    if (pods.isEmpty()) {
      return NONE;
    }
    List<PodLimits> accounts = List.copyOf(pods.values());
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
        pods.entrySet().stream()
            .flatMap(each -> each.getValue().slowed().stream()
                .map(merchant ->
                    each.getKey().isDefault() ? merchant : each.getKey() + "/" + merchant))
            .sorted()
            .toList(),
        accounts.stream().mapToLong(PodLimits::refused).sum(),
        accounts.stream().mapToLong(PodLimits::postponed).sum());
  }
}
