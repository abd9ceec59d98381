package io.payonce.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * How an order stands, as {@code common.lua} writes it down: {@code held:} or {@code paid:} and the
 * names, one a line; programs of the first version write one name only.
 *
 * @param holder the payment that holds it; null for none
 * @param payers the payments that have paid it
 */
public record Standing(String holder, List<String> payers) {
  public static final Standing FREE = new Standing(null, List.of());
  private static final String HELD = "held:";
  private static final String PAID = "paid:";

  /** Null, and whatever is no mark of an order, is a free one. */
  static Standing read(String mark) {
    boolean held = mark != null && mark.startsWith(HELD);
    if (!held && (mark == null || !mark.startsWith(PAID))) {
      return FREE;
    }
    List<String> names = List.of(mark.substring(HELD.length()).split("\n"));
    return held
        ? new Standing(names.get(0), names.subList(1, names.size()))
        : new Standing(null, names);
  }

  /** Null for a free order. */
  String mark() {
    String names = String.join("\n", payers);
    if (holder == null) {
      return payers.isEmpty() ? null : PAID + names;
    }
    return HELD + holder + (payers.isEmpty() ? "" : "\n" + names);
  }

  Standing heldBy(String newHolder) {
    return new Standing(newHolder, payers);
  }

  Standing without(String payer) {
    return new Standing(
        holder, payers.stream().filter(each -> !each.equals(payer)).toList());
  }

  /** The latest comes last. */
  Standing with(String payer) {
    List<String> more = new ArrayList<>(without(payer).payers);
    more.add(payer);
    return new Standing(holder, List.copyOf(more));
  }
}
