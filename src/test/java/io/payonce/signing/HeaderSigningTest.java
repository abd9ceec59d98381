package io.payonce.signing;

import static io.payonce.signing.Requests.NOW_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.sandbox.signature.SignatureVerdict;
import io.payonce.sandbox.signature.Verifier;
import io.payonce.sandbox.signature.Verifiers;
import io.payonce.signing.Requests.Wire;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The modes with a header of our own: the very bytes that are signed, as operations.md documents
 * them.
 */
class HeaderSigningTest {
  private static final SigningKey EXAMPLE_KEY =
      SigningKey.ofSecret("2026-11", Requests.utf8("example-secret"));

  private static SigningInput exampleRequest() {
    return new SigningInput(
        "POST",
        new SigningInput.Target("https", "open.sunbay.us", "/v1/checkout/sale", null),
        "application/json",
        "1700000000000",
        "8d5e5cf7-2f0f-4b8e-9a75-6c1f4d9a2b10",
        Requests.utf8(
            "{\"merchantId\":\"M1\",\"amount\":{\"orderAmount\":10.50},\"note\":\"\",\"appId\":\"A1\"}"));
  }

  @Test
  void the_canonical_string_is_the_documented_one() {
    assertThat(text(new RequestText(), exampleRequest()))
        .isEqualTo("POST\n/v1/checkout/sale\n1700000000000\n8d5e5cf7-2f0f-4b8e-9a75-6c1f4d9a2b10\n"
            + "dd4c18953a3d40db267cbf221301727869524d641f5c9590a62be63020775231");
  }

  @Test
  void the_worked_example_of_hmac_sha256_holds() {
    Wire wire = signed(SigningMode.HMAC_SHA256, exampleRequest());
    assertThat(wire.get("x-signature"))
        .isEqualTo("17e1d5c7e99c74241accf79cd40d47bef5e220b2ac5ec8e62366ef87baf78897");
    assertThat(wire.get("x-signature-key-id")).isEqualTo("2026-11");
  }

  @Test
  void the_worked_example_of_sorted_params_holds() {
    assertThat(text(new ParamsText(), exampleRequest()))
        .isEqualTo("amount={\"orderAmount\":10.50}&appId=A1&merchantId=M1&timestamp=1700000000000");
    assertThat(signed(SigningMode.SORTED_PARAMS, exampleRequest()).get("x-signature"))
        .isEqualTo("38eb1fea75ae956488b1e4bcd14e1645fe90761023d43cc42f5d145786e6065c");
  }

  @Test
  void a_query_is_part_of_the_target_as_it_was_sent() {
    assertThat(text(new RequestText(), Requests.get()))
        .startsWith("GET\n/v1/transaction/query?appId=a1&note=Gr%C3%BC%C3%9Fe\n")
        .endsWith("\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(text(new RequestText(), Requests.withQuery(Requests.get(), "")))
        .startsWith("GET\n/v1/transaction/query?\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|",
        "{\"b\":2,\"a\":\"x\",\"B\":true}|B=true&a=x&b=2&",
        "{\"n\":null,\"e\":\"\",\"z\":0,\"f\":false}|f=false&z=0&",
        "{\"x\":1.50,\"y\":1e3,\"w\":-0}|w=-0&x=1.50&y=1e3&",
        "{ \"o\" : { \"b\" : [ 1 ] } , \"l\" : [ ] }|l=[ ]&o={ \"b\" : [ 1 ] }&",
        "{\"s\":\"\\u00fc\\n\\\"\"}|s=ü\\n\"&",
        "{\"ä\":{\"k\":\"ö\"},\"z\":\"€\"}|z=€&ä={\"k\":\"ö\"}&",
        "{\"\uff5e\":1,\"\ud83d\ude00\":2}|\uff5e=1&\ud83d\ude00=2&",
      })
  void sorted_params_take_values_as_they_are_meant_and_nested_ones_as_they_are_written(
      String body, String text) {
    String expected = (text == null ? "" : text.replace("\\n", "\n")) + "timestamp=" + NOW_MILLIS;
    assertThat(text(new ParamsText(), Requests.withBody(Requests.post(), body)))
        .isEqualTo(expected);
  }

  @Test
  void sorted_params_of_a_request_without_body_are_those_of_the_query_decoded() {
    SigningInput input = Requests.withQuery(Requests.get(), "z=1+2&&empty=&flag&a=Gr%C3%BC%C3%9Fe");
    assertThat(text(new ParamsText(), input)).isEqualTo("a=Grüße&z=1 2&timestamp=" + NOW_MILLIS);
    assertThat(text(new ParamsText(), Requests.withQuery(input, null)))
        .isEqualTo("timestamp=" + NOW_MILLIS);
  }

  @Test
  void two_signatures_or_an_upper_case_one_are_malformed() {
    SigningInput input = exampleRequest();
    Verifier verifier =
        Verifiers.of(SigningMode.HMAC_SHA256, List.of(EXAMPLE_KEY), "X-Request-Id", 0);
    Wire wire = signed(SigningMode.HMAC_SHA256, input);
    String signature = wire.get("x-signature");
    assertThat(verifier.verify(input, wire::all, 0)).isEqualTo(SignatureVerdict.VALID);
    wire.put("x-signature", signature.toUpperCase(java.util.Locale.ROOT));
    assertThat(verifier.verify(input, wire::all, 0)).isEqualTo(SignatureVerdict.MALFORMED);
    wire.headers.put("x-signature", List.of(signature, signature));
    assertThat(verifier.verify(input, wire::all, 0)).isEqualTo(SignatureVerdict.MALFORMED);
  }

  private static Wire signed(SigningMode mode, SigningInput input) {
    return Wire.signed(Signing.of(mode, EXAMPLE_KEY).signer(), input);
  }

  private static String text(SignedText text, SigningInput input) {
    ByteSink sink = new ByteSink();
    text.write(input, sink);
    return sink.text();
  }
}
