package io.payonce.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.model.Amount;
import io.payonce.model.Envelope;
import io.payonce.model.TransactionStatus;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeScanTest {
  private static final String QUERY = """
      {"code":"0","msg":"ok","data":{"transactionId":"T1","transactionRequestId":"r1",
       "referenceOrderId":"order-1","transactionStatus":"F","transactionType":"SALE","merchantId":"M1",
       "amount":{"transAmount":1100,"orderAmount":1000,"priceCurrency":"USD"},
       "transactionResultCode":"051","paymentMethod":{"code":"X","amount":{"orderAmount":1}}},
       "traceId":"tr"}
      """;

  @Test
  void everything_an_answer_says_is_read() {
    assertThat(scan(QUERY))
        .isEqualTo(new Envelope(
            "0",
            "tr",
            TransactionStatus.FAIL,
            "T1",
            "r1",
            "order-1",
            "051",
            new Amount(1000L, "USD", 1100L),
            "SALE",
            "M1"));
  }

  @Test
  void a_merchant_may_be_a_number_and_nothing_else_is_one() {
    assertThat(scan("{\"code\":\"0\",\"data\":{\"merchantId\":17}}").merchantId())
        .isEqualTo("17");
    for (String odd :
        new String[] {"null", "\"\"", "{\"merchantId\":\"M1\"}", "[\"M1\"]", "true"}) {
      assertThat(scan("{\"code\":\"0\",\"data\":{\"merchantId\":" + odd + "}}").merchantId())
          .isNull();
    }
    assertThat(scan("{\"code\":\"0\",\"merchantId\":\"M1\"}").merchantId()).isNull();
  }

  @Test
  void no_cut_of_an_answer_is_an_answer() {
    byte[] body = Jsons.bytes(QUERY.strip());
    for (int length = 0; length < body.length; length++) {
      assertThat(EnvelopeScan.scan(Arrays.copyOf(body, length)))
          .as("%d bytes", length)
          .isNull();
    }
    assertThat(EnvelopeScan.scan(body)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"'\"0\"',0", "0,0", "'\"C08\"',C08", "996,996", "0.0,0.0", "'\" 0\"',' 0'"})
  void a_code_is_text_or_a_number_read_as_text(String written, String read) {
    assertThat(scan("{\"code\":" + written + "}").code()).isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"code\":null}",
        "{\"code\":\"\"}",
        "{\"code\":true}",
        "{\"code\":[\"0\"]}",
        "{\"code\":{}}",
        "{\"data\":{\"code\":\"0\"}}",
        "[{\"code\":\"0\"}]",
        "\"0\"",
        "",
        "<html></html>",
        "{\"code\":\"0\"}x",
        "{\"code\":\"0\",\"code\":\"0\"}",
        "{\"code\":\"C08\",\"c\\u006fde\":\"0\"}",
        "{\"code\":\"0\",\"data\":{\"transactionStatus\":\"F\",\"transactionStatus\":\"S\"}}",
        "{\"code\":\"0\",\"data\":{\"amount\":{\"orderAmount\":1,\"orderAmount\":2}}}",
        "{\"code\":\"0\",\"data\":{},\"data\":{\"transactionStatus\":\"S\"}}",
        "\uFEFF{\"code\":\"0\"}",
        "{\"code\":\"0\",\"data\":{\"x\":[{\"a\":1,\"a\":1}]}}"
      })
  void what_is_no_envelope_is_not_read(String body) {
    assertThat(scan(body)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",\"data\":null",
        ",\"data\":[]",
        ",\"data\":[{\"transactionStatus\":\"S\"}]",
        ",\"data\":{}",
        ",\"data\":\"S\"",
        ",\"data\":7"
      })
  void data_may_say_nothing(String data) {
    assertThat(scan("{\"code\":\"0\"" + data + "}"))
        .isEqualTo(new Envelope("0", null, null, null, null, null, null, Amount.UNSAID));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"I\"',INITIAL",
    "'\"INITIAL\"',INITIAL",
    "'\"P\"',PROCESSING",
    "'\"PROCESSING\"',PROCESSING",
    "'\"S\"',SUCCESS",
    "'\"SUCCESS\"',SUCCESS",
    "'\"F\"',FAIL",
    "'\"FAIL\"',FAIL",
    "'\"FAILED\"',FAIL",
    "'\"C\"',CLOSED",
    "'\"CLOSED\"',CLOSED",
    "null,",
    "'\"X\"',UNREADABLE",
    "'\"\"',UNREADABLE",
    "'\"s\"',UNREADABLE",
    "'\" S\"',UNREADABLE",
    "'\"?\"',UNREADABLE",
    "'\"UNREADABLE\"',UNREADABLE",
    "1,UNREADABLE",
    "true,UNREADABLE",
    "'[\"S\"]',UNREADABLE",
    "'{\"a\":\"S\"}',UNREADABLE"
  })
  void a_strange_status_is_not_mistaken_for_none(String written, TransactionStatus read) {
    assertThat(data("\"transactionStatus\":" + written).status()).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource({
    "1000,1000",
    "'\"1000\"',1000",
    "1000.0,1000",
    "1e3,1000",
    "'\"1000.00\"',1000",
    "-5,-5",
    "null,",
    "'\"\"',",
    "9223372036854775807,9223372036854775807"
  })
  void an_order_amount_is_a_number_or_text(String written, Long read) {
    assertThat(data("\"amount\":{\"orderAmount\":" + written + "}").amount().orderAmount())
        .isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"amount\":{\"orderAmount\":10.5}",
        "\"amount\":{\"orderAmount\":\"ten\"}",
        "\"amount\":{\"orderAmount\":true}",
        "\"amount\":{\"orderAmount\":[]}",
        "\"amount\":{\"orderAmount\":9223372036854775808}",
        "\"amount\":{\"orderAmount\":1e999999999}",
        "\"amount\":{\"orderAmount\":\"1e-999999999\"}",
        "\"amount\":{\"orderAmount\":9e99999999999999999}",
        "\"amount\":\"10.00\"",
        "\"amount\":[]",
        "\"amount\":{\"priceCurrency\":{}}",
        "\"transactionId\":{}",
        "\"transactionRequestId\":[\"r\"]",
        "\"referenceOrderId\":false",
        "\"transactionResultCode\":{}"
      })
  void an_answer_whose_order_or_amount_cannot_be_read_is_not_read(String member) {
    assertThat(data(member)).isNull();
    assertThat(data("\"x\":{" + member + "}")).isNotNull();
  }

  @Test
  void ids_may_be_numbers_and_the_empty_text_says_nothing() {
    Envelope envelope =
        data("\"transactionRequestId\":12,\"transactionResultCode\":51,\"referenceOrderId\":\"\"");
    assertThat(envelope.transactionRequestId()).isEqualTo("12");
    assertThat(envelope.resultCode()).isEqualTo("51");
    assertThat(envelope.referenceOrderId()).isNull();
  }

  @Test
  void agrees_with_a_tree_on_random_envelopes() {
    Jsons jsons = new Jsons(Jsons.SEED);
    int accepted = 0;
    for (int i = 0; i < 10_000; i++) {
      byte[] body = jsons.envelope();
      Envelope envelope = EnvelopeScan.scan(body);
      accepted += envelope == null ? 0 : 1;
      Jsons.assertSame(envelope, Reference.envelope(Jsons.exactTree(body)), i, body);
    }
    assertThat(accepted).isBetween(1_000, 9_000);
  }

  @Test
  void mutated_answers_are_never_read_unless_a_strict_tree_reads_them() {
    Jsons jsons = new Jsons(Jsons.SEED);
    for (int i = 0; i < 20_000; i++) {
      byte[] body = i % 8 == 0 ? jsons.noise() : jsons.mutated(jsons.envelope());
      Jsons.assertSame(EnvelopeScan.scan(body) != null && Jsons.tree(body) == null, false, i, body);
    }
  }

  private static Envelope data(String members) {
    return scan("{\"data\":{" + members + "},\"code\":\"0\"}");
  }

  private static Envelope scan(String body) {
    return EnvelopeScan.scan(Jsons.bytes(body));
  }
}
