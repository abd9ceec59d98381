package io.payonce.flow;

import org.junit.jupiter.api.Test;

/** The worlds behind those of {@link FollowUpWorldTest}. */
class FollowUpWorldIT {
  private static final int WORLDS = 1500;

  @Test
  void whatever_moves_its_money_an_order_is_never_paid_twice_in_many_worlds() {
    FollowUpWorldTest.hold(FollowUpWorldTest.WORLDS + 1, WORLDS - FollowUpWorldTest.WORLDS);
  }
}
