package io.payonce.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.rule.Keeping.Worry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeepingTest {
  private static final Keeping SOUND = new Keeping(true, "noeviction", 100, 1000, 0, true, true, 2);

  @Test
  void a_sound_redis_is_no_worry() {
    assertThat(SOUND.worries(0, 2)).isEmpty();
  }

  /** Also those that take only keys with an end: marks of paid orders and tombstones have one. */
  @ParameterizedTest
  @ValueSource(strings = {"allkeys-lru", "allkeys-lfu", "allkeys-random", "volatile-ttl", "new"})
  void any_other_policy_than_none_forgets(String policy) {
    Keeping evicting = new Keeping(true, policy, 100, 1000, 0, true, true, 0);
    assertThat(evicting.evicts()).isTrue();
    assertThat(evicting.worries(0, 0)).containsExactly(Worry.EVICTS);
  }

  @Test
  void a_policy_without_a_limit_forgets_nothing() {
    Keeping unlimited = new Keeping(true, "allkeys-lru", 100, 0, 0, true, true, 0);
    assertThat(unlimited.evicts()).isFalse();
    assertThat(unlimited.worries(0, 0)).isEmpty();
  }

  @Test
  void what_was_gone_at_the_first_look_is_no_news_and_more_is() {
    Keeping lost = new Keeping(true, "noeviction", 100, 1000, 7, true, true, 0);
    assertThat(lost.worries(7, 0)).isEmpty();
    assertThat(lost.worries(6, 0)).containsExactly(Worry.EVICTED);
  }

  @Test
  void nearly_full_is_said_before_it_is_full() {
    assertThat(new Keeping(true, "noeviction", 899, 1000, 0, true, true, 0).worries(0, 0))
        .isEmpty();
    assertThat(new Keeping(true, "noeviction", 900, 1000, 0, true, true, 0).worries(0, 0))
        .containsExactly(Worry.NEARLY_FULL);
  }

  @Test
  void replicas_are_counted_against_those_that_are_waited_for() {
    assertThat(SOUND.worries(0, 3)).containsExactly(Worry.FEW_REPLICAS);
  }

  @Test
  void no_file_a_file_that_fails_and_a_replica_are_said() {
    assertThat(new Keeping(false, "noeviction", 1, 0, 0, false, false, 0).worries(0, 1))
        .containsExactlyInAnyOrder(Worry.REPLICA, Worry.WRITES_FAIL, Worry.NO_APPEND_ONLY);
  }
}
