package io.payonce.ledger.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.model.PaymentId;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HomePlatformTest {
  private static final int LEASE = 15_000;

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final HomePlatform home = new HomePlatform("platform", 1, LEASE, nanos::get);

  private static PaymentId stranger(int number) {
    return new PaymentId("M1", "id-" + number);
  }

  @Test
  void who_is_met_again_is_passed_over_for_another_lease_however_many_are_known() {
    for (int i = 0; i < 20_000; i++) {
      home.meet(stranger(i), "other");
    }
    long known = home.strangers().get("other");
    assertThat(known).as("the heap has an end").isLessThan(20_000);
    assertThat(home.passes(stranger(0))).isTrue();
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(LEASE));
    assertThat(home.passes(stranger(0))).isFalse();
    home.meet(stranger(0), "other");
    assertThat(home.passes(stranger(0))).isTrue();
    assertThat(home.strangers()).containsEntry("other", known);
  }
}
