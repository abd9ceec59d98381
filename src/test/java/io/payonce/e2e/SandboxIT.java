package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The sandbox as a program: it brings its own Redis, which must not go before the payments in it.
 */
class SandboxIT {
  private static final Pattern SHOP = Pattern.compile("(?m)^  shop +(http://\\S+)");

  @Test
  void its_shop_is_notified_of_a_payment_and_when_stopped_it_finishes_what_is_inside() {
    try (PayonceProcess sandbox = PayonceProcess.sandbox()) {
      Caller caller = sandbox.caller();
      TestPod.until(() -> SHOP.matcher(sandbox.log()).find());
      String shop =
          SHOP.matcher(sandbox.log()).results().findFirst().orElseThrow().group(1);
      Got first = caller.pay(Caller.sale("order-first", "sandbox-first"));
      assertThat(first.isPaid()).as(first.body()).isTrue();
      AtomicInteger number = new AtomicInteger();
      TestPod.until(() -> {
        String name = "heard-" + number.incrementAndGet();
        caller.pay(Caller.sale("order-" + name, name).put("notifyUrl", shop + "/hook"));
        return sandbox.log().contains("The shop got: order-heard-");
      });
      // Answered only when Redis holds it, unlike "paid".
      CompletableFuture<Got> inside = caller.postAsync(
          Caller.SALE,
          Caller.sale("order-inside", "sandbox-inside", "slow 3s decline 051").encode());
      TestPod.until(() -> new Operator(sandbox.operations(), null)
          .get("/admin/unresolved")
          .body()
          .contains("sandbox-inside"));
      long redis = ProcessHandle.of(sandbox.pid())
          .orElseThrow()
          .descendants()
          .filter(child -> child.info().command().orElse("").contains("redis"))
          .findFirst()
          .orElseThrow()
          .pid();
      sandbox.stop();
      assertThat(inside.join().outcome()).as(inside.join().body()).isEqualTo("F");
      assertThat(sandbox.exitCode()).isZero();
      assertThat(sandbox.log()).doesNotContain("connection lost");
      TestPod.until(() -> ProcessHandle.of(redis).isEmpty());
    }
  }
}
