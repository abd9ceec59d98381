package io.payonce.sandbox.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.payonce.signing.ByteSink;
import io.payonce.signing.SigningInput;
import io.payonce.signing.SigningInput.Target;
import io.payonce.signing.UnsignableException;
import java.util.List;
import org.greenbytes.http.sfv.InnerList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Components and their values, by the examples of RFC 9421, section 2. */
class SignatureBaseTest {
  private static final WireMessage REQUEST = WireMessage.parse("""
      POST /path?param=value&foo=bar&baz=bat%2Dman&qux=&twice=1&twice=2 HTTP/1.1
      Host: WWW.example.com:443
      X-OWS-Header:   Leading and trailing whitespace.  \s
      X-Obs-Fold-Header: Obsolete
          line folding.
      Cache-Control: max-age=60
      Cache-Control:    must-revalidate
      Example-Dict:  a=1,    b=2;x=1;y=2,   c=(a   b    c), d, e=:YQ==:, f=?0, g=1.50, h="q\\"", i=-7
      X-Empty-Header:\s
      Example-Header: value, with, lots
      Example-Header: of, commas

      """);

  private static final WireMessage RESPONSE = WireMessage.parse(
          "HTTP/1.1 200 OK\nDate: Fri, 26 Mar 2010 00:05:00 GMT\n\n")
      .answering(REQUEST);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"@method\"|POST",
        "\"@scheme\"|https",
        "\"@authority\"|www.example.com",
        "\"@path\"|/path",
        "\"@query\"|?param=value&foo=bar&baz=bat%2Dman&qux=&twice=1&twice=2",
        "\"@target-uri\"|https://www.example.com/path?param=value&foo=bar&baz=bat%2Dman&qux=&twice=1&twice=2",
        "\"@request-target\"|/path?param=value&foo=bar&baz=bat%2Dman&qux=&twice=1&twice=2",
        "\"@query-param\";name=\"baz\"|bat-man",
        "\"@query-param\";name=\"qux\"|''",
        "\"x-ows-header\"|Leading and trailing whitespace.",
        "\"x-obs-fold-header\"|Obsolete line folding.",
        "\"cache-control\"|max-age=60, must-revalidate",
        "\"x-empty-header\"|''",
        "\"example-header\"|value, with, lots, of, commas",
        "\"example-header\";bs|:dmFsdWUsIHdpdGgsIGxvdHM=:, :b2YsIGNvbW1hcw==:",
        "\"example-dict\";key=\"a\"|1",
        "\"example-dict\";key=\"b\"|2;x=1;y=2",
        "\"example-dict\";key=\"c\"|(a b c)",
        "\"example-dict\";key=\"d\"|?1",
        "\"example-dict\";key=\"e\"|:YQ==:",
        "\"example-dict\";key=\"f\"|?0",
        "\"example-dict\";key=\"g\"|1.5",
        "\"example-dict\";key=\"h\"|\"q\\\"\"",
        "\"example-dict\";key=\"i\"|-7",
      })
  void a_component_of_a_request_has_this_value(String identifier, String value) {
    assertThat(line(identifier, REQUEST)).isEqualTo(identifier + ": " + value + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"\"@status\"|200", "\"date\"|Fri, 26 Mar 2010 00:05:00 GMT", "\"@method\";req|POST"})
  void a_component_of_a_response_has_this_value(String identifier, String value) {
    assertThat(line(identifier, RESPONSE)).isEqualTo(identifier + ": " + value + "\n");
  }

  @Test
  void query_parameters_are_decoded_and_encoded_again() {
    WireMessage request =
        WireMessage.parse("GET /parameters?var=this%20is%20a%20big%0Amultiline%20value"
            + "&bar=with+plus+whitespace&fa%C3%A7ade%22%3A%20=something HTTP/1.1\nHost: a\n\n");
    assertThat(line("\"@query-param\";name=\"var\"", request))
        .endsWith(": this%20is%20a%20big%0Amultiline%20value\n");
    assertThat(line("\"@query-param\";name=\"bar\"", request))
        .endsWith(": with%20plus%20whitespace\n");
    assertThat(line("\"@query-param\";name=\"fa%C3%A7ade%22%3A%20\"", request))
        .endsWith(": something\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"@status\"",
        "\"absent\"",
        "\"Cache-Control\"",
        "\"@unknown\"",
        "\"@signature-params\"",
        "\"@method\";req",
        "\"@query-param\"",
        "\"@query-param\";name=\"twice\"",
        "\"@query-param\";name=\"none\"",
        "\"cache-control\";sf",
        "\"cache-control\";tr",
        "\"@path\";key=\"a\"",
        "\"example-dict\";key=\"z\"",
        "\"example-dict\";key=\"a\";bs",
        "\"\"",
        "token",
        "1",
        "\"@path\" \"@path\"",
        "\"x-empty-header\" \"@path\" \"x-empty-header\""
      })
  void what_is_absent_ambiguous_or_unknown_cannot_be_covered(String identifiers) {
    assertThatThrownBy(() -> line(identifiers, REQUEST)).isInstanceOf(UnsignableException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"@method\"", "\"@path\"", "\"@status\";req"})
  void a_response_has_no_parts_of_a_request_and_the_other_way_round(String identifier) {
    assertThatThrownBy(() -> line(identifier, RESPONSE)).isInstanceOf(UnsignableException.class);
  }

  @Test
  void an_empty_path_is_a_slash_and_an_empty_query_a_question_mark() {
    SigningInput input =
        new SigningInput("GET", new Target("http", "a:80", "", ""), null, "1", "x", new byte[0]);
    RequestMessage message = new RequestMessage(input, name -> List.of());
    assertThat(line("\"@path\"", message)).isEqualTo("\"@path\": /\n");
    assertThat(line("\"@query\"", message)).isEqualTo("\"@query\": ?\n");
    assertThat(line("\"@target-uri\"", message)).isEqualTo("\"@target-uri\": http://a/?\n");
  }

  private static String line(String identifiers, HttpMessage message) {
    InnerList input = (InnerList)
        StructuredFields.dictionary(List.of("x=(" + identifiers + ")")).get("x");
    ByteSink sink = new ByteSink();
    SignatureBase.write(
        input.get().stream().map(Component::of).toList(), input.serialize(), message, sink);
    String base = sink.text();
    return base.substring(0, base.indexOf("\"@signature-params\""));
  }
}
