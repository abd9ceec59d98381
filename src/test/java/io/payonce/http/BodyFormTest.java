package io.payonce.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpHeaders;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyFormTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=utf-8",
        "application/json;charset=\"UTF-8\"",
        "application/json; charset=UTF8; x=y",
        "text/plain"
      })
  void utf8_json_is_read(String type) {
    assertThat(BodyForm.fault(HttpHeaders.headers().add("Content-Type", type))).isNull();
    assertThat(BodyForm.fault(
            HttpHeaders.headers().add("Content-Type", type).add("Content-Encoding", "identity")))
        .isNull();
    assertThat(BodyForm.fault(HttpHeaders.headers())).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json; charset=GBK",
        "application/json;Charset = 'gbk'",
        "application/json; charset=utf-8; charset=utf-16",
        "application/json; charset=",
        "application/json; charset=iso-8859-1"
      })
  void other_letters_are_not(String type) {
    assertThat(BodyForm.fault(HttpHeaders.headers().add("Content-Type", type))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "GZIP", "identity, gzip", "deflate"})
  void content_codings_are_not(String coding) {
    assertThat(BodyForm.fault(HttpHeaders.headers().add("Content-Encoding", coding)))
        .isNotNull();
  }
}
