package io.payonce.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.settings.Loaded.Faulty;
import io.payonce.settings.Loaded.Ready;
import io.payonce.settings.source.ConfigFault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold between keys; each case starts from settings that serve accepts. */
class RulesTest {
  private static final String PEM =
      "-----BEGIN PRIVATE KEY-----\nAAAA\nBBBB\n-----END PRIVATE KEY-----";

  private static final Map<String, String> SOUND = Map.of(
      "PAYONCE_CLIENT_KEYS", "shop:a-long-enough-client-key",
      "PAYONCE_UPSTREAM_API_KEY", "platform-key",
      "PAYONCE_LEDGER_ENCRYPTION_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");

  @Test
  void serve_accepts_the_defaults_with_three_secrets_and_has_nothing_to_warn_of() {
    Loaded loaded = Settings.load(Optional.empty(), SOUND, Profile.SERVE);
    assertThat(loaded).isInstanceOf(Ready.class);
    assertThat(((Ready) loaded).warnings()).isEmpty();
  }

  @Test
  void serve_names_every_secret_it_misses_and_the_sandbox_none() {
    assertThat(keys(faults(Profile.SERVE, Map.of())))
        .containsExactly("client.keys", "upstream.apiKey", "ledger.encryptionKey");
    assertThat(Settings.load(Optional.empty(), Map.of(), Profile.SANDBOX))
        .isInstanceOf(Ready.class);
  }

  @ParameterizedTest
  @CsvSource({
    "REDIS_MODE, embedded, redis.mode",
    "CLIENT_KEYS, '', client.keys",
    "CLIENT_KEYS, 'a:same-key,b:same-key', client.keys",
    "CLIENT_MERCHANTS, nobody=M1, client.merchants",
    "CLIENT_MERCHANTS, 'shop=M1,shop=M2', client.merchants",
    "CLIENT_MERCHANTS, shop=M1|M2|M1, client.merchants",
    "CLIENT_MERCHANTS, shop=, client.merchants",
    "CLIENT_MERCHANTS, shop=|, client.merchants",
    "CLIENT_MERCHANTS, shop=M1|, client.merchants",
    "CLIENT_MERCHANTS, shop, client.merchants",
    "CLIENT_MERCHANTS, =M1, client.merchants",
    "CLIENT_MERCHANTS, shop=M/1, client.merchants",
    "CLIENT_MERCHANTS, 'shop=M1 | M2', client.merchants",
    "CLIENT_MERCHANTS, shop=M1~app, client.merchants",
    "CLIENT_MERCHANTS, ',', client.merchants",
    "ADMIN_HOST, 0.0.0.0, admin.token",
    "ADMIN_HOST, ::, admin.token",
    "ADMIN_HOST, 127.example.com, admin.token",
    "ADMIN_PORT, 8080, admin.port",
    "SERVER_TLS_CERT_FILE, pom.xml, server.tls.keyFile",
    "SERVER_TLS_KEY_FILE, pom.xml, server.tls.certFile",
    "SERVER_TLS_CLIENT_CA_FILE, pom.xml, server.tls.certFile",
    "RECOVERY_LEASE_MS, 14999, recovery.leaseMs",
    "UPSTREAM_REQUEST_TIMEOUT_MS, 10001, recovery.leaseMs",
    "UPSTREAM_CONNECT_TIMEOUT_MS, 2001, recovery.leaseMs",
    "RECOVERY_MAX_DELAY_MS, 499, recovery.maxDelayMs",
    "RECOVERY_RESEND_AFTER_WINDOW, true, recovery.deadlineMs",
    "SIGNING_MODE, hmac-sha256, signing.secret",
    "SIGNING_MODE, sorted-params, signing.secret",
    "SIGNING_MODE, rsa-sha256, signing.privateKey"
  })
  void one_change_breaks_one_rule(String variable, String value, String blamed) {
    assertThat(keys(faults(Profile.SERVE, with("PAYONCE_" + variable, value))))
        .containsExactly(blamed);
  }

  @Test
  void the_fault_of_a_short_lease_gives_the_sum() {
    assertThat(faults(
            Profile.SERVE,
            with("PAYONCE_RECOVERY_LEASE_MS", "5000", "PAYONCE_UPSTREAM_CONNECT_TIMEOUT_MS", "50")))
        .singleElement()
        .hasToString(
            "recovery.leaseMs = 5000 (PAYONCE_RECOVERY_LEASE_MS): expected milliseconds, at least"
                + " 11100 = 2 x upstream.connectTimeoutMs + upstream.requestTimeoutMs + 1000");
  }

  @Test
  void a_rule_is_not_judged_on_values_that_are_faulty_themselves() {
    assertThat(keys(faults(
            Profile.SERVE,
            with(
                "PAYONCE_RECOVERY_LEASE_MS", "5000",
                "PAYONCE_UPSTREAM_REQUEST_TIMEOUT_MS", "1s"))))
        .containsExactly("upstream.requestTimeoutMs");
  }

  @Test
  void a_deadline_beyond_the_window_allows_the_late_resend() {
    assertReady(
        "PAYONCE_RECOVERY_RESEND_AFTER_WINDOW", "true", "PAYONCE_RECOVERY_DEADLINE_MS", "630001");
    assertThat(keys(faults(
            Profile.SERVE,
            with(
                "PAYONCE_RECOVERY_RESEND_AFTER_WINDOW", "true",
                "PAYONCE_RECOVERY_DEADLINE_MS", "630000"))))
        .containsExactly("recovery.deadlineMs");
  }

  @Test
  void message_signatures_need_a_key_id_an_algorithm_and_the_key_it_works_with() {
    String mode = "PAYONCE_SIGNING_MODE";
    String name = "http-message-signatures";
    assertThat(keys(faults(Profile.SERVE, with(mode, name))))
        .containsExactly("signing.keyId", "signing.algorithm");
    for (String algorithm : List.of("ed25519", "ecdsa-p256-sha256", "rsa-pss-sha512")) {
      Map<String, String> env =
          with(mode, name, "PAYONCE_SIGNING_KEY_ID", "k", "PAYONCE_SIGNING_ALGORITHM", algorithm);
      assertThat(keys(faults(Profile.SERVE, env))).containsExactly("signing.privateKey");
      env.put("PAYONCE_SIGNING_PRIVATE_KEY", PEM);
      assertThat(Settings.load(Optional.empty(), env, Profile.SERVE)).isInstanceOf(Ready.class);
    }
    Map<String, String> hmac =
        with(mode, name, "PAYONCE_SIGNING_KEY_ID", "k", "PAYONCE_SIGNING_ALGORITHM", "hmac-sha256");
    assertThat(keys(faults(Profile.SERVE, hmac))).containsExactly("signing.secret");
  }

  @Test
  void who_is_kept_to_its_merchants_is_a_client_that_shows_a_key() {
    assertReady("PAYONCE_CLIENT_MERCHANTS", "shop=M1");
    Map<String, String> two = with("PAYONCE_CLIENT_KEYS", "shop:key-of-a-shop,till:key-of-a-till");
    two.put("PAYONCE_CLIENT_MERCHANTS", "till=M1|M_2-3,shop=M1");
    assertThat(Settings.load(Optional.empty(), two, Profile.SERVE)
            .orThrow()
            .client()
            .merchants())
        .isEqualTo(Map.of("till", Set.of("M1", "M_2-3"), "shop", Set.of("M1")));
    Map<String, String> open =
        with("PAYONCE_CLIENT_MERCHANTS", "shop=M1", "PAYONCE_CLIENT_OPEN", "true");
    for (Profile profile : Profile.values()) {
      assertThat(keys(faults(profile, open))).containsExactly("client.open");
    }
  }

  @Test
  void an_open_proxy_a_public_admin_with_token_and_signing_without_api_key_are_allowed() {
    assertReady("PAYONCE_CLIENT_OPEN", "true", "PAYONCE_CLIENT_KEYS", "");
    assertReady("PAYONCE_ADMIN_HOST", "0.0.0.0", "PAYONCE_ADMIN_TOKEN", "token");
    assertReady(
        "PAYONCE_SIGNING_MODE", "hmac-sha256",
        "PAYONCE_SIGNING_SECRET", "s",
        "PAYONCE_UPSTREAM_API_KEY", "");
  }

  @ParameterizedTest
  @CsvSource({
    "SERVER_WAIT_BUDGET_MS, 30000, server.waitBudgetMs",
    "SERVER_WAIT_BUDGET_MS, 29001, server.drainMs",
    "SERVER_DRAIN_MS, 19999, server.drainMs",
    "RECOVERY_DEADLINE_MS, 19999, recovery.deadlineMs",
    "CLIENT_OPEN, true, client.open",
    "CLIENT_KEYS, shop:short, client.keys",
    "UPSTREAM_BASE_URL, http://platform.example, upstream.baseUrl",
    "LEDGER_TOMBSTONE_MS, 0, ledger.tombstoneMs"
  })
  void what_is_risky_but_allowed_is_a_warning(String variable, String value, String about) {
    String drain = about.equals("server.waitBudgetMs") ? "30000" : "29000";
    Map<String, String> env = with("PAYONCE_SERVER_DRAIN_MS", drain, "PAYONCE_" + variable, value);
    Loaded loaded = Settings.load(Optional.empty(), env, Profile.SERVE);
    assertThat(loaded).isInstanceOf(Ready.class);
    assertThat(((Ready) loaded).warnings())
        .singleElement()
        .asString()
        .startsWith(about + " = ")
        .doesNotContain("short:");
  }

  @Test
  void a_drain_outlasts_whoever_waits_and_whatever_is_being_sent() {
    assertThat(warnings("PAYONCE_SERVER_DRAIN_MS", "20000")).isEmpty();
    assertThat(warnings(
            "PAYONCE_SERVER_WAIT_BUDGET_MS", "0",
            "PAYONCE_SERVER_DRAIN_MS", "12000"))
        .isEmpty();
    assertThat(warnings(
            "PAYONCE_SERVER_WAIT_BUDGET_MS", "0",
            "PAYONCE_SERVER_DRAIN_MS", "11999"))
        .singleElement()
        .asString()
        .startsWith("server.drainMs = 11999 (PAYONCE_SERVER_DRAIN_MS): expected at least 12000 ms");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://127.0.0.1:9", "http://localhost:9", "http://[::1]:9", "https://x.example"})
  void plain_http_to_this_machine_is_no_warning(String baseUrl) {
    Loaded loaded =
        Settings.load(Optional.empty(), with("PAYONCE_UPSTREAM_BASE_URL", baseUrl), Profile.SERVE);
    assertThat(((Ready) loaded).warnings()).isEmpty();
  }

  @Test
  void a_proxy_on_the_way_is_fine_with_and_without_a_login() {
    assertReady("PAYONCE_UPSTREAM_PROXY", "http://proxy.example:3128");
    assertReady(
        "PAYONCE_UPSTREAM_PROXY", "http://[fd00::1]:3128/",
        "PAYONCE_UPSTREAM_PROXY_LOGIN", "till:a:word");
  }

  /** All that a fleet needs whose callers' notifyUrl is served by Payonce. */
  private static final Map<String, String> OURS = Map.of(
      "PAYONCE_WEBHOOK_PORT", "8090",
      "PAYONCE_WEBHOOK_PUBLIC_URL", "https://pay.example.com/webhook",
      "PAYONCE_WEBHOOK_SECRET", "the-platforms-signing-secret",
      "PAYONCE_NOTIFY_SECRET", "what-our-callers-check-with",
      "PAYONCE_NOTIFY_ALLOW_HOSTS",
          "hooks.example.com,*.shops.example.com:8443,hook-1.svc,3com.example,10.0.0.7,[fd00::7]:9");

  private static Map<String, String> ours(String... more) {
    Map<String, String> env = with(more);
    OURS.forEach(env::putIfAbsent);
    return env;
  }

  @Test
  void the_road_is_ours_with_five_keys_and_serve_has_nothing_to_warn_of() {
    Loaded loaded = Settings.load(Optional.empty(), ours(), Profile.SERVE);
    assertThat(loaded).isInstanceOf(Ready.class);
    assertThat(((Ready) loaded).warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "WEBHOOK_PORT, '', webhook.port, could not report",
    "WEBHOOK_PORT, 8080, webhook.port, faces the internet",
    "WEBHOOK_PORT, 9090, webhook.port, faces the internet",
    "WEBHOOK_SECRET, '', webhook.secret, anybody",
    "WEBHOOK_PUBLIC_URL, http://pay.example.com, webhook.publicUrl, https",
    "WEBHOOK_PUBLIC_URL, http://127.evil.example, webhook.publicUrl, https",
    "WEBHOOK_PUBLIC_URL, https://user@pay.example.com, webhook.publicUrl, no user",
    "WEBHOOK_PUBLIC_URL, https://pay.example.com/?q=1, webhook.publicUrl, no query",
    "WEBHOOK_PUBLIC_URL, 'https://pay.example.com/%22', webhook.publicUrl, plain path",
    "WEBHOOK_PUBLIC_URL, ftp://pay.example.com, webhook.publicUrl, https",
    "WEBHOOK_PUBLIC_URL, pay.example.com, webhook.publicUrl, https",
    "NOTIFY_SECRET, '', notify.secret, no shop",
    "NOTIFY_ALLOW_HOSTS, '', notify.allowHosts, no shop",
    "NOTIFY_ALLOW_HOSTS, 'https://a.example', notify.allowHosts, host names",
    "NOTIFY_ALLOW_HOSTS, 'a.example/x', notify.allowHosts, host names",
    "NOTIFY_ALLOW_HOSTS, '*a.example', notify.allowHosts, host names",
    "NOTIFY_ALLOW_HOSTS, 'a.*.example', notify.allowHosts, host names",
    "NOTIFY_ALLOW_HOSTS, 'a.example:0', notify.allowHosts, host names",
    "NOTIFY_ALLOW_HOSTS, 'a.example:65536', notify.allowHosts, host names",
    "NOTIFY_ALLOW_HOSTS, 'a..example', notify.allowHosts, host names",
    "NOTIFY_ALLOW_HOSTS, '-a.example', notify.allowHosts, host names",
    "NOTIFY_ALLOW_HOSTS, 'a-.example', notify.allowHosts, host names",
    "NOTIFY_ALLOW_HOSTS, '*.10.0.0.1', notify.allowHosts, host names",
    "NOTIFY_ALLOW_HOSTS, '*.[::1]', notify.allowHosts, host names",
    "NOTIFY_ALLOW_HOSTS, '10.1', notify.allowHosts, host names",
    "NOTIFY_ALLOW_HOSTS, '256.1.1.1', notify.allowHosts, host names",
    "NOTIFY_ALLOW_HOSTS, '2130706433', notify.allowHosts, host names",
    "NOTIFY_ALLOW_HOSTS, '0x7f.0x1', notify.allowHosts, host names",
    "NOTIFY_ALLOW_HOSTS, '[::zz]', notify.allowHosts, host names",
    "NOTIFY_ALLOW_HOSTS, '[:::1]', notify.allowHosts, host names"
  })
  void what_would_leave_shops_without_notifications_is_refused_and_says_why(
      String variable, String value, String blamed, String why) {
    List<ConfigFault> faults = faults(Profile.SERVE, ours("PAYONCE_" + variable, value));
    assertThat(faults).singleElement().extracting(ConfigFault::key).isEqualTo(blamed);
    assertThat(faults.get(0).expected()).contains(why);
  }

  @Test
  void a_public_url_alone_names_all_four_that_it_needs_and_a_port_its_secret() {
    assertThat(keys(
            faults(Profile.SERVE, with("PAYONCE_WEBHOOK_PUBLIC_URL", "https://pay.example.com"))))
        .containsExactly("webhook.port", "webhook.secret", "notify.secret", "notify.allowHosts");
    assertThat(keys(faults(Profile.SERVE, with("PAYONCE_WEBHOOK_PORT", "0"))))
        .containsExactly("webhook.secret");
    assertReady("PAYONCE_WEBHOOK_PORT", "8090", "PAYONCE_WEBHOOK_SECRET", "s");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://127.0.0.1:9", "http://localhost:9/webhook", "https://pay.example.com:8443/"
      })
  void the_public_url_may_be_this_machine_in_the_clear_and_any_other_over_tls(String url) {
    assertThat(
            Settings.load(Optional.empty(), ours("PAYONCE_WEBHOOK_PUBLIC_URL", url), Profile.SERVE))
        .isInstanceOf(Ready.class);
  }

  @ParameterizedTest
  @CsvSource({
    "NOTIFY_SECRET, short, notify.secret",
    "NOTIFY_ALLOW_HOSTS, *, notify.allowHosts",
    "NOTIFY_ALLOW_HOSTS, 'a.example.com,*:8443', notify.allowHosts",
    "NOTIFY_ALLOW_HOSTS, *.com, notify.allowHosts"
  })
  void notifications_to_any_host_and_keys_that_can_be_guessed_are_warned_of(
      String variable, String value, String about) {
    Loaded loaded =
        Settings.load(Optional.empty(), ours("PAYONCE_" + variable, value), Profile.SERVE);
    assertThat(loaded).isInstanceOf(Ready.class);
    assertThat(((Ready) loaded).warnings()).singleElement().asString().startsWith(about + " = ");
  }

  private static List<String> warnings(String... more) {
    return ((Ready) Settings.load(Optional.empty(), with(more), Profile.SERVE)).warnings();
  }

  private static void assertReady(String... more) {
    assertThat(Settings.load(Optional.empty(), with(more), Profile.SERVE))
        .isInstanceOf(Ready.class);
  }

  private static Map<String, String> with(String... more) {
    Map<String, String> env = new HashMap<>(SOUND);
    for (int i = 0; i < more.length; i += 2) {
      env.put(more[i], more[i + 1]);
    }
    return env;
  }

  private static List<ConfigFault> faults(Profile profile, Map<String, String> env) {
    Loaded loaded = Settings.load(Optional.empty(), env, profile);
    assertThat(loaded).isInstanceOf(Faulty.class);
    return ((Faulty) loaded).faults();
  }

  private static List<String> keys(List<ConfigFault> faults) {
    return faults.stream().map(ConfigFault::key).toList();
  }
}
