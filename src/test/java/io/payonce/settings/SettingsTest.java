package io.payonce.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.payonce.settings.Loaded.Ready;
import io.payonce.settings.source.Key;
import io.payonce.settings.source.KeyPath;
import io.payonce.settings.source.Secret;
import io.payonce.settings.source.SecretFile;
import io.payonce.settings.source.SectionList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a value comes from, which one wins, and what the records then hold. */
class SettingsTest {
  @TempDir
  Path folder;

  @Test
  void the_sandbox_runs_on_defaults_alone() {
    Settings settings = load("", Map.of()).orThrow();
    assertThat(settings.server().port()).isEqualTo(8080);
    assertThat(settings.recovery().leaseMs()).isEqualTo(15000);
    assertThat(settings.redis().uris()).containsExactly("redis://127.0.0.1:6379");
    assertThat(settings.upstream().requestIdHeaders())
        .containsExactly("X-Client-Request-Id", "X-Request-Id");
    assertThat(settings.ledger().encryptionKey()).isEmpty();
    assertThat(settings.secretFiles()).isEmpty();
  }

  @Test
  void the_records_have_one_component_for_each_key_under_the_same_name() {
    assertThat(paths("", Settings.class)
            .filter(path -> !path.equals("secretFiles") && !SectionList.BY_PATH.containsKey(path))
            // The one name that no component may have: every object's own method has it.
            .map(path -> path.replace("notifications.", "notify.")))
        .containsExactlyInAnyOrderElementsOf(
            Key.SINGLE.stream().map(key -> key.path).toList());
  }

  private static Stream<String> paths(String prefix, Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .flatMap(component -> paths(prefix + component.getName(), component));
  }

  private static Stream<String> paths(String path, RecordComponent component) {
    return component.getType().isRecord()
        ? paths(path + ".", component.getType())
        : Stream.of(path);
  }

  @Test
  void environment_beats_file_beats_default_and_the_program_beats_all() {
    String yaml = "server: {port: 1001, drainMs: 7}\nadmin: {port: 1002}";
    Settings settings = Settings.load(
            Optional.of(file(yaml)),
            Map.of("PAYONCE_SERVER_PORT", "2001", "PAYONCE_ADMIN_PORT", "2002"),
            Profile.SANDBOX,
            Map.of("admin.port", "3002"))
        .orThrow();
    assertThat(settings.server().port()).isEqualTo(2001);
    assertThat(settings.server().drainMs()).isEqualTo(7);
    assertThat(settings.admin().port()).isEqualTo(3002);
    assertThat(settings.server().waitBudgetMs()).isEqualTo(20000);
  }

  @Test
  void every_key_can_be_set_by_its_variable() {
    assertThat(KeyPath.BY_VARIABLE)
        .containsKeys(
            "PAYONCE_UPSTREAM_REQUEST_TIMEOUT_MS",
            "PAYONCE_SERVER_TLS_CLIENT_CA_FILE",
            "PAYONCE_UPSTREAM_API_KEY",
            "PAYONCE_UPSTREAM_API_KEY_FILE",
            "PAYONCE_CLIENT_KEYS_FILE",
            "PAYONCE_ORDERS_ONE_PAYMENT")
        .hasSameSizeAs(KeyPath.BY_PATH);
  }

  @Test
  void lists_come_as_sequences_or_comma_separated() {
    assertThat(
            load("upstream: {requestIdHeaders: [A, B-C]}", Map.of()).orThrow().upstream())
        .extracting(Settings.Upstream::requestIdHeaders)
        .isEqualTo(List.of("A", "B-C"));
    assertThat(load("", Map.of("PAYONCE_UPSTREAM_REQUEST_ID_HEADERS", " A , B-C "))
            .orThrow()
            .upstream()
            .requestIdHeaders())
        .containsExactly("A", "B-C");
  }

  @Test
  void a_secret_keeps_its_zeros_and_is_trimmed() {
    Settings settings = load("upstream:\n  apiKey: 0123\n", Map.of()).orThrow();
    assertThat(settings.upstream().apiKey()).contains(new Secret("0123"));
  }

  @Test
  void a_secret_from_a_file_remembers_the_file() throws IOException {
    Path secret = Files.writeString(folder.resolve("api-key"), "from-a-file\n");
    Settings settings =
        load("upstream: {apiKeyFile: '" + secret + "'}", Map.of()).orThrow();
    assertThat(settings.upstream().apiKey()).contains(new Secret("from-a-file"));
    assertThat(settings.secretFiles()).containsExactly(new SecretFile("upstream.apiKey", secret));
  }

  /** As editors of another system write it: the secret would fit nothing that it is to sign. */
  @Test
  void a_mark_before_a_secret_is_none_of_it() throws IOException {
    Path secret = Files.writeString(folder.resolve("hush"), "\uFEFFfrom-a-file\r\n");
    Settings settings = load("notify: {secretFile: '" + secret + "'}", Map.of()).orThrow();
    assertThat(settings.notifications().secret()).contains(new Secret("from-a-file"));
  }

  @Test
  void a_variable_beats_the_secret_file_named_in_yaml_which_is_then_not_read() {
    Settings settings = load(
            "upstream: {apiKeyFile: /nowhere/key}", Map.of("PAYONCE_UPSTREAM_API_KEY", "from-env"))
        .orThrow();
    assertThat(settings.upstream().apiKey()).contains(new Secret("from-env"));
    assertThat(settings.secretFiles()).isEmpty();
  }

  @Test
  void client_keys_in_a_file_may_stand_one_a_line() throws IOException {
    Path keys = Files.writeString(folder.resolve("keys"), "shop:key-one-of-shop\nshop:key:two\r\n");
    Settings settings =
        load("", Map.of("PAYONCE_CLIENT_KEYS_FILE", keys.toString())).orThrow();
    assertThat(settings.client().keys())
        .containsExactly(
            new ClientKey("shop", new Secret("key-one-of-shop")),
            new ClientKey("shop", new Secret("key:two")));
  }

  @Test
  void an_empty_variable_takes_away_what_the_file_gave() {
    Settings settings = load("admin: {token: given-in-the-file}", Map.of("PAYONCE_ADMIN_TOKEN", ""))
        .orThrow();
    assertThat(settings.admin().token()).isEmpty();
  }

  @Test
  void an_empty_file_and_empty_sections_are_no_faults() {
    assertThat(load("# nothing\n", Map.of())).isInstanceOf(Ready.class);
    assertThat(load("server:\nredis:\n  uris:\n", Map.of())).isInstanceOf(Ready.class);
  }

  @Test
  void variables_that_kubernetes_makes_for_a_service_called_payonce_are_passed_over() {
    Map<String, String> links = Map.of(
        "PAYONCE_SERVICE_HOST", "10.0.0.7",
        "PAYONCE_SERVICE_PORT", "8080",
        "PAYONCE_SERVICE_PORT_HTTP", "8080",
        "PAYONCE_PORT", "tcp://10.0.0.7:8080",
        "PAYONCE_PORT_8080_TCP", "tcp://10.0.0.7:8080",
        "PAYONCE_PORT_8080_TCP_ADDR", "10.0.0.7",
        "PAYONCE_ADMIN_PORT", "tcp://10.0.0.8:9090");
    assertThat(load("", links).orThrow().admin().port()).isEqualTo(9090);
  }

  @Test
  void no_record_prints_a_secret() {
    Settings settings = load(
            "",
            Map.of(
                "PAYONCE_UPSTREAM_API_KEY", "hush-1",
                "PAYONCE_CLIENT_KEYS", "shop:hush-2",
                "PAYONCE_ADMIN_TOKEN", "hush-3",
                "PAYONCE_SIGNING_SECRET", "hush-4",
                "PAYONCE_WEBHOOK_SECRET", "hush-6",
                "PAYONCE_NOTIFY_SECRET", "hush-7",
                "PAYONCE_REDIS_URIS", "redis://user:hush-5@10.0.0.1"))
        .orThrow();
    assertThat(settings.toString()).contains("10.0.0.1").doesNotContain("hush");
    assertThat(settings.redis().uris()).containsExactly("redis://user:hush-5@10.0.0.1");
  }

  @Test
  void a_key_the_program_fixes_must_exist() {
    assertThatThrownBy(() ->
            Settings.load(Optional.empty(), Map.of(), Profile.SANDBOX, Map.of("server.prot", "1")))
        .hasMessageContaining("server.prot");
  }

  @Test
  void the_default_of_every_key_is_acceptable_and_the_names_promised_outside_exist() {
    for (Key key : Key.values()) {
      if (key.fallback != null) {
        assertThat(key.expect.holds().test(key.fallback)).as(key.path).isTrue();
      }
    }
    assertThat(PROMISED)
        .allSatisfy((path, fallback) ->
            assertThat(KeyPath.BY_PATH.get(path).key().fallback).as(path).isEqualTo(fallback));
  }

  /** The names and defaults that are published; a change here breaks them. */
  private static final Map<String, String> PROMISED = Map.ofEntries(
      Map.entry("server.host", "127.0.0.1"),
      Map.entry("server.port", "8080"),
      Map.entry("server.waitBudgetMs", "20000"),
      Map.entry("server.maxBodyBytes", "65536"),
      Map.entry("server.drainMs", "25000"),
      Map.entry("admin.host", "127.0.0.1"),
      Map.entry("admin.port", "9090"),
      Map.entry("redis.mode", "standalone"),
      Map.entry("redis.uris", "redis://127.0.0.1:6379"),
      Map.entry("redis.minReplicas", "0"),
      Map.entry("upstream.baseUrl", "https://open.sunbay.us"),
      Map.entry("upstream.requestTimeoutMs", "10000"),
      Map.entry("upstream.connectTimeoutMs", "2000"),
      Map.entry("upstream.requestIdHeaders", "X-Client-Request-Id,X-Request-Id"),
      Map.entry("signing.mode", "bearer"),
      Map.entry("ledger.retentionMs", "86400000"),
      Map.entry("ledger.tombstoneMs", "604800000"),
      Map.entry("orders.onePayment", "true"),
      Map.entry("orders.sessions", "replace"),
      Map.entry("orders.pressSlackMs", "5000"),
      Map.entry("recovery.reissue", "true"),
      Map.entry("recovery.leaseMs", "15000"),
      Map.entry("recovery.firstDelayMs", "500"),
      Map.entry("recovery.maxDelayMs", "30000"),
      Map.entry("recovery.maxAttempts", "3"),
      Map.entry("recovery.resendsPerSecond", "5"),
      Map.entry("recovery.resendAfterWindow", "false"),
      Map.entry("recovery.deadlineMs", "600000"),
      Map.entry("webhook.maxAgeMs", "300000"),
      Map.entry("notify.giveUpMs", "259200000"),
      Map.entry("outcomes.retentionMs", "604800000"));

  @Test
  void the_promised_keys_without_default_exist_and_every_secret_among_them_has_its_file() {
    assertThat(KeyPath.BY_PATH)
        .containsKeys("server.tls.certFile", "server.tls.keyFile", "server.tls.clientCaFile")
        .containsKeys("client.keys", "client.keysFile", "client.open")
        .containsKeys("admin.token", "admin.tokenFile", "upstream.apiKey", "upstream.apiKeyFile")
        .containsKeys("signing.secret", "signing.secretFile", "signing.keyId")
        .containsKeys("signing.privateKey", "signing.privateKeyFile")
        .containsKeys("ledger.encryptionKey", "ledger.encryptionKeyFile")
        .containsKeys("webhook.host", "webhook.port", "webhook.publicUrl", "notify.allowHosts")
        .containsKeys("webhook.secret", "webhook.secretFile", "notify.secret", "notify.secretFile");
  }

  private Loaded load(String yaml, Map<String, String> env) {
    return Settings.load(Optional.of(file(yaml)), env, Profile.SANDBOX);
  }

  private Path file(String yaml) {
    try {
      return Files.writeString(folder.resolve("payonce.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
