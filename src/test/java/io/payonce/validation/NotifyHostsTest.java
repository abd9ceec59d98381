package io.payonce.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotifyHostsTest {
  private static final NotifyHosts HOSTS = NotifyHosts.of(List.of(
      "hooks.example.com",
      "*.shops.example.com",
      "Other.example.com:8443",
      "203.0.113.7",
      "[2001:db8::7]:9443",
      "127.0.0.1",
      "[::1]:7000"));

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
    assertThat(HOSTS.allow(url)).isTrue();
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
        "https://[::ffff:127.0.0.1]/hook",
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
        // somebody's name in it, or what never travels
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
    assertThat(HOSTS.allow(url)).isFalse();
  }

  @Test
  void an_address_may_have_1024_signs() {
    String url = "https://hooks.example.com/" + "a".repeat(NotifyHosts.MOST_SIGNS - 26);
    assertThat(url).hasSize(1024);
    assertThat(HOSTS.allow(url)).isTrue();
    assertThat(HOSTS.allow(url + "a")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "https://anything.example/hook, true",
    "https://192.0.2.1/hook, true",
    "https://anything.example:8443/hook, false",
    "http://anything.example/hook, false",
    "http://127.0.0.1:80/hook, false",
    "http://localhost/hook, false"
  })
  void a_star_is_every_host_and_still_only_https_on_its_port(String url, boolean allowed) {
    assertThat(NotifyHosts.of(List.of("*")).allow(url)).isEqualTo(allowed);
  }

  @Test
  void nothing_listed_allows_nothing() {
    assertThat(NotifyHosts.of(List.of()).allow("https://hooks.example.com/hook"))
        .isFalse();
  }
}
