package io.payonce.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells how an order stands, as {@code common.lua} writes it: {@code held:} or {@code paid:} and
 * the names, one a line; programs of the first version write one name only.
 *
 * @param holder the payment that holds it; null for none
 * @param payers the payments that have paid it
 */
public record OrderStanding(String holder, List<String> payers) {
  public static final OrderStanding FREE = new OrderStanding(null, List.of());
  private static final String HELD = "held:";
  private static final String PAID = "paid:";

  /** Null, and whatever is no mark of an order, is a free one. */
  public static OrderStanding read(String mark) {
    boolean held = mark != null && mark.startsWith(HELD);
    if (!held && (mark == null || !mark.startsWith(PAID))) {
      return FREE;
    }
    List<String> names = List.of(mark.substring(HELD.length()).split("\n"));
    return held
        ? new OrderStanding(names.get(0), names.subList(1, names.size()))
        : new OrderStanding(null, names);
  }

  /** Null for a free order. */
  public String mark() {
    String names = String.join("\n", payers);
    if (holder == null) {
      return payers.isEmpty() ? null : PAID + names;
    }
    return HELD + holder + (payers.isEmpty() ? "" : "\n" + names);
  }

  public OrderStanding heldBy(String newHolder) {
    return new OrderStanding(newHolder, payers);
  }

  OrderStanding without(String payer) {
    return new OrderStanding(
        holder, payers.stream().filter(each -> !each.equals(payer)).toList());
  }

  /** The latest comes last. */
  public OrderStanding with(String payer) {
    List<String> more = new ArrayList<>(without(payer).payers);
    more.add(payer);
    return new OrderStanding(holder, List.copyOf(more));
  }
}
