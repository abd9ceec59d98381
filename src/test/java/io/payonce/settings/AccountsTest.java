package io.payonce.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.settings.Loaded.Faulty;
import io.payonce.settings.Loaded.Ready;
import io.payonce.settings.source.ConfigFault;
import io.payonce.settings.source.Secret;
import io.payonce.settings.source.SecretFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A list of sections: from a file or one variable, every fault with its section and its name. */
class AccountsTest {
  private static final String TWO = """
      accounts:
        - name: north
          appIds: [app-7, app-8]
          merchants: M1001
          apiKey: hush-north
          signing:
            mode: hmac-sha256
            secret: hush-signing
            keyId: k1
          webhookSecret: hush-of-the-platform
          notifySecret: hush-for-callers
        - name: south
          merchants: [M2, M3]
          apiKey: 0123
      """;

  @TempDir
  Path folder;

  @Test
  void each_section_is_an_account_with_its_defaults() {
    Settings settings = load(TWO, Map.of()).orThrow();
    Settings.Account north = settings.accounts().get(0);
    assertThat(north.name()).isEqualTo("north");
    assertThat(north.appIds()).containsExactly("app-7", "app-8");
    assertThat(north.merchants()).containsExactly("M1001");
    assertThat(north.apiKey()).isEqualTo(new Secret("hush-north"));
    assertThat(north.signing().mode()).isEqualTo("hmac-sha256");
    assertThat(north.webhookSecret()).contains(new Secret("hush-of-the-platform"));
    Settings.Account south = settings.accounts().get(1);
    assertThat(south.apiKey()).isEqualTo(new Secret("0123"));
    assertThat(south.signing().mode()).isEqualTo("bearer");
    assertThat(south.credentials()).isEqualTo(settings.credentials());
    assertThat(south.webhookSecret()).isEmpty();
    assertThat(settings.toString()).doesNotContain("hush");
  }

  @Test
  void nothing_of_the_top_level_is_inherited() {
    String above = "signing: {mode: hmac-sha256, secret: of-everybody}\n";
    Settings.Account south = load(above + TWO, Map.of()).orThrow().accounts().get(1);
    assertThat(south.signing().mode()).isEqualTo("bearer");
    assertThat(south.signing().secret()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{name: east, appIds: [A1, A2], apiKey: k, signing: {mode: bearer}}]",
        "[{\"name\":\"east\",\"appIds\":\"A1,A2\",\"apiKey\":\"k\",\"signing\":{\"mode\":\"bearer\"}}]"
      })
  void one_variable_holds_the_whole_list_and_replaces_that_of_the_file(String text) {
    List<Settings.Account> accounts =
        load(TWO, Map.of("PAYONCE_ACCOUNTS", text)).orThrow().accounts();
    assertThat(accounts).singleElement().satisfies(east -> {
      assertThat(east.name()).isEqualTo("east");
      assertThat(east.appIds()).containsExactly("A1", "A2");
    });
    assertThat(load(TWO, Map.of("PAYONCE_ACCOUNTS", "")).orThrow().accounts()).isEmpty();
  }

  @Test
  void secrets_come_from_files_that_are_remembered_under_the_name_of_their_section()
      throws IOException {
    Path key = Files.writeString(folder.resolve("key"), "of-a-file\n");
    Path secret = Files.writeString(folder.resolve("secret"), "signs\n");
    String yaml = "accounts: [{name: a, appIds: A, apiKey: k}, {name: b, merchants: M, apiKeyFile: "
        + key + ", signing: {mode: sorted-params, secretFile: " + secret + "}}]";
    Settings settings = load(yaml, Map.of()).orThrow();
    assertThat(settings.accounts().get(1).apiKey()).isEqualTo(new Secret("of-a-file"));
    assertThat(settings.secretFiles())
        .containsExactly(
            new SecretFile("accounts[1].apiKey", key),
            new SecretFile("accounts[1].signing.secret", secret));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{name: a b, appIds: A, apiKey: k}                           | accounts[1].name",
        "{name: a/b, appIds: A, apiKey: k}                           | accounts[1].name",
        "{name: default, appIds: A, apiKey: k}                       | accounts[1].name",
        "{appIds: A, apiKey: k}                                      | accounts[1].name",
        "{name: one, appIds: A, apiKey: k}                           | accounts[1].name",
        "{name: a, appIds: A1, apiKey: k}                            | accounts[1].appIds",
        "{name: a, appIds: [A, A1], apiKey: k}                       | accounts[1].appIds",
        "{name: a, merchants: 'M, M1', apiKey: k}                    | accounts[1].merchants",
        "{name: a, merchants: M1;M2, apiKey: k}                       | accounts[1].merchants",
        "{name: a, merchants: M.1, apiKey: k}                        | accounts[1].merchants",
        "{name: a, appIds: 123456789012345678901234567890123, apiKey: k} | accounts[1].appIds",
        "{name: a, apiKey: k}                                        | accounts[1].merchants",
        "{name: a, appIds: A}                                        | accounts[1].apiKey",
        "{name: a, appIds: A, apiKey: 'k k'}                         | accounts[1].apiKey",
        "{name: a, appIds: A, apiKeyFile: /nowhere}                  | accounts[1].apiKeyFile",
        "{name: a, appIds: A, apiKey: k, apiKeyFile: pom.xml}        | accounts[1].apiKeyFile",
        "{name: a, appIds: A, apiKey: k, signing: {mode: hmac}}      | accounts[1].signing.mode",
        "{name: a, appIds: A, apiKey: k, signing: {mode: hmac-sha256}} | accounts[1].signing.secret",
        "{name: a, appIds: A, apiKey: k, signing: {mode: rsa-sha256}} | accounts[1].signing.privateKey",
        "{name: a, appIds: A, apiKey: k, signing: {secretFrom: workingKey}} | accounts[1].signing.secretFrom",
        "{name: a, appIds: A, apiKey: k, credentials: {tmk: {path: /v1/x}}} | accounts[1].credentials.tmk.valueAt",
        "{name: a, appIds: A, apiKey: k, key: x}                     | accounts[1].key",
        "{name: a, appIds: A, apiKey: k, signing: {mod: bearer}}     | accounts[1].signing.mod",
        "{name: a, appIds: A, apiKey: k, redis: {mode: cluster}}     | accounts[1].redis",
        "hush                                                        | accounts[1]",
        "[hush]                                                      | accounts[1]",
      })
  void a_fault_names_the_section_and_the_key(String second, String named) {
    String yaml = "accounts:\n  - {name: one, appIds: A1, merchants: M1, apiKey: k}\n  - " + second;
    for (Loaded loaded :
        List.of(load(yaml, Map.of()), load("", Map.of("PAYONCE_ACCOUNTS", yaml.substring(10))))) {
      List<ConfigFault> faults = ((Faulty) loaded).faults();
      assertThat(faults).extracting(ConfigFault::key).contains(named);
      assertThat(faults).allSatisfy(fault -> {
        assertThat(fault.key()).startsWith("accounts[1]");
        assertThat(fault.source()).containsAnyOf("payonce.yaml:3", "PAYONCE_ACCOUNTS:", "pom.xml");
        assertThat(fault.toString()).doesNotContain("hush");
      });
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5 | a list of sections",
        "{name: a} | a list of sections",
        "'[{name: }' | valid YAML",
        "[{apiKey: \"\\Uhushhush\"}] | valid YAML, but expected escape sequence of 8",
        "[{apiKey: !hush!x y}] | valid YAML, but found undefined tag handle",
        "[{apiKey: !<tag:%ff%68> x}] | valid YAML, but expected URI in UTF-8"
      })
  void what_is_no_list_is_a_fault(String text, String expected) {
    assertThat(((Faulty) load("", Map.of("PAYONCE_ACCOUNTS", text))).faults())
        .singleElement()
        .satisfies(fault -> {
          assertThat(fault.key()).isEqualTo("accounts");
          assertThat(fault.expected()).contains(expected).doesNotContain("hush");
        });
  }

  @Test
  void a_mistyped_list_is_reported_with_its_name() {
    assertThat(((Faulty) load("acounts: []", Map.of())).faults())
        .singleElement()
        .extracting(ConfigFault::expected)
        .isEqualTo("a known key; did you mean accounts?");
    assertThat(((Faulty) load("", Map.of("PAYONCE_ACOUNTS", "[]"))).faults())
        .singleElement()
        .extracting(ConfigFault::expected)
        .isEqualTo("a known key; did you mean PAYONCE_ACCOUNTS?");
  }

  @Test
  void what_check_prints_is_masked_and_can_be_read_back() {
    String shown = EffectiveConfig.yaml(((Ready) load(TWO, Map.of())).entries());
    assertThat(shown).doesNotContain("hush").contains("\n  - name: north ", "\n  - name: south ");
    List<Settings.Account> again = load(shown, Map.of()).orThrow().accounts();
    assertThat(again).extracting(Settings.Account::name).containsExactly("north", "south");
    assertThat(again.get(0).signing().keyId()).contains("k1");
    assertThat(again.get(0).notifySecret()).contains(new Secret("***"));
  }

  @Test
  void secrets_of_an_account_rotate_and_all_else_needs_a_restart() throws IOException {
    Path key = Files.writeString(folder.resolve("key"), "old");
    String yaml = TWO.replace("apiKey: 0123", "apiKeyFile: " + key);
    Ready before = (Ready) load(yaml, Map.of());
    Files.writeString(key, "new");
    Ready after = (Ready) load(
        yaml.replace("hush-for-callers", "hush-2")
            .replace("keyId: k1", "keyId: k2")
            .replace("M3", "M4"),
        Map.of());
    assertThat(Reloadable.changes(before, after))
        .extracting(Object::toString)
        .containsExactlyInAnyOrder(
            "accounts[0].signing.keyId: k1 -> k2",
            "accounts[0].notifySecret: \"***\" -> \"***\"",
            "accounts[1].merchants: [M2, M3] -> [M2, M4] (needs a restart)",
            "accounts[1].apiKey: \"***\" -> \"***\"");
    List<Settings.Account> merged =
        Reloadable.merge(before.settings(), before.settings(), after.settings()).accounts();
    assertThat(merged.get(0).notifySecret()).contains(new Secret("hush-2"));
    assertThat(merged.get(0).signing().keyId()).contains("k2");
    assertThat(merged.get(1)).isEqualTo(before.settings().accounts().get(1));
  }

  @Test
  void an_account_that_comes_or_goes_needs_a_restart() {
    Ready none = (Ready) load("", Map.of());
    Ready two = (Ready) load(TWO, Map.of());
    assertThat(Reloadable.changes(none, two)).isNotEmpty().noneMatch(Reloadable.Change::taken);
    assertThat(Reloadable.changes(two, none)).isNotEmpty().noneMatch(Reloadable.Change::taken);
    assertThat(Reloadable.merge(none.settings(), none.settings(), two.settings()))
        .isEqualTo(none.settings());
    assertThat(Reloadable.merge(two.settings(), two.settings(), none.settings()).accounts())
        .isEqualTo(two.settings().accounts());
  }

  private Loaded load(String yaml, Map<String, String> env) {
    try {
      Path file = Files.writeString(folder.resolve("payonce.yaml"), yaml);
      return Settings.load(Optional.of(file), env, Profile.SANDBOX);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
