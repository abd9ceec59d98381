package io.payonce.ledger.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.maintenance.Audit.Kept;
import io.payonce.ledger.maintenance.Audit.Order;
import io.payonce.ledger.maintenance.Audit.Repair;
import io.payonce.ledger.maintenance.Audit.Snapshot;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuditTest {
  private static final List<Long> DUE = java.util.Arrays.asList(null, -90_000L, 3_600_000L);

  @Test
  void an_order_is_freed_only_when_its_payment_is_proven_to_have_ended() {
    forAll(seen -> assertThat(Audit.of(seen).contains(Repair.ORDER_LEFT))
        .as("%s", seen)
        .isEqualTo(seen.kept() == Kept.ENDED && seen.order() == Order.OWN));
  }

  @Test
  void an_unsettled_payment_without_due_time_is_looked_at_now() {
    forAll(seen -> assertThat(Audit.of(seen).stream().anyMatch(Repair::looksNow))
        .as("%s", seen)
        .isEqualTo(seen.kept() == Kept.UNSETTLED && seen.dueInMillis() == null));
    Snapshot far = new Snapshot(Kept.UNSETTLED, 86_400_000L, Order.OWN, false, false);
    assertThat(Audit.of(far)).containsExactly(Repair.FAR_DUE_TIME);
  }

  @Test
  void what_is_as_it_must_be_is_left_alone() {
    for (Order order : List.of(Order.NONE, Order.OWN)) {
      assertThat(Audit.of(new Snapshot(Kept.UNSETTLED, 5L, order, false, false)))
          .isEmpty();
    }
    for (Order order : EnumSet.complementOf(EnumSet.of(Order.OWN))) {
      assertThat(Audit.of(new Snapshot(Kept.ENDED, null, order, true, false))).isEmpty();
    }
  }

  @Test
  void what_only_an_operator_can_know_is_reported_once_and_changed_never() {
    forAll(seen -> {
      Set<Repair> repairs = Audit.of(seen);
      if (seen.listed()) {
        assertThat(repairs).as("%s", seen).noneMatch(Repair::asksForReview);
      }
      if (seen.kept() == Kept.NEWER) {
        assertThat(repairs).as("%s", seen).isEmpty();
      }
      if (seen.kept() == Kept.NOTHING || seen.kept() == Kept.BROKEN) {
        assertThat(repairs).as("%s", seen).allMatch(Repair::asksForReview);
      }
    });
    Snapshot orphan = new Snapshot(Kept.NOTHING, null, Order.OWN, false, false);
    assertThat(Audit.of(orphan)).containsExactly(Repair.ORDER_WITHOUT_PAYMENT);
    Snapshot contested = new Snapshot(Kept.UNSETTLED, 5L, Order.OTHERS, false, false);
    assertThat(Audit.of(contested)).containsExactly(Repair.ORDER_CONTESTED);
  }

  private static void forAll(java.util.function.Consumer<Snapshot> check) {
    for (Kept kept : Kept.values()) {
      for (Long due : DUE) {
        for (Order order : Order.values()) {
          for (boolean ends : List.of(true, false)) {
            for (boolean listed : List.of(true, false)) {
              check.accept(new Snapshot(kept, due, order, ends, listed));
            }
          }
        }
      }
    }
  }
}
