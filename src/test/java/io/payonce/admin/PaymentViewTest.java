package io.payonce.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.operator.Inspection;
import io.payonce.json.JsonOutput;
import io.payonce.ledger.Dossier;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Payments;
import io.payonce.ledger.Tombstone;
import io.payonce.model.PaymentId;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** What scripts read of a payment: which members there are in each case, and in which order. */
class PaymentViewTest {
  private static final PaymentId ID = new PaymentId("M1", "id-1");

  private static Payment payment(Outcome outcome) {
    return Payments.sale(
        outcome == null ? "IN_DOUBT" : null,
        outcome,
        "1.1.1.",
        null,
        "1 begun\n2 E02 (UNKNOWN); ask first\n");
  }

  private static JsonObject whole(Payment payment, Tombstone tombstone, Dossier.Left left) {
    Dossier dossier =
        new Dossier(ID, payment, null, tombstone, left, false, new Dossier.Times(0, 0, 3));
    return new JsonObject(
        JsonOutput.text(PaymentJson.whole(new Inspection(dossier, null, 5, 0, "T1"))));
  }

  private static String members(JsonObject json) {
    return String.join(" ", json.fieldNames());
  }

  @Test
  void a_record_is_shown_with_its_story() {
    JsonObject json = whole(payment(Outcome.PAID), null, Dossier.Left.NOTHING);
    assertThat(members(json))
        .isEqualTo("merchantId appId transactionRequestId state meaning outcome operation order"
            + " account otherPlatform amount otherAmount attempts platformIds begunAt lastIntentAt"
            + " transactionId platformTraceId client terminal todo dueAt leased attentionSince"
            + " platformId fingerprint marks timeline deadlineAt windowEndsAt next now");
    assertThat(members(json.getJsonObject("todo"))).isEqualTo("text title runbook");
    assertThat(json.getJsonArray("timeline"))
        .allSatisfy(entry -> assertThat(members((JsonObject) entry)).isEqualTo("at what rule"));
    assertThat(json.getString("terminal")).isEqualTo("T1");
    assertThat(json.getString("fingerprint")).isEqualTo("0123456789ab");
    assertThat(json.getString("deadlineAt")).isEqualTo("1970-01-01T00:00:00.005Z");
    assertThat(json.getString("windowEndsAt")).isNull();
  }

  @Test
  void of_what_is_forgotten_the_marks_are_shown() {
    JsonObject json = whole(
        null,
        new Tombstone(Outcome.PAID, "id-1"),
        new Dossier.Left(null, "1 an operator says paid: seen\n", "19 USD", "o-1"));
    assertThat(members(json))
        .isEqualTo("merchantId appId transactionRequestId state meaning outcome order otherAmount"
            + " todo dueAt leased attentionSince deadlineAt windowEndsAt next now timeline"
            + " tombstone");
    assertThat(members(json.getJsonObject("tombstone"))).isEqualTo("outcome platformId");
  }

  @Test
  void of_what_is_gone_only_its_order_is_shown() {
    assertThat(members(whole(null, null, new Dossier.Left("order-1", null, null, null))))
        .isEqualTo("merchantId appId transactionRequestId state meaning order todo dueAt leased"
            + " attentionSince deadlineAt windowEndsAt next now");
  }
}
