package io.payonce.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.Wish;
import io.payonce.model.PaymentId;
import io.payonce.rule.Resolution.Word;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolveBodyTest {
  private static final PaymentId ID = new PaymentId("M1", "id1");

  @Test
  void a_decision_is_read_with_its_note_and_force() {
    JsonObject body =
        new JsonObject().put("as", "unpaid").put("note", " by\nphone ").put("force", true);
    assertThat(ResolveBody.read(ID, body.toBuffer(), "trace-1"))
        .isEqualTo(new Wish(ID, Word.UNPAID, "by phone", true, "trace-1"));
    assertThat(ResolveBody.read(ID, new JsonObject().put("as", "paid").toBuffer(), "trace-1"))
        .isEqualTo(new Wish(ID, Word.PAID, "", false, "trace-1"));
  }

  @ParameterizedTest
  @CsvSource({
    "card 4111111111111111 said so, card …1111 said so",
    "card 4111 1111 1111 1111 said so, card … 1111 said so",
    "5500-0000-0000-0004, …-0004",
    "amex 378282246310005, amex …0005",
    "ticket 20261123, ticket 20261123",
    "call 0049 30 1234, call 0049 30 1234",
  })
  void what_could_be_a_cards_number_is_not_kept(String note, String kept) {
    assertThat(ResolveBody.clean(note)).isEqualTo(kept);
  }

  @Test
  void a_note_is_one_line_without_invisible_signs() {
    assertThat(ResolveBody.clean("a\r\n\u202Eb\u0000\u2028c\u200B")).isEqualTo("a b c");
  }
}
