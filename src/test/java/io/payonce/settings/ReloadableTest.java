package io.payonce.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.settings.Loaded.Ready;
import io.payonce.settings.source.Key;
import io.payonce.settings.source.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadableTest {
  private static final String KEY = "A".repeat(43) + "=";
  private static final Map<Key, String> OTHER = Map.ofEntries(
      Map.entry(Key.ADMIN_TOKEN, "another-secret-token"),
      Map.entry(Key.ADMIN_READ_TOKEN, "another-token-to-read"),
      Map.entry(Key.CLIENT_MERCHANTS, "till=M1|M2"),
      Map.entry(Key.CLIENT_OPEN, "false"),
      Map.entry(Key.SERVER_WAIT_BUDGET, "7000"),
      Map.entry(Key.SERVER_MAX_BODY, "7000"),
      Map.entry(Key.RECOVERY_REISSUE, "false"),
      Map.entry(Key.RECOVERY_FIRST_DELAY, "70"),
      Map.entry(Key.RECOVERY_MAX_DELAY, "7000"),
      Map.entry(Key.RECOVERY_MAX_ATTEMPTS, "7"),
      Map.entry(Key.RECOVERY_RESEND_AFTER_WINDOW, "true"),
      Map.entry(Key.RECOVERY_DEADLINE, "700000"),
      Map.entry(Key.WEBHOOK_SECRET, "another-webhook-secret"),
      Map.entry(Key.NOTIFY_SECRET, "another-notify-secret"),
      Map.entry(Key.LEDGER_ENCRYPTION_KEY, KEY),
      Map.entry(Key.LEDGER_FORMER_KEYS, "B".repeat(42) + "A="),
      Map.entry(Key.LEDGER_LOST_KEYS, "0123abcd"),
      Map.entry(Key.SIGNING_KEY_ID, "another-key"));

  @TempDir
  Path folder;

  @Test
  void exactly_the_keys_of_the_table_are_taken_over() {
    assertThat(OTHER.keySet()).isEqualTo(Reloadable.keys());
    Map<String, String> changed = new LinkedHashMap<>();
    OTHER.forEach((key, value) -> changed.put(key.path, value));
    Settings merged = merge(
        load(Map.of(
                "admin.token", "an-old-secret-token",
                "admin.readToken", "one-to-read",
                "webhook.secret", "a-webhook-secret",
                "notify.secret", "a-notify-secret",
                "signing.keyId", "a-key",
                "client.open", "true"))
            .settings(),
        load(with(changed, "server.port", "7", "recovery.leaseMs", "70000")).settings());
    assertThat(merged).isEqualTo(load(changed).settings());
  }

  @Test
  void a_client_whose_name_has_gone_is_for_no_merchant_until_the_restart() {
    Ready before = load(Map.of(
        "client.keys",
        "shop:an-old-secret-key,till:a-key-of-the-till",
        "client.merchants",
        "shop=M1"));
    Ready renamed = load(Map.of(
        "client.keys",
        "store:an-old-secret-key,till:a-key-of-the-till",
        "client.merchants",
        "store=M1"));
    assertThat(merge(before.settings(), renamed.settings()).client().merchants())
        .isEqualTo(Map.of("store", Set.of("M1"), "shop", Set.of()));
  }

  /** Until the restart the key goes by its old name: the list of that is not meant for it. */
  @Test
  void a_key_that_another_name_has_now_is_for_no_merchant_until_the_restart() throws IOException {
    String before = "shop:an-old-secret-key,till:a-key-of-the-till";
    String after = "till:an-old-secret-key,shop:a-key-of-the-till";
    Map<String, String> lists = Map.of("client.merchants", "till=M1");
    Settings swapped = merge(
        load(with(lists, "client.keys", before)).settings(),
        load(with(lists, "client.keys", after)).settings());
    assertThat(swapped.client().merchants()).isEqualTo(Map.of("shop", Set.of(), "till", Set.of()));
    Settings rotated = merge(
        load(with(lists, "client.keys", before)).settings(),
        load(with(lists, "client.keys", before.replace("old", "new"))).settings());
    assertThat(rotated.client().merchants()).isEqualTo(Map.of("till", Set.of("M1")));

    String file = write("keys", before.replace(',', '\n'));
    Ready followed = load(with(lists, "client.keysFile", file));
    write("keys", after.replace(',', '\n'));
    assertThat(merge(
                followed.settings(), load(with(lists, "client.keysFile", file)).settings())
            .client()
            .merchants())
        .isEqualTo(Map.of("till", Set.of("M1")));
  }

  /** With client.merchants beside it, who shows no key would be held by no list until then. */
  @Test
  void who_shows_no_key_is_kept_out_at_once_and_let_in_by_a_restart_only() {
    Ready open = load(Map.of("client.open", "true", "client.keys", "till:a-key-of-the-till"));
    Ready closed = load(Map.of(
        "client.open", "false",
        "client.keys", "till:a-key-of-the-till",
        "client.merchants", "till=M1"));
    Settings now = merge(open.settings(), closed.settings());
    assertThat(now.client()).isEqualTo(closed.settings().client());
    assertThat(Reloadable.merge(open.settings(), now, open.settings()).client().open())
        .isFalse();
    assertThat(merge(closed.settings(), open.settings()).client().open()).isFalse();
    assertThat(changes(open, closed)).contains("client.open: true -> false");
    assertThat(changes(closed, open)).contains("client.open: false -> true (needs a restart)");
  }

  @Test
  void what_needs_a_restart_is_named_as_such_and_secrets_stay_masked() {
    Ready before =
        load(Map.of("admin.token", "an-old-secret-token", "redis.uris", "redis://:hush@r:1"));
    Ready after = load(Map.of(
        "admin.token", "another-secret-token",
        "redis.uris", "redis://:hush2@r:1",
        "credentials.session.body", "{\"hush\":3}",
        "server.port", "7",
        "recovery.maxAttempts", "7"));
    assertThat(Reloadable.changes(before, after))
        .extracting(Object::toString)
        .containsExactlyInAnyOrder(
            "server.port: 8080 -> 7 (needs a restart)",
            "admin.token: \"***\" -> \"***\"",
            "redis.uris: [\"redis://***@r:1\"] -> [\"redis://***@r:1\"] (needs a restart)",
            "credentials.session.body:  -> \"***\" (needs a restart)",
            "recovery.maxAttempts: 3 -> 7");
  }

  @Test
  void secrets_in_files_that_are_followed_need_no_restart_while_the_file_is_the_same()
      throws IOException {
    Map<String, String> callers = Map.of("client.keysFile", write("a", "shop:an-old-secret-key"));
    Ready before = load(callers);
    write("a", "shop:another-secret-key");
    assertThat(changes(before, load(callers))).containsExactly("client.keys: \"***\" -> \"***\"");
    Map<String, String> moved = Map.of("client.keysFile", write("b", "shop:an-old-secret-key"));
    assertThat(changes(before, load(moved)))
        .containsExactly("client.keys: \"***\" -> \"***\" (needs a restart)");

    Map<String, String> ledger =
        Map.of("ledger.encryptionKeyFile", write("c", "A".repeat(43) + "="));
    Ready sealed = load(ledger);
    write("c", "B".repeat(42) + "A=");
    assertThat(changes(sealed, load(ledger)))
        .containsExactly("ledger.encryptionKey: \"***\" -> \"***\"");
  }

  /** On an address of all the world a port that opens by itself would be worse than an old key. */
  @Test
  void a_token_that_comes_or_goes_needs_a_restart() {
    Ready with = load(Map.of("admin.token", "an-old-secret-token"));
    Ready without = load(Map.of());
    assertThat(merge(with.settings(), without.settings()).admin())
        .isEqualTo(with.settings().admin());
    assertThat(merge(without.settings(), with.settings()).admin())
        .isEqualTo(without.settings().admin());
    assertThat(changes(with, without))
        .containsExactly("admin.token: \"***\" ->  (needs a restart)");
    assertThat(changes(without, with))
        .containsExactly("admin.token:  -> \"***\" (needs a restart)");
  }

  @Test
  void the_secrets_of_notifications_are_rotated_and_neither_come_nor_go() throws IOException {
    Map<String, String> files = Map.of(
        "webhook.secretFile", write("w", "from-the-platform"),
        "notify.secretFile", write("n", "for-our-callers"));
    Ready before = load(files);
    write("w", "from-the-platform-2");
    write("n", "for-our-callers-2");
    Ready after = load(files);
    assertThat(changes(before, after))
        .containsExactly("webhook.secret: \"***\" -> \"***\"", "notify.secret: \"***\" -> \"***\"");
    Settings merged = merge(before.settings(), after.settings());
    assertThat(merged.webhook().secret()).contains(new Secret("from-the-platform-2"));
    assertThat(merged.notifications().secret()).contains(new Secret("for-our-callers-2"));

    Ready none = load(Map.of());
    assertThat(merge(before.settings(), none.settings()).webhook())
        .isEqualTo(before.settings().webhook());
    assertThat(merge(before.settings(), none.settings()).notifications())
        .isEqualTo(before.settings().notifications());
    assertThat(merge(none.settings(), before.settings())).isEqualTo(none.settings());
  }

  private static Settings merge(Settings running, Settings fresh) {
    return Reloadable.merge(running, running, fresh);
  }

  private static List<String> changes(Ready before, Ready after) {
    return Reloadable.changes(before, after).stream().map(Object::toString).toList();
  }

  private String write(String name, String secret) throws IOException {
    return Files.writeString(folder.resolve(name), secret).toString();
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
