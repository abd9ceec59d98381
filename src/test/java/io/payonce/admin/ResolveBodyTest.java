package io.payonce.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.payonce.flow.operator.ResolveRequest;
import io.payonce.model.PaymentId;
import io.payonce.recovery.Resolution.Verdict;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResolveBodyTest {
  private static final PaymentId ID = new PaymentId("M1", "id1");

  @Test
  void a_decision_is_read_with_its_note_and_force() {
    JsonObject body =
        new JsonObject().put("as", "unpaid").put("note", " by\nphone ").put("force", true);
    assertThat(ResolveBody.read(ID, body.toBuffer(), "anna", "trace-1"))
        .isEqualTo(new ResolveRequest(
            ID,
            new ResolveRequest.Decision(Verdict.UNPAID, true, "by phone", "anna", "trace-1"),
            ResolveRequest.Hints.NONE));
  }

  @Test
  void a_decision_without_its_reason_is_none() {
    for (Object note : new Object[] {null, "", "  ", "\n", 1}) {
      JsonObject body = new JsonObject().put("as", "paid").put("note", note);
      assertThatThrownBy(() -> ResolveBody.read(ID, body.toBuffer(), "anna", "trace-1"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("note");
    }
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "card 4111.1111.1111.1111 said so | card …1111 said so",
        "4111/1111/1111/1111 | …1111",
        "4111  1111  1111  1111 | …1111",
        "4111\u00a01111\u00a01111\u00a01111 | …1111",
        "4111 - 1111 | 4111 - 1111",
        "4111, 1111, 1111, 1111 | …1111",
        "41111111  11111111 | …1111",
        "3782.822463.10005, then 5500_0000_0000_0004. | …0005, then …0004.",
        "26.11.2026, 4111.1111.1111.1111 2026 | 26.11.2026, …1111 2026",
      })
  void other_signs_between_its_digits_hide_no_card(String note, String kept) {
    assertThat(ResolveBody.clean(note)).isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "paid 1.250,00 on 26.11.2026, seen 2026-11-26 19:05:30",
        "1250.00, 26.11.2026 12.50",
        "tickets 1001, 1002, 1003, 1004 of 2023/2024/2025/2026",
        "orders 1000123, 1000124; from 192.168.100.200:8443",
        "call +49 (30) 12345-678, ext. 4111",
      })
  void what_an_ordinary_note_says_is_kept(String note) {
    assertThat(ResolveBody.clean(note)).isEqualTo(note);
  }

  @Test
  void a_note_is_one_line_without_invisible_signs() {
    assertThat(ResolveBody.clean("a\r\n\u202Eb\u0000\u2028c\u200B")).isEqualTo("a b c");
  }
}
