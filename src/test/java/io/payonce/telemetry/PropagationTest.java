package io.payonce.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropagationTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";

  @Test
  void what_comes_in_goes_out_in_place_of_what_the_caller_wrote_and_all_else_is_kept() {
    var context = Propagation.in(headers(PARENT));
    assertThat(Propagation.out(
            context,
            List.of(
                Map.entry("Traceparent", "another"),
                Map.entry("Accept", "a"),
                Map.entry("TRACESTATE", "another"),
                Map.entry("Accept", "b"))))
        .containsExactly(
            Map.entry("Accept", "a"),
            Map.entry("Accept", "b"),
            Map.entry("traceparent", PARENT),
            Map.entry("tracestate", "shop=7"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more"
      })
  void what_cannot_be_read_is_no_trace(String parent) {
    var context = Propagation.in(headers(parent));
    assertThat(Span.fromContext(context).getSpanContext().isValid()).isFalse();
    assertThat(Propagation.out(context, List.of(Map.entry("traceparent", parent))))
        .isEmpty();
  }

  private static MultiMap headers(String parent) {
    return MultiMap.caseInsensitiveMultiMap()
        .add("Traceparent", parent)
        .add("tracestate", "shop=7");
  }
}
