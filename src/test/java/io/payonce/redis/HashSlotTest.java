package io.payonce.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashSlotTest {

  /** The first from the cluster specification, the others from a Redis' CLUSTER KEYSLOT. */
  @ParameterizedTest
  @CsvSource({"123456789,12739", "foo,12182", "somekey,11058", "'',0"})
  void slots_are_those_of_redis(String key, int slot) {
    assertThat(HashSlot.of(key)).isEqualTo(slot);
  }

  @ParameterizedTest
  @CsvSource({
    "{user1000}.following,user1000",
    "foo{{bar}}zap,{bar",
    "foo{bar}{zap},bar",
    "payonce:{s17}:due,s17"
  })
  void a_tag_decides_alone(String key, String tag) {
    assertThat(HashSlot.of(key)).isEqualTo(HashSlot.of(tag));
  }

  @Test
  void an_empty_or_open_tag_is_none() {
    assertThat(HashSlot.of("foo{}{bar}")).isNotEqualTo(HashSlot.of("bar")).isEqualTo(8363);
    assertThat(HashSlot.of("foo{bar")).isNotEqualTo(HashSlot.of("bar"));
  }
}
