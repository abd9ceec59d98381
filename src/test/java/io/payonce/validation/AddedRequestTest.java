package io.payonce.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.codes.Code;
import io.payonce.json.Malformed;
import io.payonce.json.RequestReader;
import io.payonce.json.RequestScan;
import io.payonce.model.AddedOperation;
import io.payonce.model.Operation;
import io.payonce.model.Operation.Doubt;
import io.payonce.model.RequestFields;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests for a call that an operator has described: which members count, and for what. */
class AddedRequestTest {
  private static Operation operation(String order, String id, String... required) {
    return new AddedOperation(
            "charge", "/v1/wallet/charge", order, id, Doubt.CONFIRM, List.of(required))
        .operation();
  }

  private static final Operation USUAL = operation("referenceOrderId", "transactionRequestId");

  private static final String HEAD = "{'appId':'a','merchantId':'M1','transactionRequestId':'id-1'";

  private static byte[] body(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static RequestFields read(Operation operation, String json) {
    try {
      return RequestScan.scan(operation, body(json));
    } catch (Malformed malformed) {
      throw new AssertionError(malformed);
    }
  }

  private static String fault(Operation operation, String json) {
    return RequestRules.check(operation, read(operation, json))
        .map(fault -> fault.code() + " " + fault.message())
        .orElse("");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | ''",
        "walletId | missing: walletId",
        "terminalSn,walletId | missing: terminalSn, walletId",
        "cardEncryptedData | missing: cardEncryptedData",
        "amount.orderAmount,amount.priceCurrency |"
            + " missing: amount.orderAmount, amount.priceCurrency",
        "amount | missing: amount"
      })
  void what_is_required_and_missing_is_named(String required, String message) {
    Operation operation = operation(
        "referenceOrderId",
        "transactionRequestId",
        required.isEmpty() ? new String[0] : required.split(","));
    String json = HEAD + ",'referenceOrderId':'order-1'}";
    assertThat(fault(operation, json)).isEqualTo(message.isEmpty() ? "" : Code.C01 + " " + message);
    String empty = HEAD + ",'referenceOrderId':'order-1','walletId':'','terminalSn':null}";
    assertThat(fault(operation, empty)).isEqualTo(fault(operation, json));
  }

  @Test
  void whatever_is_there_is_there() {
    Operation operation = operation(
        "referenceOrderId",
        "transactionRequestId",
        "walletId",
        "n",
        "o",
        "l",
        "amount.orderAmount");
    assertThat(fault(
            operation,
            HEAD + ",'referenceOrderId':'order-1','walletId':'w','n':0,'o':{},"
                + "'l':[],'amount':{'orderAmount':1}}"))
        .isEmpty();
  }

  @Test
  void payment_and_order_are_named_by_the_members_that_are_said_to() {
    Operation operation = operation("billNo", "payoutId");
    String json = "{'appId':'a','merchantId':'M1','payoutId':'p-1','billNo':'b1',"
        + "'transactionRequestId':'t','referenceOrderId':'r'}";
    RequestFields fields = read(operation, json);
    assertThat(fields.transactionRequestId()).isEqualTo("p-1");
    assertThat(fault(operation, json)).isEmpty();
    assertThat(RequestRules.order(operation, fields)).isEqualTo("b1");
    assertThat(RequestScan.name(operation, body(json + "x")).transactionRequestId())
        .isEqualTo("p-1");
    assertThat(fault(operation, "{'appId':'a','merchantId':'M1','transactionRequestId':'t'}"))
        .isEqualTo("C01 missing: payoutId, billNo");
    assertThat(fault(operation, json.replace("p-1", "p 1").replace("b1", "b:1")))
        .startsWith("C02 payoutId must be")
        .contains("; billNo must be");
  }

  @ParameterizedTest
  @CsvSource({
    "terminalSn, transactionRequestId",
    "channelCode, terminalSn",
    "description, sessionId",
    "none, cardEncryptedData",
    "paymentMethod, tipAmount"
  })
  void what_names_it_is_there_also_where_it_is_usually_something_else(String order, String id) {
    Operation operation =
        order.equals("none") ? operation(order, id, id) : operation(order, id, order, id);
    String json = "{'appId':'a','merchantId':'M1','" + id + "':'i-1','" + order + "':'order-1'}";
    assertThat(fault(operation, json)).isEmpty();
    assertThat(fault(operation, "{'appId':'a','merchantId':'M1'}")).contains("C01", id);
  }

  /** They differ from one press of the button to the next only where they name nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"description", "attach", "orderToken", "timeExpire", "encryptedRef"})
  void another_order_is_another_request_whatever_names_it(String order) throws Malformed {
    Operation operation = operation(order, "transactionRequestId");
    String json = HEAD + ",'" + order + "':'order-1'}";
    assertThat(RequestRules.order(operation, read(operation, json))).isEqualTo("order-1");
    RequestReader reader = new RequestReader();
    assertThat(reader.read(operation, body(json.replace("order-1", "order-2"))).fingerprint())
        .isNotEqualTo(reader.read(operation, body(json)).fingerprint());
    Operation usual = operation("referenceOrderId", "transactionRequestId");
    assertThat(reader.read(usual, body(json.replace("order-1", "order-2"))).fingerprint())
        .isEqualTo(reader.read(usual, body(json)).fingerprint());
  }

  @Test
  void what_is_done_to_an_original_locks_it() {
    Operation operation = operation("original", "transactionRequestId");
    assertThat(fault(operation, HEAD + "}"))
        .isEqualTo("C01 missing: originalTransactionId or originalTransactionRequestId");
    RequestFields fields =
        read(operation, HEAD + ",'originalTransactionRequestId':'o','original':'x'}");
    assertThat(RequestRules.order(operation, fields)).isEqualTo("req:o");
    assertThat(fields.referenceOrderId()).isNull();
  }

  @Test
  void what_locks_nothing_has_no_order() {
    Operation operation = operation("none", "transactionRequestId");
    assertThat(fault(operation, HEAD + "}")).isEmpty();
    assertThat(RequestRules.order(operation, read(operation, HEAD + ",'none':'x'}")))
        .isNull();
  }

  @Test
  void an_amount_in_the_usual_place_counts_and_one_of_another_kind_is_the_platforms_business() {
    String order = ",'referenceOrderId':'order-1'";
    assertThat(read(USUAL, HEAD + order + ",'amount':{'orderAmount':5,'priceCurrency':'USD'}}")
            .amount()
            .orderAmount())
        .isEqualTo(5);
    RequestFields other = read(USUAL, HEAD + order + ",'amount':12.5}");
    assertThat(other.amount().isUnsaid()).isTrue();
    assertThat(RequestRules.check(USUAL, other)).isEmpty();
    assertThat(fault(USUAL, HEAD + order + ",'amount':{'orderAmount':5,'priceCurrency':'usd'}}"))
        .startsWith("C02 amount.priceCurrency must be");
  }

  @Test
  void a_request_is_the_same_under_another_name_of_its_call_and_not_at_another_path()
      throws Malformed {
    byte[] body = body(HEAD + ",'referenceOrderId':'order-1'}");
    String print = new RequestReader().read(USUAL, body).fingerprint();
    Operation renamed = new AddedOperation(
            "wallet-charge",
            USUAL.path(),
            "referenceOrderId",
            "transactionRequestId",
            Doubt.ASK_ONLY,
            List.of())
        .operation();
    assertThat(new RequestReader().read(renamed, body).fingerprint()).isEqualTo(print);
    assertThat(new RequestReader().read(Operation.SALE, body).fingerprint()).isNotEqualTo(print);
  }
}
