package io.payonce.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.payonce.Overheard;
import io.payonce.settings.source.FormerSecrets;
import io.payonce.settings.source.Secret;
import io.payonce.wiring.LiveFlows;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class LiveSettingsTest {
  @TempDir
  Path folder;

  private int loads;
  private Callable<?> afterLoading = () -> null;

  @Test
  void limits_follow_the_file_other_keys_and_faulty_files_do_not() throws Exception {
    LiveSettings live = live("recovery:\n  maxAttempts: 4\n");
    write("recovery:\n  maxAttempts: 5\nserver:\n  port: 7\n");
    assertThat(live.reread()).isTrue();
    assertThat(live.current().recovery().maxAttempts()).isEqualTo(5);
    assertThat(live.current().server().port()).isEqualTo(8080);
    Settings before = live.current();
    write("recovery:\n  maxAttempts: 6\n  firstDelayMs: never\n");
    assertThat(live.reread()).isFalse();
    write("recovery:\n  maxAttempts: 6\n  maxDelayMs: 20\n");
    assertThat(live.reread()).isFalse();
    assertThat(live.current()).isSameAs(before);
    write("recovery:\n  maxAttempts: 7\n");
    assertThat(live.reread()).isTrue();
    assertThat(live.current().recovery().maxAttempts()).isEqualTo(7);
    assertThat(live.first().recovery().maxAttempts()).isEqualTo(4);
  }

  /** Its own trouble: the webhooks of the other are still known by the secret that signs them. */
  @ParameterizedTest
  @ValueSource(strings = {"", " ", "half written", "gone"})
  void an_accounts_secret_that_cannot_be_read_stays_and_stops_no_change_of_another(String content)
      throws IOException {
    Path config = write("accounts:\n"
        + "  - {name: north, merchants: M1, apiKeyFile: " + secret("north", "key-1") + "}\n"
        + "  - {name: south, merchants: M2, apiKey: k, webhookSecretFile: "
        + secret("south", "hush-1") + "}\n");
    FormerSecrets former = new FormerSecrets();
    LiveSettings live = LiveSettings.of(
        () -> Optional.of(config),
        path -> Settings.load(path, Map.of(), Profile.SANDBOX, Map.of(), former));
    secret("south", "hush-2");
    if (content.equals("gone")) {
      Files.delete(folder.resolve("north"));
    } else {
      secret("north", content);
    }
    try (Overheard log = Overheard.listen()) {
      assertThat(live.reread()).isTrue();
      assertThat(live.reread()).isFalse();
      assertThat(log.warnings())
          .singleElement()
          .asString()
          .contains("accounts[0].apiKey")
          .doesNotContain("half");
    }
    assertThat(account(live, 0).apiKey()).isEqualTo(new Secret("key-1"));
    assertThat(account(live, 1).webhookSecret()).contains(new Secret("hush-2"));
    assertThat(Settings.load(Optional.of(config), Map.of(), Profile.SANDBOX))
        .as("a start is another matter")
        .isInstanceOf(Loaded.Faulty.class);
    secret("north", "key-2");
    secret("south", "hush-3");
    assertThat(live.reread()).isTrue();
    assertThat(account(live, 1).webhookSecret()).contains(new Secret("hush-3"));
  }

  private static Settings.Account account(LiveSettings live, int index) {
    return live.current().accounts().get(index);
  }

  private Path secret(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  @Test
  void the_file_is_looked_at_again_and_again(Vertx vertx) throws Exception {
    LiveSettings live = live("");
    live.watch(vertx, 10);
    for (int attempts = 4; attempts < 7; attempts++) {
      int expected = attempts;
      write("recovery:\n  maxAttempts: " + expected + "\n");
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> live.current().recovery().maxAttempts() == expected);
    }
  }

  @Test
  void flows_are_built_anew_only_when_something_changed() throws IOException {
    LiveSettings live = live("");
    int[] built = new int[1];
    LiveFlows flows = new LiveFlows(live, now -> {
      built[0]++;
      return null;
    });
    flows.get();
    flows.get();
    assertThat(built[0]).isEqualTo(1);
    write("recovery:\n  maxAttempts: 4\n");
    live.reread();
    flows.get();
    flows.get();
    assertThat(built[0]).isEqualTo(2);
  }

  @Test
  void what_has_not_changed_is_not_parsed_again() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "one");
    LiveSettings live = live("webhook:\n  port: 0\n  secretFile: " + secret + "\n");
    live.reread();
    int once = loads;
    live.reread();
    live.reread();
    assertThat(loads).isEqualTo(once);
    Files.writeString(secret, "two");
    assertThat(live.reread()).isTrue();
    assertThat(live.current().webhook().secret()).contains(new Secret("two"));
    Files.writeString(secret, "");
    assertThat(live.reread()).isFalse();
    int faulty = loads;
    assertThat(live.reread()).isFalse();
    assertThat(loads).as("a fault may be mended elsewhere").isEqualTo(faulty + 1);
    Files.writeString(secret, "two");
    assertThat(live.reread()).isFalse();
    Files.writeString(secret, "three");
    assertThat(live.reread()).isTrue();
  }

  @Test
  void what_changes_while_it_is_read_is_read_again() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "one");
    LiveSettings live = live("webhook:\n  port: 0\n  secretFile: " + secret + "\n");
    live.reread();
    Files.writeString(secret, "two");
    afterLoading = () -> Files.writeString(secret, "three");
    live.reread();
    assertThat(live.current().webhook().secret()).contains(new Secret("two"));
    afterLoading = () -> null;
    live.reread();
    assertThat(live.current().webhook().secret()).contains(new Secret("three"));
  }

  /** Who read them again would wait for ever. */
  @Test
  @Timeout(60)
  void pipes_are_read_once() throws Exception {
    Path keys = folder.resolve("keys");
    Path config = write("client: {keysFile: " + keys + "}\n");
    Files.writeString(keys, "shop:one\n");
    LiveSettings live = LiveSettings.of(
        () -> Optional.of(config), path -> Settings.load(path, Map.of(), Profile.SANDBOX));
    live.reread();
    Files.delete(keys);
    becomesPipe(keys);
    assertThat(live.reread()).isFalse();
    Files.delete(config);
    becomesPipe(config);
    assertThat(live.reread()).isFalse();
    assertThat(live.current().client().keys()).hasSize(1);
  }

  private static void becomesPipe(Path file) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")));
    new ProcessBuilder("/usr/bin/mkfifo", file.toString()).start().waitFor();
  }

  @Test
  void what_is_risky_in_a_new_file_is_said_once() throws IOException {
    String sound = "client: {keys: shop:a-long-enough-client-key}\nupstream: {apiKey: k}\n"
        + "ledger: {encryptionKey: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=}\n";
    Path config = write(sound);
    LiveSettings live = LiveSettings.of(
        () -> Optional.of(config), path -> Settings.load(path, Map.of(), Profile.SERVE));
    try (Overheard log = Overheard.listen()) {
      write(sound + "server: {waitBudgetMs: 28000}\n");
      assertThat(live.reread()).isTrue();
      write(sound + "server: {waitBudgetMs: 28000, maxBodyBytes: 2048}\n");
      assertThat(live.reread()).isTrue();
      assertThat(log.warnings())
          .singleElement()
          .asString()
          .contains("server.drainMs = 25000 (default): expected at least 28000 ms");
    }
  }

  @Test
  void a_file_that_comes_later_is_read() throws IOException {
    Path file = folder.resolve("payonce.yaml");
    LiveSettings live = LiveSettings.of(() -> Optional.of(file).filter(Files::exists), this::load);
    live.reread();
    write("recovery:\n  maxAttempts: 4\n");
    assertThat(live.reread()).isTrue();
    assertThat(live.current().recovery().maxAttempts()).isEqualTo(4);
  }

  @Test
  void a_faulty_file_stops_the_start() {
    assertThatThrownBy(() -> live("recovery:\n  maxAttempts: many\n"))
        .hasMessageContaining("the configuration: ")
        .hasMessageContaining("recovery.maxAttempts");
  }

  private LiveSettings live(String yaml) throws IOException {
    Path file = write(yaml);
    return LiveSettings.of(() -> Optional.of(file), this::load);
  }

  private Loaded load(Optional<Path> file) {
    loads++;
    Loaded loaded = Settings.load(file, Map.of(), Profile.SANDBOX);
    try {
      afterLoading.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return loaded;
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("payonce.yaml"), yaml);
  }
}
