package io.payonce.limit;

import io.payonce.model.Account;
import io.payonce.redis.RedisLane;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Exchanges with the fleet, once a second, what one pod reports and learns: the fresh payments of
 * each account earn its budget, merchants slowed by others are slowed here, and so is known that
 * the platform reports. A second that Redis misses is lost, which errs on the side of sending less.
 */
public final class FleetExchange {
  private final Map<Account, PodLimits> pod;
  private final PlatformReports reports;
  private final Map<Account, FleetStore> stores = new HashMap<>();

  /** @param pod the limits of each account that this pod has */
  public FleetExchange(
      Map<Account, PodLimits> pod,
      PlatformReports reports,
      RedisLane lane,
      String podName,
      RetryBudget budget) {
    this.pod = pod;
    this.reports = reports;
    pod.keySet()
        .forEach(account -> stores.put(account, new FleetStore(lane, podName, account, budget)));
  }

  /** Never fails. However many accounts there are, one call learns of all. */
  public Future<Void> exchange() {
    Map<String, Long> reported = reports.news();
    List<Future<Void>> credits = stores.entrySet().stream()
        .map(each -> each.getValue().credit(pod.get(each.getKey()).merchants().second()))
        .toList();
    return Future.all(credits)
        .compose(credited -> stores.values().iterator().next().limited(reported))
        .<Void>map(known -> {
          pod.forEach(
              (account, limits) -> limits.merchants().limited(of(account, known.merchants())));
          reports.learned(known.reportedAgoMillis());
          return null;
        })
        .otherwise(missed -> {
          reports.unsent(reported.keySet());
          return null;
        });
  }

  /** No merchant's number has a slash: those of the account without a name have none. */
  private static List<String> of(Account account, List<String> names) {
    String prefix = FleetStore.named(account, "");
    return names.stream()
        .filter(name -> name.startsWith(prefix) && name.indexOf('/', prefix.length()) < 0)
        .map(name -> name.substring(prefix.length()))
        .collect(Collectors.toList());
  }
}
