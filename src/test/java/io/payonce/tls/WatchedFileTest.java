package io.payonce.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.logs.Logs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WatchedFileTest {
  private final AtomicInteger source = new AtomicInteger(1);
  private final WatchedFile<Integer> watched = WatchedFile.of("a number", source::get);

  @Test
  @Logs("files changed: a number, the new content is not in use everywhere")
  void a_listener_that_cannot_take_a_value_keeps_it_from_no_other() {
    List<Integer> given = new ArrayList<>();
    watched.onChange(fresh -> {
      throw new IllegalStateException("not listening");
    });
    watched.onChange(given::add);
    source.set(2);
    assertThat(watched.reread()).isTrue();
    assertThat(watched.reread()).isFalse();
    assertThat(given).containsExactly(2);
  }

  @Test
  void who_follows_gets_what_is_there_and_all_that_comes() {
    List<Integer> given = new ArrayList<>();
    source.set(2);
    watched.reread();
    watched.follow(given::add);
    source.set(3);
    watched.reread();
    assertThat(given).containsExactly(2, 3);
  }
}
