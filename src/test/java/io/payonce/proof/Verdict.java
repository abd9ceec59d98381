package io.payonce.proof;

import io.payonce.sandbox.bank.Charge;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The platform's books against what every caller was answered.
 *
 * @param waiting without a last word, but the ledger has the time at which a pod asks again: a send
 *     that is not accounted for ends only with its window
 * @param losses without a last word, and no pod will ever ask
 */
record Verdict(
    int payments,
    int charges,
    List<String> doubles,
    List<String> waiting,
    List<String> losses,
    List<String> contradictions) {
  static Verdict of(
      Load load,
      Collection<PaymentLog> baskets,
      List<Charge> charges,
      Predicate<PaymentLog> lookedAfter) {
    Map<String, List<Charge>> byOrder = charges.stream()
        .filter(charge -> charge.type().equals("SALE"))
        .collect(Collectors.groupingBy(Charge::order));
    List<String> doubles = new ArrayList<>();
    byOrder.forEach((order, its) -> {
      if (its.size() > 1) {
        doubles.add(order + " " + its);
      }
    });
    List<String> waiting = new ArrayList<>();
    List<String> losses = new ArrayList<>();
    List<String> contradictions = new ArrayList<>();
    for (PaymentLog basket : baskets) {
      if (!basket.isEnded() && !basket.isGivenUp() && !load.paidByRival(basket)) {
        (lookedAfter.test(basket) ? waiting : losses).add(basket.toString());
      }
      if (basket.isContradictedBy(byOrder.getOrDefault(basket.order(), List.of()))) {
        contradictions.add(basket + " " + byOrder.get(basket.order()));
      }
    }
    return new Verdict(baskets.size(), charges.size(), doubles, waiting, losses, contradictions);
  }

  @Override
  public String toString() {
    return payments + " payments, " + charges + " charges, " + doubles.size() + " doubles, "
        + waiting.size() + " waiting, " + losses.size() + " losses, " + contradictions.size()
        + " contradictions";
  }
}
