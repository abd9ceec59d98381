package io.payonce.proof;

import io.payonce.sandbox.Charge;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The platform's books against what every caller was told. */
record Verdict(
    int payments,
    int charges,
    List<String> doubles,
    List<String> losses,
    List<String> contradictions) {
  static Verdict of(Load load, Collection<Basket> baskets, List<Charge> charges) {
    Map<String, List<Charge>> byOrder = charges.stream()
        .filter(charge -> charge.type().equals("SALE"))
        .collect(Collectors.groupingBy(Charge::order));
    List<String> doubles = new ArrayList<>();
    byOrder.forEach((order, its) -> {
      if (its.size() > 1) {
        doubles.add(order + " " + its);
      }
    });
    List<String> losses = new ArrayList<>();
    List<String> contradictions = new ArrayList<>();
    for (Basket basket : baskets) {
      if (!basket.isEnded() && !basket.isGivenUp() && !load.paidByRival(basket)) {
        losses.add(basket.toString());
      }
      if (basket.isContradictedBy(byOrder.getOrDefault(basket.order(), List.of()))) {
        contradictions.add(basket + " " + byOrder.get(basket.order()));
      }
    }
    return new Verdict(baskets.size(), charges.size(), doubles, losses, contradictions);
  }

  @Override
  public String toString() {
    return payments + " payments, " + charges + " charges, " + doubles.size() + " doubles, "
        + losses.size() + " losses, " + contradictions.size() + " contradictions";
  }
}
