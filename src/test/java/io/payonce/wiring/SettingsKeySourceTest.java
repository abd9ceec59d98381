package io.payonce.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of keys, looked at while they are written. */
class SettingsKeySourceTest {
  @TempDir
  Path folder;

  private Path apiKey;
  private Path secret;
  private Path login;
  private Settings settings;

  @BeforeEach
  void files() throws IOException {
    apiKey = Files.writeString(folder.resolve("key"), "first-key\n");
    secret = Files.writeString(folder.resolve("secret"), "first-secret\n");
    login = Files.writeString(folder.resolve("login"), "payonce:first\n");
    settings = Settings.load(
            Optional.empty(),
            Map.of(
                "PAYONCE_ACCOUNTS",
                "[{name: south, appIds: A, apiKeyFile: " + apiKey
                    + ", signing: {mode: hmac-sha256, secretFile: " + secret + "}}]"),
            Profile.SANDBOX,
            Map.of(
                "upstream.baseUrl",
                "https://localhost",
                "upstream.apiKeyFile",
                apiKey.toString(),
                "signing.mode",
                "hmac-sha256",
                "signing.secretFile",
                secret.toString(),
                "upstream.proxy",
                "http://localhost:1",
                "upstream.proxyLoginFile",
                login.toString()))
        .orThrow();
  }

  private List<SettingsKeySource> sources() {
    return AccountKeys.all(settings)
        .map(keys -> new SettingsKeySource(settings, keys))
        .toList();
  }

  @Test
  void what_they_hold_now_is_what_is_used() throws IOException {
    Files.writeString(apiKey, " next-key\n");
    Files.writeString(login, "payonce:next:one\n");
    for (SettingsKeySource source : sources()) {
      assertThat(source.read().apiKey()).isEqualTo("next-key");
    }
    assertThat(SettingsKeySource.proxyLogin(settings)).isEqualTo("payonce:next:one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "two words", "one\nand-another", "one\u0007two", "\u00e9"})
  void a_key_that_no_start_would_take_is_none(String content) throws IOException {
    Files.writeString(apiKey, content);
    assertThatThrownBy(sources().get(0)::read)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("upstream.apiKeyFile: ");
    assertThatThrownBy(sources().get(1)::read)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("accounts[0].apiKeyFile: ")
        .hasMessageNotContainingAny("two words", "another");
  }

  @Test
  void neither_is_an_empty_secret_nor_a_login_without_a_user() throws IOException {
    Files.writeString(secret, " \n");
    Files.writeString(login, ":next");
    assertThatThrownBy(sources().get(1)::read)
        .hasMessageStartingWith("accounts[0].signing.secretFile: ");
    assertThatThrownBy(() -> SettingsKeySource.proxyLogin(settings))
        .hasMessageStartingWith("upstream.proxyLoginFile: ");
    Files.delete(login);
    assertThatThrownBy(() -> SettingsKeySource.proxyLogin(settings))
        .hasMessage("upstream.proxyLoginFile: there is no such file");
  }
}
