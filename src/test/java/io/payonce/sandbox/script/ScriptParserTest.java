package io.payonce.sandbox.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptParserTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ok",
        "P01 after charge",
        "C08",
        "S04 retry-after 1",
        "silent before charge",
        "late charge 2s silent",
        "cut after charge",
        "reset before charge",
        "slow 800ms",
        "http 503 before charge",
        "http 500 and E01 after charge",
        "garbage after charge",
        "empty",
        "wrong order",
        "no status",
        "decline 051",
        "fail",
        "closed",
        "pending",
        "I 2s",
        "terminal 2s then decline 051",
        "X99 after charge",
        "996 after charge",
        "E02 after charge and pending 2s then fail",
        "E01 before charge 3x, then ok",
        "S04 retry-after 1 2x, ok",
        "query: slow 1s",
        "query: C12 3x, query: E01 2s, query: lag 2s, query: silent 2x",
        "webhook: ok",
        "webhook: lost",
        "webhook: twice and late 5s 2x, webhook: reordered",
        "webhook: early forged",
        "webhook: stale, webhook: unsigned, webhook: garbage, webhook: wrong order",
        "pending 2s then fail, ok, query: lag 1s, webhook: lost"
      })
  void what_the_manual_shows_can_be_read(String text) {
    assertThat(FaultScript.parse(text)).isNotNull();
  }

  @Test
  void each_send_has_its_step_and_the_last_one_repeats() {
    FaultScript script = FaultScript.parse("E02 after charge, then C08, slow 5ms then ok");

    assertThat(script.step(0).code()).isEqualTo("E02");
    assertThat(script.step(0).beforeCharge()).isFalse();
    assertThat(script.step(1).code()).isEqualTo("C08");
    assertThat(script.step(1).beforeCharge()).isTrue();
    assertThat(script.step(2).slowMillis()).isEqualTo(5);
    assertThat(script.step(3)).isEqualTo(Step.OK);
    assertThat(script.step(99)).isEqualTo(Step.OK);
  }

  @Test
  void then_after_pending_names_the_end_and_after_a_comma_the_next_send() {
    assertThat(FaultScript.parse("pending 2s then fail").steps()).hasSize(1);
    assertThat(FaultScript.parse("pending 2s then fail").step(0).outcome().stages())
        .extracting(SimStage::status)
        .containsExactly(SimStatus.P, SimStatus.F);
    assertThat(FaultScript.parse("pending 2s, then fail").steps()).hasSize(2);
  }

  @Test
  void a_step_can_be_counted_instead_of_repeated_by_hand() {
    assertThat(FaultScript.parse("E01 2x, ok").steps())
        .extracting(Step::code)
        .containsExactly("E01", "E01", null);
  }

  @Test
  void each_notification_has_its_step_and_the_last_one_repeats() {
    FaultScript script = FaultScript.parse("fail, webhook: late 5s twice 2x, ok, webhook: lost");

    assertThat(script.steps()).hasSize(2);
    assertThat(script.webhook(0).words()).isEqualTo("twice and late 5000ms");
    assertThat(script.webhook(1)).isEqualTo(script.webhook(0));
    assertThat(script.webhook(2).is(WebhookFault.LOST)).isTrue();
    assertThat(script.webhook(99)).isEqualTo(script.webhook(2));
    assertThat(FaultScript.parse("ok").webhook(0)).isNull();
    assertThat(FaultScript.parse("webhook: ok").webhook(0)).isEqualTo(WebhookStep.OK);
  }

  @Test
  void a_late_charge_is_silent_unless_the_script_says_otherwise() {
    assertThat(FaultScript.parse("late charge 2s").step(0).delivery()).isEqualTo(Delivery.SILENT);
    assertThat(FaultScript.parse("late charge 2s E02").step(0).delivery())
        .isEqualTo(Delivery.NORMAL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "E02 after chrage; \"chrage\" at column 11",
        "explode; \"explode\" at column 1",
        "ok,; the end",
        "pending 2s then maybe; expected ok, fail, closed or decline CODE",
        "E02 E01; two codes",
        "decline; result code",
        "http 99; from 200 to 599",
        "slow; a time such as",
        "lag 2s; lag is for queries",
        "fail before charge; contradicts",
        "cut before charge; no answer to spoil",
        "query: fail; a query charges nothing",
        "ok 3x 4x; \"4x\" at column 7",
        "webhook:; the end",
        "webhook: eaten; \"eaten\" at column 10",
        "webhook: late; a time such as",
        "webhook: wrong; \"order\"",
        "webhook: lost twice; \"lost\" contradicts",
        "webhook: early late 5s; \"early\" contradicts",
        "webhook: stale unsigned; \"spoiled twice\" contradicts"
      })
  void a_fault_says_what_is_wrong_and_where(String text, String expected) {
    assertThatThrownBy(() -> FaultScript.parse(text))
        .isInstanceOf(ScriptFault.class)
        .hasMessageContaining(expected);
  }
}
