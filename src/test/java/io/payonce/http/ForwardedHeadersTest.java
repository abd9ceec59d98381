package io.payonce.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedHeadersTest {
  private final ForwardedHeaders headers = new ForwardedHeaders(
      List.of(
          "X-Merchant",
          "B",
          "A",
          "X-Hop",
          "X-Other",
          "X-End",
          "Authorization",
          "X_Timestamp",
          "X-Our-Id"),
      List.of("X-Our-Id"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection",
        "Keep-Alive",
        "Proxy-Connection",
        "Proxy-Authorization",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
        "Host",
        "Content-Length",
        "Authorization",
        "Cookie",
        "Expect",
        "Prefer",
        "Accept-Encoding",
        "X-Client-Request-Id",
        "X-Request-Id",
        "X-Our-Id",
        "X-Timestamp",
        "X-Signature",
        "X-Signature-Key-Id",
        "Signature",
        "Signature-Input",
        "Content-Digest",
        "Forwarded",
        "X-Forwarded-For",
        "x-forwarded-proto",
        "If-None-Match",
        "Range",
        "authorization",
        "COOKIE",
        "X-Original-URL",
        "X-Rewrite-URL",
        "X-HTTP-Method-Override",
        "Proxy",
        "X-Envoy-Original-Path",
        "X-Real-IP",
        "X_Timestamp",
        "Content-Encoding",
        "tracestate",
        "Accept-Language",
        "Idempotency-Key",
        "X-Anything"
      })
  void what_is_the_hops_or_ours_to_make_stays_here(String name) {
    assertThat(headers.endToEnd(HttpHeaders.headers().add(name, "x"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"User-Agent", "traceparent", "Accept", "Content-Type", "content-type", "X-Merchant"
      })
  void what_is_on_the_list_goes_upstream(String name) {
    assertThat(headers.endToEnd(HttpHeaders.headers().add(name, "x")))
        .containsExactly(Map.entry(name, "x"));
  }

  @Test
  void what_connection_names_is_the_hops() {
    MultiMap callers = HttpHeaders.headers()
        .add("Connection", "close, X-Hop")
        .add("connection", " x-other ,")
        .add("X-HOP", "1")
        .add("X-Other", "2")
        .add("X-End", "3");
    assertThat(headers.endToEnd(callers)).containsExactly(Map.entry("X-End", "3"));
  }

  @Test
  void several_values_keep_their_order() {
    MultiMap callers = HttpHeaders.headers().add("B", "2").add("A", "1").add("B", "3");
    assertThat(headers.endToEnd(callers))
        .contains(Map.entry("A", "1"))
        .containsSubsequence(Map.entry("B", "2"), Map.entry("B", "3"));
  }
}
