package io.payonce.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.BeginResult;
import io.payonce.ledger.CloseResult;
import io.payonce.model.Answer;
import io.payonce.model.SendFailure;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What traces call things is a closed set of words, none of which is a class' name. */
class SpanWordsTest {
  @Test
  void every_result_of_a_step_has_its_word() throws ReflectiveOperationException {
    Field table = SpanWords.class.getDeclaredField("RESULTS");
    table.setAccessible(true);
    Map<?, ?> words = (Map<?, ?>) table.get(null);
    Class<?>[] results = Stream.of(BeginResult.class, CloseResult.class, Answer.class)
        .flatMap(type -> Stream.of(type.getPermittedSubclasses()))
        .toArray(Class<?>[]::new);
    assertThat(List.<Object>copyOf(words.keySet())).containsExactlyInAnyOrder((Object[]) results);
    assertThat(words.values()).allMatch(word -> ((String) word).matches("[a-z_]+"));
  }

  @Test
  void why_there_was_no_answer_is_one_word_whatever_a_library_says() {
    for (SendFailure reason : SendFailure.values()) {
      assertThat(SpanWords.error(reason.word())).matches("[a-z_]+");
    }
    assertThat(SpanWords.error("HTTP 503")).isEqualTo("503");
    assertThat(SpanWords.status("HTTP 503")).isEqualTo(503);
    assertThat(SpanWords.error("java.lang.Whatever: at 10.0.0.1")).isEqualTo("_OTHER");
    assertThat(SpanWords.status("timeout")).isZero();
  }

  @Test
  void a_server_is_named_by_host_and_port() {
    assertThat(SpanPeer.of("https://open.sunbay.us"))
        .isEqualTo(new SpanPeer("https", "open.sunbay.us", 443));
    assertThat(SpanPeer.of("http://127.0.0.1:8081/x"))
        .isEqualTo(new SpanPeer("http", "127.0.0.1", 8081));
  }
}
