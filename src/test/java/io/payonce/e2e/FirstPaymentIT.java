package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FirstPaymentIT {
  private static TestPod testPod;

  @BeforeAll
  static void open() {
    testPod = new TestPod();
  }

  @AfterAll
  static void close() {
    testPod.close();
  }

  @Test
  void a_payment_that_works_brings_the_platforms_bytes() {
    Got got = testPod.caller().pay(Caller.sale("order-first", "pay-first"));
    assertThat(got.isPaid()).isTrue();
    assertThat(got.header("Payonce-Source")).isEqualTo("platform");
    assertThat(got.header("Payonce-Sent")).isEqualTo("yes");
    assertThat(testPod.platform().charges().of(Caller.MERCHANT, "order-first")).hasSize(1);
  }

  @Test
  void a_repeat_gets_the_same_bytes_and_charges_nothing() {
    Got first = testPod.caller().pay(Caller.sale("order-twice", "pay-twice"));
    Got second = testPod.caller().pay(Caller.sale("order-twice", "pay-twice"));
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.header("Payonce-Replayed")).isEqualTo("true");
    assertThat(testPod.platform().charges().of(Caller.MERCHANT, "order-twice")).hasSize(1);
  }
}
