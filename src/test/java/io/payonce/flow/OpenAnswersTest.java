package io.payonce.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.port.Outbound;
import io.payonce.model.Answer;
import io.payonce.model.Operation;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** While a payment is open, its callers are answered that it was accepted, and nothing else. */
class OpenAnswersTest {
  private static final String SALE = Shop.sale("id-1", "order-1");

  /** To a question it says nothing; to a send, that it is taken. */
  private static final Answer BARE = Shop.code("0");

  private final Shop shop = new Shop();

  /** What a platform may say to a question about a payment that it has accepted. */
  static Stream<Answer> wordsThatAreNoAcceptance() {
    return Stream.of(
        Shop.code("C12"),
        Shop.code("E01"),
        Shop.code("S04"),
        Shop.code("C08"),
        Shop.code("C06"),
        Shop.code("ZZ9"),
        BARE,
        Shop.status("S", "id-2", "order-1"),
        Shop.status("S", "id-1", "order-2"),
        Shop.status("F", "id-2", "order-2"),
        Shop.status("P", "id-1", "order-2"),
        Shop.status("I", "id-2", "order-2"),
        Shop.status("P", "id-1", "order-1", "\"orderAmount\":999,\"priceCurrency\":\"USD\""),
        Shop.status("WHAT", "id-1", "order-1"),
        Shop.SILENCE);
  }

  @ParameterizedTest
  @MethodSource("wordsThatAreNoAcceptance")
  void what_a_confirm_is_answered_is_not_the_answer_of_an_open_payment(Answer heard) {
    Answer accepted = Shop.status("I", "id-1", "order-1");
    shop.sends(accepted);
    String first = Shop.body(shop.pay(SALE));
    shop.questions(heard);
    shop.work("id-1");
    Outbound again = shop.pay(SALE);
    assertThat(Shop.body(again)).isEqualTo(first);
    assertThat(again.sent()).isEqualTo(Outbound.Sent.YES);
    assertThat(shop.payment("id-1").answer().body())
        .isEqualTo(((Answer.Spoken) accepted).reply().body());
  }

  @Test
  void a_later_acceptance_is_the_answer_of_an_open_payment() {
    shop.sends(Shop.status("I", "id-1", "order-1"));
    shop.pay(SALE);
    shop.questions(Shop.status("P", "id-1", "order-1"));
    shop.work("id-1");
    assertThat(Shop.body(shop.pay(SALE))).contains("\"transactionStatus\":\"P\"");
  }

  @Test
  void an_acceptance_without_a_status_is_one() {
    shop.sends(Shop.code("0"));
    String first = Shop.body(shop.pay(SALE));
    shop.questions(Shop.code("C12"));
    shop.work("id-1");
    assertThat(Shop.body(shop.pay(SALE))).isEqualTo(first).contains("\"code\":\"0\"");
  }

  @ParameterizedTest
  @MethodSource("wordsThatAreNoAcceptance")
  void what_an_earlier_release_kept_of_an_open_payment_is_not_answered(Answer kept) {
    shop.sends(Shop.status("I", "id-1", "order-1"));
    shop.pay(SALE);
    if (kept instanceof Answer.Spoken spoken && !kept.equals(BARE)) {
      shop.keep("id-1", spoken.reply());
      assertThat(Shop.body(shop.pay(SALE)))
          .contains("\"transactionStatus\":\"P\"")
          .contains("id-1");
    }
  }

  @Test
  void a_session_that_is_accepted_without_its_page_is_not_answered_as_made() {
    Shop shop = new Shop();
    shop.sends(Shop.status("P", "id-1", "order-1"));
    for (int i = 0; i < 2; i++) {
      assertThat(Shop.body(shop.post(Operation.CREATE_SESSION, Shop.sale("id-1", "order-1"))))
          .contains("E02", "id-1");
    }
    assertThat(shop.wire).containsOnlyOnce("send");
  }
}
