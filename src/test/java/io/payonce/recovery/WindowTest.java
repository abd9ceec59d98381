package io.payonce.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowTest {
  private static final long LONG = Window.MILLIS;
  private static final long SHORT = Window.MILLIS - 1;

  @Test
  void a_window_is_over_when_the_ledgers_clock_and_the_platforms_say_so() {
    assertThat(new Window(LONG, LONG, 0).isOver()).isTrue();
    assertThat(new Window(SHORT, LONG, LONG).isOver()).isFalse();
    assertThat(new Window(LONG, SHORT, LONG).isOver()).isFalse();
    assertThat(new Window(10 * LONG, -LONG, 10 * LONG).isOver()).isFalse();
  }

  @Test
  void without_the_platforms_clock_our_own_time_since_we_saw_it_counts() {
    assertThat(new Window(LONG, null, LONG).isOver()).isTrue();
    assertThat(new Window(LONG, null, SHORT).isOver()).isFalse();
    assertThat(new Window(SHORT, null, LONG).isOver()).isFalse();
  }
}
