package io.payonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.settings.Loaded.Ready;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The compose file agrees with itself, with the program and with the monitoring. */
class ComposeTest {
  private static final Path FILE = Path.of("conf/compose.yaml");

  private static final Map<String, String> ENVIRONMENT = Map.of(
      "PAYONCE_ADMIN_TOKEN", "0123456789abcdef0123",
      "PAYONCE_ADMIN_READ_TOKEN", "3210fedcba9876543210",
      "PAYONCE_CLIENT_KEYS", "shop:0123456789abcdef0123",
      "PAYONCE_LEDGER_ENCRYPTION_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");

  @Test
  void what_it_sets_is_a_configuration_that_serve_accepts() throws IOException {
    Map<String, String> environment = new HashMap<>();
    map(service("payonce").get("environment"))
        .forEach((key, value) -> environment.put(key, resolved((String) value)));
    var loaded = Settings.load(Optional.empty(), environment, Profile.SERVE);
    assertThat(loaded).as(loaded.toString()).isInstanceOf(Ready.class);
    Settings settings = loaded.orThrow();
    assertThat(settings.redis().uris()).containsExactly("redis://redis:6379");
    assertThat(settings.upstream().baseUrl()).isEqualTo("http://platform:8081");
    assertThat(service("payonce").get("ports").toString())
        .contains(":" + settings.server().port(), ":" + settings.admin().port())
        .doesNotContain("0.0.0.0");
    assertThat(map(service("payonce").get("depends_on"))).containsKey("redis");
    assertThat(settings.webhook().port()).as("off until it is asked for").isEmpty();
  }

  @Test
  void its_head_says_all_that_notifications_need() throws IOException {
    Map<String, String> environment = new HashMap<>();
    map(service("payonce").get("environment"))
        .forEach((key, value) -> environment.put(key, resolved((String) value)));
    for (String line : Files.readAllLines(FILE)) {
      int is = line.indexOf('=');
      if (line.matches("#   PAYONCE_(WEBHOOK|NOTIFY)_.*=.*")) {
        String name = line.substring(4, is);
        assertThat(map(service("payonce").get("environment"))).containsKey(name);
        String value = line.substring(is + 1).replaceAll("<your name>", "pay.example.com");
        environment.put(
            name, name.endsWith("HOSTS") ? "hooks.example.com" : value.replaceAll("[<>]", ""));
      }
    }
    Settings settings =
        Settings.load(Optional.empty(), environment, Profile.SERVE).orThrow();
    assertThat(settings.webhook().publicUrl()).contains("https://pay.example.com/webhook");
    assertThat(service("payonce").get("ports").toString())
        .contains("127.0.0.1:" + settings.webhook().port().orElseThrow() + ":");
  }

  /** {@code ${NAME:-default}} and {@code ${NAME:?what to do}}, as compose reads them. */
  private static String resolved(String value) {
    if (!value.startsWith("${")) {
      return value;
    }
    String name = value.substring(2, value.indexOf(':'));
    String rest = value.substring(value.indexOf(':') + 1, value.length() - 1);
    return ENVIRONMENT.getOrDefault(name, rest.startsWith("-") ? rest.substring(1) : null);
  }

  @Test
  void its_redis_forgets_nothing() throws IOException {
    List<?> command = (List<?>) service("redis").get("command");
    for (List<String> pair : List.of(
        List.of("--appendonly", "yes"),
        List.of("--appendfsync", "always"),
        List.of("--maxmemory-policy", "noeviction"))) {
      assertThat(command.get(command.indexOf(pair.get(0)) + 1)).isEqualTo(pair.get(1));
    }
    assertThat(service("redis").get("volumes").toString()).contains("/data");
  }

  @Test
  void every_config_that_is_mounted_exists_and_its_file_too() throws IOException {
    Map<String, Object> configs = map(compose().get("configs"));
    for (String service : List.of("prometheus", "grafana")) {
      for (Object mounted : (List<?>) service(service).get("configs")) {
        assertThat(configs).containsKey((String) map(mounted).get("source"));
      }
    }
    for (Object config : configs.values()) {
      String file = (String) map(config).get("file");
      assertThat(file == null || Files.exists(FILE.resolveSibling(file)))
          .as(file)
          .isTrue();
    }
    assertThat(map(configs.get("prometheus")).get("content").toString())
        .contains("job_name: payonce", "${PAYONCE_ADMIN_READ_TOKEN}", "payonce:9090");
  }

  private static Map<String, Object> service(String name) throws IOException {
    return map(map(compose().get("services")).get(name));
  }

  private static Map<String, Object> compose() throws IOException {
    return map(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(FILE)));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }
}
