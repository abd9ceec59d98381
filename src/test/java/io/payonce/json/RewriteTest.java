package io.payonce.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RewriteTest {
  /** A text that no generator makes, with everything that needs care. */
  private static final String TO = "p2-\"\\\n\u0001é😀";

  private static final String QUOTED = "\"p2-\\\"\\\\\\u000a\\u0001é😀\"";

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "{\"transactionRequestId\":\"r\"} ! {\"transactionRequestId\":\"N\"}",
        "{ \"a\":1.50, \"transactionRequestId\" :\t\"r\\u0031\\\"\" , \"z\":\"é\"} ! { \"a\":1.50, \"transactionRequestId\" :\t\"N\" , \"z\":\"é\"}",
        "{\"é\":\"漢\",\"transactionRequestId\":\"é😀\",\"x\":1} ! {\"é\":\"漢\",\"transactionRequestId\":\"N\",\"x\":1}",
        "{\"code\":\"0\",\"data\":{\"a\":{},\"transactionRequestId\":\"r\"}} ! {\"code\":\"0\",\"data\":{\"a\":{},\"transactionRequestId\":\"N\"}}",
        "{\"data\":{\"transactionRequestId\":\"x\"},\"transactionRequestId\":\"r\"} ! {\"data\":{\"transactionRequestId\":\"x\"},\"transactionRequestId\":\"N\"}",
        "{\"data\":{\"transactionRequestId\":12}} ! {\"data\":{\"transactionRequestId\":\"N\"}}",
        "{\"transactionRequestId\":-1.5e3 ,\"a\":1} ! {\"transactionRequestId\":\"N\" ,\"a\":1}",
        "{\"transactionRequestId\":\"\"} ! {\"transactionRequestId\":\"N\"}"
      })
  void only_the_value_changes(String from, String to) {
    byte[] rewritten = Rewrite.requestId(Jsons.bytes(from), "N");
    assertThat(new String(rewritten, StandardCharsets.UTF_8)).isEqualTo(to);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"code\":\"0\",\"data\":null}",
        "{\"data\":[{\"transactionRequestId\":\"r\"}]}",
        "{\"x\":{\"transactionRequestId\":\"r\"}}",
        "{\"data\":{\"x\":{\"transactionRequestId\":\"r\"}}}",
        "{\"transactionRequestId\":null}",
        "{\"transactionRequestId\":{\"transactionRequestId\":\"r\"}}",
        "{\"transactionRequestId\":[\"a\",{}]}",
        "{\"transactionRequestId\":true}",
        "{\"x\":\"\\\"transactionRequestId\\\":\\\"r\\\"\"}"
      })
  void without_a_value_the_very_bytes_come_back(String body) {
    byte[] bytes = Jsons.bytes(body);
    assertThat(Rewrite.requestId(bytes, "N")).isSameAs(bytes);
  }

  @Test
  void a_long_id_in_a_long_body_is_found_byte_for_byte() {
    String padding = "é".repeat(9_000);
    String body =
        "{\"a\":\"" + padding + "\",\"transactionRequestId\":\"%s\",\"b\":\"" + padding + "\"}";
    byte[] rewritten = Rewrite.requestId(Jsons.bytes(body.formatted("x".repeat(20_000))), "N");
    assertThat(rewritten).isEqualTo(Jsons.bytes(body.formatted("N")));
  }

  @Test
  void what_no_scan_accepts_is_a_bug_of_the_caller() {
    assertThatThrownBy(() -> Rewrite.requestId(Jsons.bytes("{\"transactionRequestId\":\"r\""), "N"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void random_bodies_change_in_one_place_only() throws JsonProcessingException {
    Jsons jsons = new Jsons(Jsons.SEED);
    int changed = 0;
    for (int i = 0; i < 10_000; i++) {
      byte[] body = i % 2 == 0 ? jsons.request() : jsons.envelope();
      JsonNode tree = Jsons.tree(body);
      if (tree != null) {
        String was = new String(body, StandardCharsets.UTF_8);
        String is = new String(Rewrite.requestId(body, TO), StandardCharsets.UTF_8);
        JsonNode old = old(tree);
        if (old == null) {
          assertThat(is).isEqualTo(was);
        } else {
          changed++;
          assertThat(valueBetween(was, is)).as("round %d: %s", i, was).isEqualTo(old);
        }
      }
    }
    assertThat(changed).isGreaterThan(500);
  }

  private static JsonNode old(JsonNode tree) {
    JsonNode top = tree.path("transactionRequestId");
    JsonNode inData = tree.path("data").path("transactionRequestId");
    return isValue(top) ? top : isValue(inData) ? inData : null;
  }

  private static boolean isValue(JsonNode node) {
    return node.isTextual() || node.isNumber();
  }

  /** What stood where the new text stands now; everything around it must be the same. */
  private static JsonNode valueBetween(String was, String is) throws JsonProcessingException {
    int at = is.indexOf(QUOTED);
    String before = is.substring(0, at);
    String after = is.substring(at + QUOTED.length());
    assertThat(was).startsWith(before).endsWith(after);
    return new ObjectMapper().readTree(was.substring(at, was.length() - after.length()));
  }
}
