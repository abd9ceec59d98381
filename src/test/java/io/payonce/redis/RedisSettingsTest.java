package io.payonce.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.payonce.redis.RedisSettings.Mode;
import io.payonce.redis.failure.RedisAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisSettingsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://:hunter2@redis:6379",
        "rediss://payonce:hunter2@redis/3",
        "redis://redis?password=hunter2&db=1",
        "redis://redis?name=x&sentinelPassword=hunter2",
        "redis://a:hunter2@b:hunter2@redis",
        "gopher://:hunter2@redis",
        "redis://:hunter2@",
        "redis://:hunter2 @redis"
      })
  void a_password_is_shown_neither_by_the_settings_nor_by_their_faults(String uri) {
    String shown;
    try {
      shown = RedisSettings.standalone(uri).toString();
    } catch (IllegalArgumentException fault) {
      shown = fault.toString();
      assertThat(fault.getCause()).isNull();
    }
    assertThat(shown).doesNotContain("hunter2").contains("****");
  }

  @Test
  void the_primary_s_name_comes_from_the_uri_or_is_mymaster() {
    assertThat(sentinel("redis://s1:26379?name=pay").sentinelMaster()).isEqualTo("pay");
    assertThat(sentinel("redis://s1:26379").sentinelMaster()).isEqualTo("mymaster");
  }

  @Test
  void a_sentinel_has_its_own_login_if_one_is_given() {
    RedisAddress endpoint =
        RedisAddress.parse("redis://u:p@s1:26379/2?sentinelUser=&sentinelPassword=q%2B");
    assertThat(endpoint.asSentinel().uri()).isEqualTo("redis://:q%2B@s1:26379");
    assertThat(endpoint.at("10.0.0.1", 7).uri()).isEqualTo("redis://u:p@10.0.0.1:7/2");
    assertThat(RedisAddress.parse("redis://:p@s1").asSentinel().uri())
        .isEqualTo("redis://:p@s1:6379");
  }

  @Test
  void addresses_of_version_six_are_bracketed() {
    assertThat(RedisAddress.parse("redis://[::1]:7").at("fe80::1", 8).uri())
        .isEqualTo("redis://[fe80::1]:8");
  }

  @Test
  void nonsense_is_refused() {
    assertThatThrownBy(() -> sentinel("http://x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RedisSettings(
            Mode.CLUSTER, List.of(), null, Duration.ofSeconds(1), Duration.ofSeconds(1)))
        .hasMessageContaining("redis.uris");
    assertThatThrownBy(() -> new RedisSettings(
            Mode.CLUSTER, List.of("redis://x"), null, Duration.ofSeconds(1), Duration.ZERO))
        .hasMessageContaining("callTimeout");
  }

  private static RedisSettings sentinel(String uri) {
    return new RedisSettings(
        Mode.SENTINEL, List.of(uri), null, Duration.ofSeconds(1), Duration.ofSeconds(1));
  }
}
