package io.payonce.flow.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.Shop;
import io.payonce.flow.port.CallOutcome;
import io.payonce.flow.port.Outbound;
import io.payonce.ledger.Outcome;
import io.payonce.model.TransactionStatus;
import org.junit.jupiter.api.Test;

/** "Ask the platform now": what it answers is acted on as ever, and nothing else is done. */
class AskFlowTest {
  private final Shop shop = new Shop();

  private void inDoubt() {
    shop.sends(Shop.code("E02")).questions(Shop.SILENCE);
    shop.pay(Shop.sale("id-1", "order-1"));
    shop.forgetAnswers();
    assertThat(shop.payment("id-1").isEnded()).isFalse();
  }

  private static String because(Resolved resolved) {
    return ((Resolved.Refused) resolved).because();
  }

  @Test
  void what_the_platform_says_is_acted_on_as_ever() {
    inDoubt();
    shop.questions(Shop.status("S", "id-1", "order-1"));
    assertThat(shop.askNow("id-1")).isInstanceOf(Resolved.Done.class);
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
    assertThat(shop.payment("id-1").timeline()).contains("by=anna\tsays=ask");
  }

  @Test
  void silence_changes_nothing_and_sends_nothing() {
    inDoubt();
    long sent = shop.wire.stream().filter("send"::equals).count();
    shop.questions(Shop.SILENCE);
    assertThat(shop.askNow("id-1")).isInstanceOf(Resolved.Done.class);
    assertThat(shop.payment("id-1").isEnded()).isFalse();
    assertThat(shop.wire.stream().filter("send"::equals).count()).isEqualTo(sent);
  }

  @Test
  void what_has_ended_is_not_asked_about() {
    shop.sends(Shop.status("S", "id-1", "order-1"));
    shop.pay(Shop.sale("id-1", "order-1"));
    int asked = shop.wire.size();
    assertThat(because(shop.askNow("id-1"))).isEqualTo("it has ended");
    assertThat(shop.wire).hasSize(asked);
    assertThat(shop.askNow("never-heard")).isInstanceOf(Resolved.Unknown.class);
  }

  @Test
  void a_payment_is_not_taken_from_who_is_at_it() {
    shop.onSend(() -> {
      assertThat(because(shop.askNow("id-1"))).contains("a worker is on it");
      return Shop.status("S", "id-1", "order-1");
    });
    Outbound out = shop.pay(Shop.sale("id-1", "order-1"));
    assertThat(Shop.body(out)).contains("\"" + TransactionStatus.SUCCESS.letter() + "\"");
    assertThat(out.outcome()).isEqualTo(CallOutcome.PAID);
  }
}
