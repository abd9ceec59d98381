package io.payonce.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.payonce.model.Amount;
import io.payonce.model.Operation;
import io.payonce.model.RequestFields;
import io.payonce.model.RequestFields.Unread;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestScanTest {
  private static final String CARD = "4111111111111111";

  @Test
  void every_field_is_found_wherever_it_stands() throws Malformed {
    RequestFields fields = scan("""
        { "attach": {"merchantId": "inner", "amount": {"orderAmount": 9}}, "appId": "A",
          "merchantId": "M1", "transactionRequestId": "r", "transactionId": "t",
          "referenceOrderId": "o\\u0031", "productList": [{"appId": 5}, [["deep"]]],
          "originalTransactionId": "ot", "originalTransactionRequestId": "or",
          "terminalSn": "sn", "channelCode": "ch", "timeExpire": "later",
          "amount": {"tipAmount": 1.5, "orderAmount": 1000, "x": {"orderAmount": 7},
                     "priceCurrency": "USD"},
          "description": "d", "paymentMethod": "APPLE_PAY", "cardEncryptedData": "secret",
          "sessionId": "s", "tipAmount": 5,
          "notifyUrl": "https://shop.example/hook" }
        """);
    assertThat(fields)
        .isEqualTo(new RequestFields(
            "A",
            "M1",
            "r",
            "t",
            "o1",
            "ot",
            "or",
            "sn",
            "ch",
            "later",
            new Amount(1000L, "USD"),
            (1 << Unread.values().length) - 1));
  }

  @Test
  void null_and_the_empty_text_count_as_absent() throws Malformed {
    RequestFields nothing = scan("{}");
    assertThat(nothing.amount()).isEqualTo(Amount.UNSAID);
    assertThat(scan("""
            {"appId":null,"merchantId":"","amount":{"orderAmount":null,"priceCurrency":""},
             "description":null,"paymentMethod":"","cardEncryptedData":null,"tipAmount":null,
             "notifyUrl":""}""")).isEqualTo(nothing);
    assertThat(scan("{\"amount\":null}")).isEqualTo(nothing);
  }

  @Test
  void a_terminals_payment_method_is_an_object_and_a_wallet_is_a_text() throws Malformed {
    assertThat(scan("{\"paymentMethod\":{\"category\":\"CARD\",\"id\":\"GOOGLE_PAY\"}}")
            .unread())
        .isEqualTo(Unread.PAYMENT_METHOD.bit());
    assertThat(scan("{\"paymentMethod\":\"OTHER\"}").has(Unread.WALLET)).isFalse();
    assertThat(scan("{\"paymentMethod\":\"GOOGLE_PAY\"}").has(Unread.WALLET)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "1000,1000",
    "'\"1000\"',1000",
    "'\"007\"',7",
    "9223372036854775807,9223372036854775807"
  })
  void an_order_amount_is_a_whole_number_of_minor_units(String written, long read)
      throws Malformed {
    assertThat(scan("{\"amount\":{\"orderAmount\":" + written + "}}").amount().orderAmount())
        .isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.5",
        "10.0",
        "1e3",
        "-1",
        "9223372036854775808",
        "\"\"",
        "\"1.5\"",
        "\"-1\"",
        "\"+1\"",
        "\" 1\"",
        "\"abc\"",
        "\"9223372036854775808\"",
        "\"99999999999999999999\"",
        "\"１\"",
        "true",
        "{}",
        "[1]"
      })
  void anything_else_is_no_order_amount(String written) {
    Malformed fault = fault("{\"amount\":{\"orderAmount\":" + written + "}}");
    assertThat(fault)
        .hasMessage("amount.orderAmount must be a whole number of minor units, zero or more"
            + " at line 1, column 26");
    assertThat(fault("{\"tipAmount\":" + written + "}"))
        .hasMessageStartingWith("tipAmount must be");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "appId",
        "merchantId",
        "transactionRequestId",
        "transactionId",
        "referenceOrderId",
        "originalTransactionId",
        "originalTransactionRequestId",
        "terminalSn",
        "channelCode",
        "timeExpire",
        "description",
        "sessionId",
        "cardEncryptedData"
      })
  void a_field_of_the_wrong_type_is_named_with_its_place(String name) {
    for (String value : new String[] {"5", "true", "[]", "{}", "1.5"}) {
      Malformed fault = fault("{\n \"" + name + "\":" + value + "}");
      assertThat(fault).hasMessage(name + " must be text at line 2, column " + (name.length() + 5));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"amount\":5}',amount must be an object",
    "'{\"amount\":{\"priceCurrency\":1}}',amount.priceCurrency must be text",
    "'{\"paymentMethod\":1}',paymentMethod must be text"
  })
  void structures_of_the_wrong_type_are_named_too(String body, String message) {
    assertThat(fault(body)).hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "5",
        "\"{}\"",
        "[]",
        "[{}]",
        "{",
        "}",
        "{}}",
        "{}{}",
        "{} x",
        "{},",
        "x{}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":tru}",
        "{\"a\":nul}",
        "{\"a\":\"b}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\t\"}",
        "{\"a\":1 2}",
        "{\"a\":[1,]}",
        "{\"a\":[1}",
        "{\"a\" 1}",
        "{/**/}",
        "{}//",
        "{}#",
        "{\"a\":1;\"b\":2}",
        "\uFEFF{}",
        "{}\u0000",
        "\u0000{}",
        "{\u0000}",
        "{}\u00a0",
        "{\"a\":\"\u0000\"}"
      })
  void what_is_not_one_json_object_is_refused(String body) {
    assertThat(fault(body)).hasMessageNotContaining("must be");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"b\":2,\"c\":3,\"a\":4}",
        "{\"x\":{\"a\":1,\"a\":2}}",
        "{\"x\":[{\"a\":1,\"a\":2}]}",
        "{\"amount\":{\"a\":1,\"a\":2}}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"amount\":{},\"amount\":{}}",
        "{\"paymentMethod\":{\"a\":1,\"a\":2}}"
      })
  void a_name_twice_in_one_object_is_refused_at_every_depth(String body) {
    assertThat(fault(body)).hasMessageContaining("twice in one object at line 1, column ");
    assertThat(fault(body)).hasMessageNotContaining("must be");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"})
  void only_utf8_is_read(String charset) {
    for (String text : new String[] {"{}", " {\"appId\":\"A\"}"}) {
      assertThat(fault(text.getBytes(Charset.forName(charset)))).hasMessageNotContaining("must be");
    }
  }

  @Test
  void bytes_that_are_not_utf8_are_refused_with_their_place() {
    byte[] body = "{\"attach\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(fault(body)).hasMessage("the body is not UTF-8 at byte 11");
  }

  /** Jackson lets most of these pass in a text that it skips. */
  @ParameterizedTest
  @ValueSource(strings = {"C080", "C1BF", "E08080", "EDA080", "F0808080", "F4908080", "FF", "E6BC"})
  void overlong_forms_surrogates_and_stumps_are_refused(String bytes) {
    String text = new String(HexFormat.of().parseHex(bytes), StandardCharsets.ISO_8859_1);
    byte[] body =
        ("{\"code\":\"0\",\"attach\":\"" + text + "\"}").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(fault(body)).hasMessage("the body is not UTF-8 at byte 22");
    assertThat(EnvelopeScan.scan(body)).isNull();
  }

  @Test
  void thirty_two_levels_pass_and_thirty_three_do_not() throws Malformed {
    assertThat(scan(nested(StrictJson.MAX_DEPTH - 1))).isNotNull();
    assertThat(fault(nested(StrictJson.MAX_DEPTH))).hasMessageStartingWith("the JSON is too deep");
  }

  @Test
  void a_number_longer_than_any_amount_is_refused_where_it_is_read() {
    assertThat(fault("{\"x\":" + "9".repeat(100_000) + "}")).hasMessageNotContaining("must be");
  }

  @Test
  void no_message_quotes_the_text() {
    for (String body : new String[] {
      "{\"cardEncryptedData\":" + CARD + "}",
      "{\"cardEncryptedData\":\"" + CARD,
      "{\"x\":x" + CARD + "}",
      "{\"" + CARD + "\":1,\"" + CARD + "\":2}",
      "{\"x\":" + CARD + "x}",
      "{\"x\":\"" + CARD + "\\q\"}",
      "{\"amount\":{\"orderAmount\":\"" + CARD + ".5\"}}",
      "{} " + CARD
    }) {
      assertThat(fault(body).getMessage()).isNotBlank().doesNotContain("4111");
    }
  }

  @Test
  void agrees_with_a_tree_on_random_requests() {
    Jsons jsons = new Jsons(Jsons.SEED);
    int accepted = 0;
    for (int i = 0; i < 10_000; i++) {
      byte[] body = jsons.request();
      RequestFields fields = orNull(body);
      accepted += fields == null ? 0 : 1;
      Jsons.assertSame(fields, Reference.request(Jsons.tree(body)), i, body);
    }
    assertThat(accepted).isBetween(1_000, 9_000);
  }

  @Test
  void mutated_bodies_are_never_accepted_unless_a_strict_tree_accepts_them() {
    Jsons jsons = new Jsons(Jsons.SEED);
    for (int i = 0; i < 20_000; i++) {
      byte[] body = i % 8 == 0 ? jsons.noise() : jsons.mutated(jsons.request());
      RequestFields fields = orNull(body);
      JsonNode tree = Jsons.tree(body);
      Jsons.assertSame(fields != null && tree == null, false, i, body);
      Jsons.assertSame(fields, Reference.request(tree), i, body);
    }
  }

  private static String nested(int levels) {
    return "{\"x\":" + "[".repeat(levels) + "]".repeat(levels) + "}";
  }

  private static RequestFields scan(String body) throws Malformed {
    return RequestScan.scan(Operation.SALE, Jsons.bytes(body));
  }

  private static RequestFields orNull(byte[] body) {
    try {
      return RequestScan.scan(Operation.SALE, body);
    } catch (Malformed e) {
      return null;
    }
  }

  private static Malformed fault(String body) {
    return fault(Jsons.bytes(body));
  }

  private static Malformed fault(byte[] body) {
    Malformed fault =
        catchThrowableOfType(Malformed.class, () -> RequestScan.scan(Operation.SALE, body));
    assertThat(fault).as(new String(body, StandardCharsets.UTF_8)).isNotNull();
    return fault;
  }
}
