package io.payonce.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonOutputTest {
  private record View(int second, String first, List<String> more) {
    /** Looks like a property, and is none. */
    public boolean isSecret() {
      return true;
    }

    public String getSecret() {
      return "secret";
    }
  }

  private static final View VIEW = new View(2, null, List.of("a\n\"b\"", "\u00e9"));

  private static final String TEXT =
      "{\"second\":2,\"first\":null,\"more\":[\"a\\n\\\"b\\\"\",\"\u00e9\"]}";

  @Test
  void components_are_the_members_in_their_order_and_nothing_else_is() {
    assertThat(JsonOutput.text(VIEW)).isEqualTo(TEXT);
    assertThat(JsonOutput.bytes(VIEW)).isEqualTo(TEXT.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_table_has_a_line_a_row() {
    View row = new View(1, "x", null);
    assertThat(JsonOutput.table(List.of(row, row))).isEqualTo("""
            [
              {"second":1,"first":"x","more":null},
              {"second":1,"first":"x","more":null}
            ]
            """);
  }

  @Test
  void what_is_no_view_is_not_written_and_not_quoted() {
    Object noView = new Object() {
      @Override
      public String toString() {
        return "secret";
      }
    };
    assertThatThrownBy(() -> JsonOutput.text(noView))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is no view")
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }
}
