package io.payonce.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.payonce.model.Operation;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotifyUrlTest {
  private static final String OURS = "https://pay.example.com/webhook/a-token_9";
  private static final String QUOTED = "\"" + OURS + "\"";

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "{\"notifyUrl\":\"https://a.example/h\"} ! https://a.example/h ! {\"notifyUrl\":@}",
        "{ \"z\":1.50e+1 , \"notifyUrl\" :\t\"https:\\/\\/a.example\\u002fh\" ,  \"é\":\"😀\" } ! https://a.example/h ! { \"z\":1.50e+1 , \"notifyUrl\" :\t@ ,  \"é\":\"😀\" }",
        "{\"notify\\u0055rl\":\"u\",\"a\":[1,{\"notifyUrl\":\"in\"}]} ! u ! {\"notify\\u0055rl\":@,\"a\":[1,{\"notifyUrl\":\"in\"}]}",
        "{\"notifyUrl\":null ,\"a\":1} !  ! {\"notifyUrl\":@ ,\"a\":1}",
        "{\"a\":1,\"notifyUrl\":\"\"} !  ! {\"a\":1,\"notifyUrl\":@}",
        "{\"a\":1} !  ! {\"notifyUrl\":@,\"a\":1}",
        " \t{ \"a\" : { \"notifyUrl\" : \"in\" } } !  ! {\"notifyUrl\":@, \"a\" : { \"notifyUrl\" : \"in\" } }",
        "{} !  ! {\"notifyUrl\":@}",
        "{ } !  ! {\"notifyUrl\":@ }",
        "{\"data\":{\"notifyUrl\":\"in\"}} !  ! {\"notifyUrl\":@,\"data\":{\"notifyUrl\":\"in\"}}",
        "{\"NotifyUrl\":\"n\",\"terminalEventNotifyUrl\":\"t\"} !  ! {\"notifyUrl\":@,\"NotifyUrl\":\"n\",\"terminalEventNotifyUrl\":\"t\"}"
      })
  void the_outermost_is_found_and_only_it_changes(String from, String was, String to) {
    NotifyUrl found = NotifyUrl.of(Jsons.bytes(from));
    assertThat(found.text()).isEqualTo(was);
    assertThat(found.isOdd()).isFalse();
    assertThat(new String(found.with(OURS), StandardCharsets.UTF_8).strip())
        .isEqualTo(to.replace("@", QUOTED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"notifyUrl\":7}",
        "{\"notifyUrl\":true}",
        "{\"notifyUrl\":[\"https://a.example\"]}",
        "{\"notifyUrl\":{\"notifyUrl\":\"https://a.example\"},\"a\":1}"
      })
  void what_is_no_text_is_the_platforms_to_judge(String body) {
    NotifyUrl found = NotifyUrl.of(Jsons.bytes(body));
    assertThat(found.isOdd()).isTrue();
    assertThat(found.text()).isNull();
    assertThatThrownBy(() -> found.with(OURS)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void twice_in_one_body_it_is_refused_before_it_comes_here() {
    byte[] twice = Jsons.bytes("{\"notifyUrl\":\"a\",\"notify\\u0055rl\":\"b\"}");
    assertThatThrownBy(() -> RequestScan.scan(Operation.SALE, twice)).isInstanceOf(Malformed.class);
    assertThatThrownBy(() -> NotifyUrl.of(twice)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_second_time_the_very_bytes_come_back() {
    byte[] once = NotifyUrl.of(Jsons.bytes("{\"a\":1}")).with(OURS);
    assertThat(NotifyUrl.of(once).text()).isEqualTo(OURS);
    assertThat(NotifyUrl.of(once).with(OURS)).isSameAs(once);
  }

  @Test
  void in_a_long_body_it_is_found_byte_for_byte() {
    String padding = "é".repeat(9_000);
    String body = "{\"a\":\"" + padding + "\",\"notifyUrl\":%s,\"b\":\"" + padding + "\"}";
    String long_ = "\"" + "x".repeat(20_000) + "\"";
    assertThat(NotifyUrl.of(Jsons.bytes(body.formatted(long_))).with(OURS))
        .isEqualTo(Jsons.bytes(body.formatted(QUOTED)));
  }

  /** Whatever the body: its tree with our address in it, its bytes around it, its fingerprint. */
  @Test
  void random_bodies_change_in_one_place_only() throws JsonProcessingException {
    Jsons jsons = new Jsons(Jsons.SEED);
    int added = 0;
    int replaced = 0;
    for (int i = 0; i < 10_000; i++) {
      byte[] body = i % 3 == 0 ? withUrl(jsons.request(), i) : jsons.request();
      JsonNode tree = Jsons.tree(body);
      if (tree != null && !odd(tree.path("notifyUrl"))) {
        boolean there = tree.has("notifyUrl");
        byte[] with = NotifyUrl.of(body).with(OURS);
        String is = new String(with, StandardCharsets.UTF_8);
        assertThat((ObjectNode) Jsons.tree(with))
            .as("round %d", i)
            .isEqualTo(((ObjectNode) tree.deepCopy()).put("notifyUrl", OURS));
        assertThat(around(new String(body, StandardCharsets.UTF_8), is, there)).isTrue();
        added += there ? 0 : 1;
        replaced += there ? 1 : 0;
      }
    }
    assertThat(added).isGreaterThan(500);
    assertThat(replaced).isGreaterThan(300);
  }

  private static byte[] withUrl(byte[] body, int round) {
    String text = new String(body, StandardCharsets.UTF_8);
    int end = text.lastIndexOf('}');
    String value = new String[] {"null", "\"\"", "\"https://a.example/\\u0068\"", "7"}[round % 4];
    return end < 0 || text.contains("notifyUrl")
        ? body
        : Jsons.bytes(text.substring(0, end)
            + (text.substring(0, end).strip().endsWith("{") ? "" : ",")
            + " \"notifyUrl\" : " + value + "\n" + text.substring(end));
  }

  private static boolean odd(JsonNode url) {
    return !url.isMissingNode() && !url.isNull() && !url.isTextual();
  }

  /** What stood before and behind our text stands there as it was. */
  private static boolean around(String was, String is, boolean there)
      throws JsonProcessingException {
    int at = is.indexOf(QUOTED);
    String behind = is.substring(at + QUOTED.length());
    String before = is.substring(0, at);
    if (there) {
      String old = was.substring(at, was.length() - behind.length());
      JsonNode value = new ObjectMapper().readTree(old);
      return was.equals(before + old + behind) && (value.isNull() || value.isTextual());
    }
    String brace = before.substring(0, before.length() - "\"notifyUrl\":".length());
    return was.equals(brace + (behind.startsWith(",") ? behind.substring(1) : behind));
  }
}
