package io.payonce.ledger.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.maintenance.RedisDurability.Files;
import io.payonce.ledger.maintenance.RedisDurability.Memory;
import io.payonce.ledger.maintenance.RedisDurability.Replication;
import io.payonce.ledger.maintenance.RedisDurability.Worry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisDurabilityTest {
  private static final RedisDurability SOUND = of(100, 1000, "noeviction");

  static RedisDurability of(long used, long max, String policy) {
    return of("run", new Memory(used, max, policy, 0));
  }

  static RedisDurability of(String run, Memory memory) {
    return new RedisDurability(run, memory, new Files(true, true), new Replication(true, 2));
  }

  @Test
  void a_sound_redis_is_no_worry() {
    assertThat(SOUND.worries(false, 2)).isEmpty();
  }

  /** Also those that take only keys with an end: marks of paid orders and tombstones have one. */
  @ParameterizedTest
  @ValueSource(strings = {"allkeys-lru", "allkeys-lfu", "allkeys-random", "volatile-ttl", "new"})
  void any_other_policy_than_none_forgets(String policy) {
    RedisDurability evicting = of(100, 1000, policy);
    assertThat(evicting.evicts()).isTrue();
    assertThat(evicting.worries(false, 0)).containsExactly(Worry.EVICTS);
  }

  @Test
  void a_policy_without_a_limit_forgets_nothing() {
    RedisDurability unlimited = of(100, 0, "allkeys-lru");
    assertThat(unlimited.evicts()).isFalse();
    assertThat(unlimited.worries(false, 0)).isEmpty();
  }

  @Test
  void what_it_has_forgotten_is_said() {
    assertThat(SOUND.worries(true, 0)).containsExactly(Worry.EVICTED);
  }

  @Test
  void nearly_full_is_said_before_it_is_full() {
    assertThat(of(899, 1000, "noeviction").worries(false, 0)).isEmpty();
    assertThat(of(900, 1000, "noeviction").worries(false, 0)).containsExactly(Worry.NEARLY_FULL);
  }

  @Test
  void replicas_are_counted_against_those_that_are_waited_for() {
    assertThat(SOUND.worries(false, 3)).containsExactly(Worry.FEW_REPLICAS);
  }

  @Test
  void no_file_a_file_that_fails_and_a_replica_are_said() {
    RedisDurability unsound = new RedisDurability(
        "run",
        new Memory(1, 0, "noeviction", 0),
        new Files(false, false),
        new Replication(false, 0));
    assertThat(unsound.worries(false, 1))
        .containsExactlyInAnyOrder(Worry.REPLICA, Worry.WRITES_FAIL, Worry.NO_APPEND_ONLY);
  }
}
