package io.payonce.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.payonce.model.Operation;
import io.payonce.model.RequestFields;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryScanTest {
  @Test
  void fields_are_found_and_decoded() throws Malformed {
    RequestFields fields = QueryScan.scan(
        "appId=app+1&merchantId=M%31&other=%E6%BC%A2&&transactionRequestId=a-b_c&transactionId=t%2F%3d"
            + "&terminalSn=sn=1&channelCode");
    assertThat(fields.appId()).isEqualTo("app 1");
    assertThat(fields.merchantId()).isEqualTo("M1");
    assertThat(fields.transactionRequestId()).isEqualTo("a-b_c");
    assertThat(fields.transactionId()).isEqualTo("t/=");
    assertThat(fields.terminalSn()).isEqualTo("sn=1");
    assertThat(fields.channelCode()).isNull();
  }

  @Test
  void nothing_gives_nothing() throws Malformed {
    assertThat(QueryScan.scan(null)).isEqualTo(RequestScan.scan(Operation.SALE, Jsons.bytes("{}")));
    assertThat(QueryScan.scan("&appId=&merchantId&")).isEqualTo(QueryScan.scan(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=1&a=1", "appId=1&b=2&%61ppId=1", "a&a", "=&="})
  void a_parameter_twice_is_refused(String query) {
    assertThatThrownBy(() -> QueryScan.scan(query))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("twice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "appId=%",
        "appId=%4",
        "appId=%4&b=1",
        "appId=%4G",
        "appId=%-1",
        "appId=%+1",
        "appId=%C0%80",
        "x=%FF",
        "appId=a b",
        "appId=é",
        "appId=\n",
        "%G1=1",
        "appId=%\uFF11\uFF11"
      })
  void a_broken_encoding_is_refused_and_not_quoted(String query) {
    Malformed fault = catchThrowableOfType(Malformed.class, () -> QueryScan.scan(query));
    assertThat(fault).isNotNull();
    assertThat(fault).hasMessageStartingWith("in the query string ");
    assertThat(fault.getMessage()).doesNotContain("%").contains(" at character ");
  }

  @Test
  void whatever_the_jdk_encodes_is_read_back() throws Malformed {
    Random random = new Random(Jsons.SEED);
    for (int i = 0; i < 5_000; i++) {
      String value = random
          .ints(1 + random.nextInt(6), 1, 0x3000)
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
          .toString();
      String query = "x=1&terminalSn=" + URLEncoder.encode(value, StandardCharsets.UTF_8) + "&y=2";
      assertThat(QueryScan.scan(query).terminalSn()).as(query).isEqualTo(value);
    }
  }

  @Test
  void random_queries_throw_nothing_but_malformed() {
    Random random = new Random(Jsons.SEED);
    String pieces = "%&=+aA0fG9\u00e9 appId";
    for (int i = 0; i < 50_000; i++) {
      StringBuilder query = new StringBuilder();
      for (int left = random.nextInt(12); left > 0; left--) {
        query.append(pieces.charAt(random.nextInt(pieces.length())));
      }
      try {
        assertThat(QueryScan.scan(query.toString())).isNotNull();
      } catch (Malformed e) {
        assertThat(e).hasMessageStartingWith("in the query string ");
      }
    }
  }
}
