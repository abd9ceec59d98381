package io.payonce.ledger.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.model.PaymentId;
import io.payonce.model.Scope;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTokenTest {
  private static final PaymentId ID = new PaymentId("M0000000001", "pay-1");

  private final WebhookToken tokens = new WebhookToken("what-our-callers-check-with");

  @Test
  void it_names_its_payment_and_stands_in_a_path_and_in_json_as_it_is() {
    PaymentId longest =
        new PaymentId(Scope.APP.owner("M".repeat(32), "é".repeat(20)), "r".repeat(64));
    for (PaymentId id : new PaymentId[] {ID, longest, new PaymentId("M", "r")}) {
      String token = tokens.of(id);
      assertThat(token).matches("[A-Za-z0-9_-]+").hasSizeLessThan(400);
      assertThat(tokens.payment(token)).isEqualTo(id);
    }
  }

  @Test
  void it_shows_nothing_of_the_payment_and_is_the_same_whichever_pod_makes_it() {
    assertThat(tokens.of(ID))
        .isEqualTo(new WebhookToken("what-our-callers-check-with").of(ID))
        .doesNotContain("pay", "M00");
    Set<String> begins = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      begins.add(tokens.of(new PaymentId("M0000000001", "pay-" + i)).substring(0, 20));
    }
    assertThat(begins).as("neighbours look alike in nothing").hasSize(1000);
  }

  @Test
  void changed_by_one_sign_anywhere_cut_or_lengthened_it_is_refused() {
    String token = tokens.of(ID);
    for (int at = 0; at < token.length(); at++) {
      for (char sign : "AbZ9-_".toCharArray()) {
        String other = token.substring(0, at) + sign + token.substring(at + 1);
        if (!other.equals(token)) {
          assertThat(tokens.payment(other)).as(other).isNull();
        }
      }
      assertThat(tokens.payment(token.substring(0, at))).isNull();
    }
    assertThat(tokens.payment(token + "A")).isNull();
    assertThat(tokens.payment(token + "=")).isNull();
    assertThat(tokens.payment(token + "AAAA")).isNull();
  }

  @Test
  void after_a_rotation_the_tokens_of_the_former_secret_are_refused() {
    assertThat(new WebhookToken("the-next-secret").payment(tokens.of(ID))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "webhook", "../admin", "M0000000001/pay-1", "%41", "é", "A A"})
  void any_other_text_is_refused(String text) {
    assertThat(tokens.payment(text)).isNull();
    assertThat(tokens.payment(text.repeat(200))).isNull();
  }

  @Test
  void chance_makes_none() {
    Random random = new Random(20261129L);
    String signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int i = 0; i < 10_000; i++) {
      StringBuilder token = new StringBuilder();
      random.ints(random.nextInt(200), 0, 64).forEach(sign -> token.append(signs.charAt(sign)));
      assertThat(tokens.payment(token.toString())).isNull();
    }
  }
}
