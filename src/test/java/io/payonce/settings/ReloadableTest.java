package io.payonce.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.settings.Loaded.Ready;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReloadableTest {
  private static final Map<Key, String> OTHER = Map.of(
      Key.SERVER_WAIT_BUDGET, "7000",
      Key.SERVER_MAX_BODY, "7000",
      Key.RECOVERY_REISSUE, "false",
      Key.RECOVERY_FIRST_DELAY, "70",
      Key.RECOVERY_MAX_DELAY, "7000",
      Key.RECOVERY_MAX_ATTEMPTS, "7",
      Key.RECOVERY_RESEND_AFTER_WINDOW, "true",
      Key.RECOVERY_DEADLINE, "700000");

  @Test
  void exactly_the_keys_of_the_table_are_taken_over() {
    assertThat(OTHER.keySet()).isEqualTo(Reloadable.keys());
    Map<String, String> changed = new LinkedHashMap<>();
    OTHER.forEach((key, value) -> changed.put(key.path, value));
    Settings merged = Reloadable.merge(
        load(Map.of()).settings(),
        load(with(changed, "server.port", "7", "recovery.leaseMs", "70000")).settings());
    assertThat(merged).isEqualTo(load(changed).settings());
  }

  @Test
  void what_needs_a_restart_is_named_as_such_and_secrets_stay_masked() {
    Ready before = load(Map.of("admin.token", "an-old-secret"));
    Ready after = load(
        Map.of("admin.token", "a-new-secret", "server.port", "7", "recovery.maxAttempts", "7"));
    assertThat(Reloadable.changes(before, after))
        .extracting(Object::toString)
        .containsExactly(
            "server.port: 8080 -> 7 (needs a restart)", "recovery.maxAttempts: 3 -> 7");
  }

  private static Map<String, String> with(Map<String, String> map, String... more) {
    Map<String, String> all = new LinkedHashMap<>(map);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return all;
  }

  private static Ready load(Map<String, String> fixed) {
    return (Ready) Settings.load(Optional.empty(), Map.of(), Profile.SANDBOX, fixed);
  }
}
