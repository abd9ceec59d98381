package io.payonce.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.port.FlowSettings;
import io.payonce.flow.port.Outbound;
import io.payonce.json.EnvelopeScan;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Scope;
import io.payonce.model.SessionPolicy;
import io.payonce.recovery.PlatformId;
import org.junit.jupiter.api.Test;

/** Two shops (appIds) of one merchant that number their orders and requests alike. */
class TwoShopsTest {
  private final Shop shop = new Shop(
      Shop.with(new FlowSettings.Orders(SessionPolicy.REPLACE, 5000, false, false, Scope.APP)));

  private static String other(String body) {
    return body.replace("\"appId\":\"a\"", "\"appId\":\"b\"");
  }

  private static String code(Outbound out) {
    return EnvelopeScan.scan(out.reply().body()).code();
  }

  @Test
  void each_pays_its_own_order_under_its_own_id() {
    shop.sends(Shop.status("S", "sale-1", "order-1"), Shop.status("S", "sale-1", "order-1"));
    assertThat(code(shop.pay(Shop.sale("sale-1", "order-1")))).isEqualTo("0");
    assertThat(code(shop.pay(other(Shop.sale("sale-1", "order-1"))))).isEqualTo("0");
    assertThat(shop.wire).containsExactly("send", "send");
    assertThat(code(shop.pay(Shop.sale("sale-2", "order-1")))).isEqualTo("C10");
    assertThat(code(shop.pay(other(Shop.sale("sale-2", "order-1"))))).isEqualTo("C10");
    assertThat(code(shop.pay(Shop.sale("sale-1", "order-7")))).isEqualTo("C06");
  }

  @Test
  void neither_caller_learns_how_the_others_payment_stands() {
    shop.sends(Shop.status("P", "sale-1", "order-1"));
    shop.pay(Shop.sale("sale-1", "order-1"));
    shop.questions(Shop.code("C12"), Shop.code("C12"));
    Outbound asked = shop.askAs("b", "transactionRequestId=sale-1");
    assertThat(code(asked)).isEqualTo("C12");
    assertThat(shop.wire.get(1)).contains("appId=b").contains("transactionRequestId=sale-1");
    assertThat(code(shop.ask("transactionRequestId=sale-1"))).as("its own").isEqualTo("0");
  }

  @Test
  void a_refund_follows_its_own_shops_payment_and_gives_back_its_own_order() {
    shop.sends(
        Shop.status("S", "sale-1", "order-1"),
        Shop.code("E02"),
        Shop.code("E02"),
        Shop.status("S", "refund-1", "order-1"));
    shop.pay(Shop.sale("sale-1", "order-1"));
    shop.pay(other(Shop.sale("sale-1", "order-1")));
    shop.wire.clear();
    Outbound refused = shop.post(Operation.REFUND, other(Shop.refund("refund-1", "sale-1")));
    assertThat(code(refused)).as("its own is unsettled").isEqualTo("C08");
    assertThat(shop.wire).as("and asked about").anyMatch(sent -> sent.endsWith("=sale-1"));
    Outbound done = shop.post(Operation.REFUND, Shop.refund("refund-1", "sale-1"));
    assertThat(code(done)).as(Shop.body(done)).isEqualTo("0");
  }

  @Test
  void reissued_ids_of_equal_ids_differ() {
    String one = PlatformId.of(new PaymentId(Scope.APP.owner("M1", "a"), "sale-1"), 2);
    String two = PlatformId.of(new PaymentId(Scope.APP.owner("M1", "b"), "sale-1"), 2);
    String plain = PlatformId.of(new PaymentId("M1", "sale-1"), 2);
    assertThat(one).isNotEqualTo(two).isNotEqualTo(plain).hasSizeLessThanOrEqualTo(32);
    assertThat(PlatformId.of(new PaymentId(Scope.APP.owner("M1", "a"), "sale-1"), 1))
        .isEqualTo("sale-1");
  }
}
