package io.payonce.ledger.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.maintenance.RedisDurability.Worry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisDurabilityTest {
  private static final RedisDurability SOUND =
      new RedisDurability("run", true, "noeviction", 100, 1000, 0, true, true, 2);

  @Test
  void a_sound_redis_is_no_worry() {
    assertThat(SOUND.worries(false, 2)).isEmpty();
  }

  /** Also those that take only keys with an end: marks of paid orders and tombstones have one. */
  @ParameterizedTest
  @ValueSource(strings = {"allkeys-lru", "allkeys-lfu", "allkeys-random", "volatile-ttl", "new"})
  void any_other_policy_than_none_forgets(String policy) {
    RedisDurability evicting =
        new RedisDurability("run", true, policy, 100, 1000, 0, true, true, 0);
    assertThat(evicting.evicts()).isTrue();
    assertThat(evicting.worries(false, 0)).containsExactly(Worry.EVICTS);
  }

  @Test
  void a_policy_without_a_limit_forgets_nothing() {
    RedisDurability unlimited =
        new RedisDurability("run", true, "allkeys-lru", 100, 0, 0, true, true, 0);
    assertThat(unlimited.evicts()).isFalse();
    assertThat(unlimited.worries(false, 0)).isEmpty();
  }

  @Test
  void what_it_has_forgotten_is_said() {
    assertThat(SOUND.worries(true, 0)).containsExactly(Worry.EVICTED);
  }

  @Test
  void nearly_full_is_said_before_it_is_full() {
    assertThat(new RedisDurability("run", true, "noeviction", 899, 1000, 0, true, true, 0)
            .worries(false, 0))
        .isEmpty();
    assertThat(new RedisDurability("run", true, "noeviction", 900, 1000, 0, true, true, 0)
            .worries(false, 0))
        .containsExactly(Worry.NEARLY_FULL);
  }

  @Test
  void replicas_are_counted_against_those_that_are_waited_for() {
    assertThat(SOUND.worries(false, 3)).containsExactly(Worry.FEW_REPLICAS);
  }

  @Test
  void no_file_a_file_that_fails_and_a_replica_are_said() {
    assertThat(new RedisDurability("run", false, "noeviction", 1, 0, 0, false, false, 0)
            .worries(false, 1))
        .containsExactlyInAnyOrder(Worry.REPLICA, Worry.WRITES_FAIL, Worry.NO_APPEND_ONLY);
  }
}
