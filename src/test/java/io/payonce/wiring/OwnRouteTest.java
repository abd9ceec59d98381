package io.payonce.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.port.ReportRoute;
import io.payonce.ledger.sealing.WebhookToken;
import io.payonce.model.PaymentId;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnRouteTest {
  private static final ReportRoute HOSTS = route(
      "https://pay.example.com/webhook/",
      "hooks.example.com,*.shops.example.com,Other.example.com:8443,203.0.113.7,"
          + "[2001:db8::7]:9443,127.0.0.1,[::1]:7000");

  private static ReportRoute route(String publicUrl, String allowHosts) {
    Map<String, String> fixed = Map.of(
        "webhook.port", "0",
        "webhook.secret", "the-platforms-signing-secret",
        "webhook.publicUrl", publicUrl,
        "notify.secret", "what-our-callers-check-with",
        "notify.allowHosts", allowHosts);
    return OwnRoute.of(
        Settings.load(Optional.empty(), Map.of(), Profile.SERVE, with(fixed)).orThrow(),
        account -> 7);
  }

  private static Map<String, String> with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.put("client.keys", "shop:a-long-enough-client-key");
    all.put("upstream.apiKey", "platform-key");
    all.put("ledger.encryptionKey", "A".repeat(43) + "=");
    return all;
  }

  @Test
  void without_an_address_of_ours_reports_go_past_us() {
    Settings settings =
        Settings.load(Optional.empty(), Map.of(), Profile.SANDBOX).orThrow();
    assertThat(OwnRoute.of(settings, account -> 7)).isSameAs(ReportRoute.PAST_US);
  }

  @Test
  void each_payment_has_an_address_of_its_own_below_ours() {
    PaymentId id = new PaymentId("M1", "pay-1");
    String token = new WebhookToken("what-our-callers-check-with").of(id);
    assertThat(HOSTS.address(id)).isEqualTo("https://pay.example.com/webhook/" + token);
    assertThat(route("http://127.0.0.1:9", "*").address(id))
        .isEqualTo("http://127.0.0.1:9/" + token);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.example.com",
        "https://hooks.example.com/",
        "https://hooks.example.com/a/b?c=d&e=%20",
        "https://hooks.example.com:443/hook",
        "HTTPS://HOOKS.Example.COM/hook",
        "https://one.shops.example.com/hook",
        "https://a.b.shops.example.com/hook",
        "https://other.example.com:8443/hook",
        "https://203.0.113.7/hook",
        "https://[2001:db8::7]:9443/hook",
        "http://127.0.0.1:51234/hook",
        "https://127.0.0.1/hook",
        "http://[::1]:7000/hook"
      })
  void what_is_listed_is_allowed(String url) {
    assertThat(HOSTS.allows(url)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // another host
        "https://example.com/hook",
        "https://hooks.example.com.evil.example/hook",
        "https://evil-hooks.example.com/hook",
        "https://shops.example.com/hook",
        "https://evilshops.example.com/hook",
        "https://.shops.example.com/hook",
        "https://hooks.example.com./hook",
        "https://127.0.0.2/hook",
        "https://localhost/hook",
        "https://2130706433/hook",
        "https://0x7f.1/hook",
        "https://[::ffff:127.0.0.2]/hook",
        // another port
        "https://hooks.example.com:8443/hook",
        "https://hooks.example.com:80/hook",
        "https://other.example.com/hook",
        "https://hooks.example.com:0/hook",
        "https://hooks.example.com:65979/hook",
        "http://[::1]:7001/hook",
        // another scheme
        "http://hooks.example.com/hook",
        "http://hooks.example.com:443/hook",
        "http://203.0.113.7:443/hook",
        "ftp://hooks.example.com/hook",
        "file:///etc/passwd",
        "gopher://hooks.example.com:443/",
        "//hooks.example.com/hook",
        "hooks.example.com/hook",
        "https:hooks.example.com",
        // a user's name in it, or what never travels
        "https://user@hooks.example.com/hook",
        "https://user:word@hooks.example.com/hook",
        "https://@hooks.example.com/hook",
        "https://hooks.example.com@evil.example/hook",
        "https://hooks.example.com/hook#part",
        // no address at all
        "",
        " ",
        "https://",
        "https:///hook",
        " https://hooks.example.com/hook",
        "https://hooks.example.com/a b",
        "https://hooks.example.com/{id}",
        "https://hooks.example.com\\@evil.example/",
        "https://hooks.example.com/\nHost: evil.example",
        "https://hooks.example.com%2eevil.example/",
        "https://hooks.exämple.com/hook",
        "javascript:alert(1)",
        "\ud800"
      })
  void what_is_not_listed_or_no_plain_address_is_not(String url) {
    assertThat(HOSTS.allows(url)).isFalse();
  }

  @Test
  void an_address_may_have_1024_signs() {
    String url = "https://hooks.example.com/" + "a".repeat(1024 - 26);
    assertThat(url).hasSize(1024);
    assertThat(HOSTS.allows(url)).isTrue();
    assertThat(HOSTS.allows(url + "a")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "https://anything.example/hook, true",
    "https://192.0.2.1/hook, false",
    "https://anything.example:8443/hook, false",
    "http://anything.example/hook, false",
    "http://127.0.0.1:80/hook, false",
    "http://localhost/hook, false"
  })
  void a_star_is_every_name_and_still_only_https_on_its_port(String url, boolean allowed) {
    assertThat(route("https://pay.example.com", "*").allows(url)).isEqualTo(allowed);
  }
}
