package io.payonce.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.Overheard;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form of a URL and of an address, each with whether notifications may go there. */
class NotifyUrlGuardTest {
  private static final NotifyUrlGuard GUARD = new NotifyUrlGuard(List.of(
      "hooks.example.com",
      "*.shops.example.com",
      "other.example.com:8443",
      "10.1.2.3:8443",
      "10.9.9.9",
      "203.0.113.7",
      "8.8.8.8",
      "127.0.0.1:8081",
      "localhost:8082",
      "[::1]:8083",
      "[fd00::1]",
      "[2606:4700::1111]"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.example.com",
        "https://hooks.example.com/",
        "https://hooks.example.com:443/paid?shop=1&key=a%20b",
        "https://hooks.example.com?shop=1",
        "HTTPS://Hooks.Example.COM/a",
        "https://a.shops.example.com/",
        "https://a.b.shops.example.com/",
        "https://other.example.com:8443/",
        "https://10.1.2.3:8443/",
        "https://203.0.113.7/",
        "https://8.8.8.8/",
        "https://127.0.0.1:8081/",
        "http://127.0.0.1:8081/hook",
        "http://localhost:8082/hook",
        "http://[::1]:8083/hook",
        "http://[0:0:0:0:0:0:0:1]:8083/hook",
        "https://[fd00::1]/",
        "https://[2606:4700::1111]/"
      })
  void goes(String url) {
    assertThat(GUARD.allows(url)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hooks.example.com",
        "//hooks.example.com/",
        "ftp://hooks.example.com/",
        "javascript://hooks.example.com/",
        "http://hooks.example.com/",
        "http://hooks.example.com:443/",
        "https://hooks.example.com:8443/",
        "https://hooks.example.com:80/",
        "https://hooks.example.com:0/",
        "https://hooks.example.com:65536/",
        "https://hooks.example.com:99999/",
        "https://hooks.example.com:/",
        "https://hooks.example.com:443:443/",
        "https://other.example.com/",
        "https://evil.example/",
        "https://hooks.example.com.evil.example/",
        "https://evilhooks.example.com/",
        "https://shops.example.com/",
        "https://evilshops.example.com/",
        "https://.shops.example.com/",
        "https://a..shops.example.com/",
        "https://user@hooks.example.com/",
        "https://user:word@hooks.example.com/",
        "https://hooks.example.com@evil.example/",
        "https://evil.example\\@hooks.example.com/",
        "https://hooks.example.com\\.evil.example/",
        "https://hooks.example.com/a b",
        "https://hooks.example.com/a#part",
        "https://hooks.example.com./a",
        "https://@hooks.example.com/hook",
        "https://hooks.example.com/{id}",
        "https://hooks.example.com/<a>",
        "https://hooks.example.com/a\\b",
        "https://hooks.example.com/a\r\nX: y",
        "https://hooks.example.com/a\u0000",
        "https://hooks.example.com/\u00e9",
        "https://hooks.ex\u0430mple.com/",
        "https://hooks%2eexample.com/",
        "https://hooks.example.com%00.evil.example/",
        " https://hooks.example.com/",
        "https://hooks.example.com/ ",
        "https:///hooks.example.com/",
        "https:hooks.example.com/",
        "https://",
        "https://8.8.4.4/",
        "https://10.1.2.3/",
        "http://10.1.2.3:8443/",
        "http://8.8.8.8:443/",
        "https://127.0.0.1/",
        "http://127.0.0.1/",
        "http://127.0.0.2:8081/",
        "http://localhost/",
        "https://0x7f.0.0.1:8081/",
        "http://0x7f000001:8081/",
        "http://2130706433:8081/",
        "http://0177.0.0.1:8081/",
        "http://127.1:8081/",
        "http://127.0.0.1.:8081/",
        "http://127.000.000.001:8081/",
        "https://167838211:8443/",
        "https://134744072/",
        "https://010.010.010.010/",
        "https://8.8.8.8.8/",
        "https://256.8.8.8/",
        "https://hooks.example.0x1/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:169.254.169.254]/",
        "https://[64:ff9b::a01:203]/",
        "https://[fe80::1%25eth0]/",
        "https://[fd00::2]/",
        "https://[::]/",
        "https://[::1]/",
        "https://[hooks.example.com]/",
        "https://[]/",
        "https://fd00::1/",
        "https://169.254.169.254/latest/meta-data/"
      })
  void does_not_go(String url) {
    assertThat(GUARD.allows(url)).isFalse();
  }

  @Test
  void what_is_written_as_an_address_is_that_address_in_whatever_form_it_is_listed() {
    NotifyUrlGuard mapped = new NotifyUrlGuard(List.of("[::ffff:10.1.2.3]"));
    assertThat(mapped.allows("https://10.1.2.3/")).isTrue();
    assertThat(mapped.allows("https://[::ffff:a01:203]/")).isTrue();
    assertThat(GUARD.target("https://Hooks.Example.COM?a=1"))
        .contains(new HookUrl(true, "hooks.example.com", null, 443, "/?a=1"));
  }

  @Test
  void a_star_means_all_names_and_no_address_and_never_this_machine() {
    NotifyUrlGuard all = new NotifyUrlGuard(List.of("*", "*:8081"));
    assertThat(all.allows("https://anybody.example/")).isTrue();
    assertThat(all.allows("https://8.8.8.8/")).isFalse();
    assertThat(all.allows("http://127.0.0.1:8081/")).isFalse();
    assertThat(all.allows("http://localhost:8081/")).isFalse();
    assertThat(all.allows("http://anybody.example:8081/")).isFalse();
  }

  @Test
  void no_host_is_allowed_where_nothing_is_listed() {
    assertThat(new NotifyUrlGuard(List.of()).allows("https://hooks.example.com/"))
        .isFalse();
    assertThat(GUARD.allows(null)).isFalse();
    assertThat(GUARD.allows("https://hooks.example.com/" + "a".repeat(HookUrl.MOST_CHARS)))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":443", "a b", "https://a", "a/", "*a.example", "1.2.3", "[a.example]"})
  void what_is_no_host_allows_nothing_and_that_is_said(String entry) {
    try (Overheard log = Overheard.listen()) {
      assertThat(new NotifyUrlGuard(List.of(entry)).allows("https://hooks.example.com/"))
          .isFalse();
      assertThat(log.warnings()).singleElement().asString().contains("notify.allowHosts");
    }
  }

  @Test
  void this_machine_without_a_port_is_all_of_its_ports_for_trials() {
    NotifyUrlGuard here = new NotifyUrlGuard(List.of("127.0.0.1", "localhost", "[::1]"));
    assertThat(here.allows("http://127.0.0.1:51234/hook")).isTrue();
    assertThat(here.allows("https://127.0.0.1/hook")).isTrue();
    assertThat(here.allows("http://localhost/hook")).isTrue();
    assertThat(here.allows("http://[::1]:7000/hook")).isTrue();
    assertThat(here.allows("http://127.0.0.2:51234/hook")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "8.8.8.8, true",
    "1.1.1.1, true",
    "9.255.255.255, true",
    "11.0.0.0, true",
    "100.63.255.255, true",
    "100.128.0.0, true",
    "172.15.255.255, true",
    "172.32.0.0, true",
    "223.255.255.255, true",
    "2606:4700::1111, true",
    "2a00:1450:4001::1, true",
    "0.0.0.0, false",
    "10.0.0.1, false",
    "10.255.255.255, false",
    "100.64.0.1, false",
    "100.127.255.255, false",
    "127.0.0.1, false",
    "127.255.255.254, false",
    "169.254.169.254, false",
    "172.16.0.1, false",
    "172.31.255.255, false",
    "192.0.0.8, false",
    "192.0.2.1, false",
    "192.88.99.1, false",
    "192.168.1.1, false",
    "198.18.0.1, false",
    "198.19.255.255, false",
    "198.51.100.1, false",
    "203.0.113.1, false",
    "224.0.0.1, false",
    "239.255.255.255, false",
    "240.0.0.1, false",
    "255.255.255.255, false",
    "::, false",
    "::1, false",
    "::ffff:10.0.0.1, false",
    "::ffff:127.0.0.1, false",
    "::ffff:169.254.169.254, false",
    "::10.0.0.1, false",
    "64:ff9b::8.8.8.8, false",
    "64:ff9b::169.254.169.254, false",
    "64:ff9b:1::1, false",
    "100::1, false",
    "2001::1, false",
    "2001:db8::1, false",
    "2002:7f00:1::1, false",
    "3fff::1, false",
    "fc00::1, false",
    "fd12:3456::1, false",
    "fe80::1, false",
    "fec0::1, false",
    "ff02::1, false",
    "fd00:ec2::254, false"
  })
  void the_internets_addresses_are_distinguished_from_all_others(String address, boolean is)
      throws UnknownHostException {
    assertThat(AddressRanges.isPublic(InetAddress.getByName(address))).isEqualTo(is);
    assertThat(GUARD.leadOut(addresses(address), 443)).isEqualTo(is);
  }

  @Test
  void a_name_is_trusted_with_all_its_addresses_or_not_at_all() throws UnknownHostException {
    assertThat(GUARD.leadOut(addresses("8.8.4.4", "2606:4700::1"), 443)).isTrue();
    assertThat(GUARD.leadOut(addresses("8.8.4.4", "10.0.0.1"), 443)).isFalse();
    assertThat(GUARD.leadOut(addresses("8.8.4.4", "10.9.9.9"), 443)).isTrue();
    assertThat(GUARD.leadOut(addresses("10.9.9.9"), 8443)).isFalse();
    assertThat(GUARD.leadOut(addresses("127.0.0.1"), 8082)).isTrue();
    assertThat(GUARD.leadOut(addresses("127.0.0.1"), 443)).isFalse();
    assertThat(GUARD.leadOut(List.of(), 443)).isFalse();
  }

  private static List<InetAddress> addresses(String... texts) throws UnknownHostException {
    InetAddress[] addresses = new InetAddress[texts.length];
    for (int i = 0; i < texts.length; i++) {
      addresses[i] = InetAddress.getByName(texts[i]);
    }
    return Arrays.asList(addresses);
  }
}
