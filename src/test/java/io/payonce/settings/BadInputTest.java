package io.payonce.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.settings.Loaded.Faulty;
import io.payonce.settings.source.ConfigFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is written, the answer is a list of faults that shows an operator what to change. */
class BadInputTest {
  @TempDir
  Path folder;

  private Path file;

  @BeforeEach
  void place() {
    file = folder.resolve("payonce.yaml");
  }

  @Test
  void all_faults_are_reported_at_once_each_with_its_place_value_and_what_is_expected() {
    List<ConfigFault> faults = faults(
        "server:\n  port: 70000\n  prot: 1\nredis:\n  mode: cloud\n",
        Map.of("PAYONCE_RECOVERY_MAX_ATTEMPTS", "lots"));
    assertThat(faults)
        .containsExactlyInAnyOrder(
            new ConfigFault(
                "server.prot", file + ":3", "", "a known key; did you mean server.port?"),
            new ConfigFault("server.port", file + ":2", "70000", "a whole number, 0 to 65535"),
            new ConfigFault(
                "redis.mode",
                file + ":5",
                "cloud",
                "embedded or standalone or sentinel or cluster"),
            new ConfigFault(
                "recovery.maxAttempts",
                "PAYONCE_RECOVERY_MAX_ATTEMPTS",
                "lots",
                "a whole number, 1 to 10"));
    assertThat(faults.get(1))
        .hasToString("server.port = 70000 (" + file + ":2): expected a whole number, 0 to 65535");
  }

  @ParameterizedTest
  @CsvSource({
    "recovery.leasems, recovery.leaseMs",
    "server.leaseMs, recovery.leaseMs",
    "upstream.apikey, upstream.apiKey",
    "redis.url, redis.uris",
    "sever.port, server.port"
  })
  void an_unknown_key_is_a_fault_with_the_nearest_known_one(String typed, String meant) {
    String yaml = typed.replace(".", ":\n  ") + ": 1\n";
    List<ConfigFault> faults = faults(yaml, Map.of());
    if (typed.startsWith("sever")) {
      assertThat(faults).singleElement().extracting(ConfigFault::key).isEqualTo("sever");
    } else {
      assertThat(faults)
          .singleElement()
          .isEqualTo(
              new ConfigFault(typed, file + ":2", "", "a known key; did you mean " + meant + "?"));
    }
  }

  @Test
  void a_mistyped_variable_is_a_fault_too() {
    assertThat(faults("", Map.of("PAYONCE_SERVER_PROT", "1", "PATH", "/bin", "PAYONCER", "x")))
        .containsExactly(new ConfigFault(
            "PAYONCE_SERVER_PROT",
            "environment",
            "",
            "a known key; did you mean PAYONCE_SERVER_PORT?"));
  }

  @Test
  void a_name_far_from_all_others_gets_no_suggestion() {
    assertThat(faults("zebra: 1", Map.of()))
        .singleElement()
        .extracting(ConfigFault::expected)
        .isEqualTo("a known key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"- a\n- b\n", "just words", "42", "--- \n- server: {port: 1}"})
  void a_file_that_is_not_a_map_is_refused(String yaml) {
    assertThat(faults(yaml, Map.of()))
        .singleElement()
        .extracting(ConfigFault::expected)
        .asString()
        .startsWith("a map of sections");
  }

  @Test
  void a_key_written_twice_is_refused_where_it_stands_the_second_time() {
    assertThat(faults("server:\n  port: 1\n  port: 2\n", Map.of()))
        .containsExactly(new ConfigFault("server.port", file + ":3", "", "each key once"));
    assertThat(faults("server: {port: 1}\nserver: {drainMs: 2}\n", Map.of()))
        .containsExactly(new ConfigFault("server", file + ":2", "", "each key once"));
  }

  @Test
  void a_secret_and_its_file_at_once_are_refused() {
    assertThat(faults("admin:\n  token: abc\n  tokenFile: /x\n", Map.of()))
        .singleElement()
        .isEqualTo(new ConfigFault(
            "admin.tokenFile",
            file + ":3",
            "",
            "to be set once; it is also set at " + file + ":2"));
  }

  @Test
  void aliases_are_refused_before_they_can_multiply() {
    StringBuilder bomb = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x]\n");
    for (char name = 'b'; name < 'z'; name++) {
      String before = "*" + (char) (name - 1);
      bomb.append(name).append(": &").append(name).append(" [");
      bomb.append(String.join(", ", List.of(before, before, before, before))).append("]\n");
    }
    assertThat(faults(bomb.toString(), Map.of()))
        .containsExactly(new ConfigFault(
            "configuration file", file + ":2", "", "no YAML aliases: write the value out"));
  }

  @Test
  void nesting_without_end_is_refused_before_it_can_overflow_the_stack() {
    assertThat(faults("server: " + "[".repeat(200_000), Map.of()))
        .containsExactly(
            new ConfigFault("configuration file", file + ":1", "", "at most 16 levels"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server: {port: [1, 2]}",
        "server: {port: {a: 1}}",
        "server: {port: 8080.5}",
        "server: {port: 8_080}",
        "server: {port: -1}",
        "server: {port: 99999999999999999999999999}",
        "server: {port: ''}",
        "server: {waitBudgetMs: 20s}",
        "server: {host: 'http://x/'}",
        "server: 8080",
        "server: [port]",
        "client: {open: yes}",
        "client: {open: 1}",
        "client: {keys: [{shop: key}]}",
        "client: {keys: nameless}",
        "client: {keys: ','}",
        "client: {keys: 'a b:c'}",
        "admin: {token: two words}",
        "redis: {uris: []}",
        "redis: {uris: [null]}",
        "redis: {uris: 'http://127.0.0.1:6379'}",
        "redis: {uris: 'redis://127.0.0.1:70000'}",
        "redis: {uris: 'redis://127.0.0.1/zero'}",
        "redis: {uris: 'redis://h?password=x'}",
        "telemetry: {otlpEndpoint: 'collector:4318'}",
        "telemetry: {otlpEndpoint: 'http://user:password@collector:4318'}",
        "telemetry: {otlpEndpoint: 'http://collector:4318/?key=x'}",
        "telemetry: {sampling: 1.1}",
        "telemetry: {sampling: -0.1}",
        "telemetry: {sampling: 10%}",
        "log: {format: xml}",
        "upstream: {baseUrl: 'ftp://x'}",
        "upstream: {baseUrl: 'https://x/v1'}",
        "upstream: {baseUrl: 'https://x/v1/'}",
        "upstream: {baseUrl: 'https://x/gate/v1'}",
        "upstream: {baseUrl: 'https://x//'}",
        "upstream: {baseUrl: 'https://x//gate'}",
        "upstream: {baseUrl: 'https://x/gate/..'}",
        "upstream: {baseUrl: 'https://x/./gate'}",
        "upstream: {baseUrl: 'https://x/g%61te'}",
        "upstream: {baseUrl: 'https://x/gate;a=b'}",
        "upstream: {baseUrl: 'https://x/gate?y=z'}",
        "upstream: {baseUrl: 'https://x/gate#y'}",
        "upstream: {baseUrl: 'https://x?y=z'}",
        "upstream: {baseUrl: 'https://u:p@x'}",
        "upstream: {baseUrl: 'https://'}",
        "upstream: {proxy: 'https://proxy:3128'}",
        "upstream: {proxy: 'http://proxy'}",
        "upstream: {proxy: 'proxy:3128'}",
        "upstream: {proxy: 'http://till:word@proxy:3128'}",
        "upstream: {proxy: 'http://proxy:3128/way'}",
        "upstream: {proxy: 'http://proxy:3128', proxyLogin: 'till'}",
        "upstream: {proxy: 'http://proxy:3128', proxyLogin: ':word'}",
        "upstream: {proxyLogin: 'till:word'}",
        "upstream: {proxy: 'http://proxy:3128', baseUrl: 'http://platform:8081'}",
        "upstream: {requestIdHeaders: 'X Y'}",
        "upstream: {requestIdHeaders: ['X:Y']}",
        "signing: {mode: rot13}",
        "signing: {privateKey: '-----BEGIN RSA PRIVATE KEY-----'}",
        "signing: {privateKey: '-----BEGIN ENCRYPTED PRIVATE KEY-----AAAA-----END ENCRYPTED PRIVATE KEY-----'}",
        "signing: {privateKey: '-----BEGIN PRIVATE KEY-----!-----END PRIVATE KEY-----'}",
        "signing: {privateKey: '-----BEGIN PUBLIC KEY-----AAAA-----END PUBLIC KEY-----'}",
        "ledger: {encryptionKey: c2hvcnQ=}",
        "ledger: {encryptionKey: not base64!}",
        "ledger: {tombstoneMs: -1}",
        "redis: {minReplicas: -1}",
        "server: {port: !!binary AAAA}",
        "server: {port: !mine 80}",
        "? [a]\n: b",
        "server: {tls: {certFile: /nowhere, keyFile: /nowhere}}",
        "orders: {onePayment: \"\"}"
      })
  void a_value_of_the_wrong_shape_is_refused_and_nothing_escapes_as_an_exception(String yaml) {
    assertThat(faults(yaml, Map.of())).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server: {port: 1",
        "server:\n\tport: 1",
        "a: b: c",
        "---\na: 1\n---\nb: 2",
        "server: \"open",
        "%YAML 9.9\n---\na",
        "a: *nowhere",
        "\u0000"
      })
  void what_is_not_yaml_is_refused(String yaml) {
    assertThat(faults(yaml, Map.of())).isNotEmpty();
  }

  @Test
  void a_file_that_is_missing_or_a_folder_or_not_text_is_refused() throws IOException {
    assertThat(faultsOf(folder.resolve("none.yaml"))).hasSize(1);
    assertThat(faultsOf(folder)).hasSize(1);
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThat(faultsOf(binary)).hasSize(1);
    Path large = Files.writeString(folder.resolve("large"), "#".repeat(1_048_577));
    assertThat(faultsOf(large)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "empty", "binary", "large", "."})
  void a_secret_file_that_gives_no_secret_is_refused(String name) throws IOException {
    Files.writeString(folder.resolve("empty"), " \n");
    Files.write(folder.resolve("binary"), new byte[] {(byte) 0xc3, 0x28});
    Files.writeString(folder.resolve("large"), "x".repeat(1_048_577));
    String path = folder.resolve(name).toString();
    assertThat(faults("", Map.of("PAYONCE_ADMIN_TOKEN_FILE", path)))
        .singleElement()
        .satisfies(fault -> {
          assertThat(fault.key()).isEqualTo("admin.tokenFile");
          assertThat(fault.source()).isEqualTo("PAYONCE_ADMIN_TOKEN_FILE");
          assertThat(fault.value()).isEqualTo(path);
          assertThat(fault.expected()).startsWith("a readable file with the secret, but ");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "upstream: {apiKey: 'hush hush'}",
        "upstream: {apikey: hush}",
        "upstream: {apiKey: [hush]}",
        "upstream: {apiKey: \"hush",
        "upstream: {apiKey: hush, apiKey: hush}",
        "upstream: {apiKey: hush: hush}",
        "client: {keys: 'shop hush'}",
        "redis: {uris: 'redis://u:hush@h:port'}",
        "redis: {uris: 'redis//u:hush@h'}",
        "redis: {uris: 'redis://h?password=hush'}",
        "redis: {uris: 'hush'}",
        "upstream: {baseUrl: 'https://u:hush@h'}",
        "upstream: {baseUrl: 'u:hush@h'}",
        "upstream: {baseUrl: 'https://h/?key=hush'}",
        "upstream: {proxy: 'http://u:hush@h:3128'}",
        "upstream: {proxy: 'http://u:hush@hush/@h:3128'}",
        "telemetry: {otlpEndpoint: 'http://u:hush@h:4318'}",
        "webhook: {publicUrl: 'https://u:hush@h/hook'}",
        "notify: {allowHosts: 'h, https://u:hu,hush@h'}",
        "ledger: {encryptionKey: hush}",
        "signing: {privateKey: hush, secret: \"\"}",
        "signing: {mode: hmac-sha256}\nsecret: hush"
      })
  void no_fault_ever_quotes_a_secret(String yaml) {
    assertThat(faults(yaml, Map.of()).toString()).doesNotContain("hush");
    assertThat(faults("", Map.of("PAYONCE_UPSTREAM_APIKEY", "hush")).toString())
        .doesNotContain("hush");
  }

  private List<ConfigFault> faults(String yaml, Map<String, String> env) {
    try {
      Files.writeString(file, yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Loaded loaded = Settings.load(Optional.of(file), env, Profile.SANDBOX);
    assertThat(loaded).isInstanceOf(Faulty.class);
    return ((Faulty) loaded).faults();
  }

  private static List<ConfigFault> faultsOf(Path path) {
    Loaded loaded = Settings.load(Optional.of(path), Map.of(), Profile.SANDBOX);
    assertThat(loaded).isInstanceOf(Faulty.class);
    return ((Faulty) loaded).faults();
  }
}
