package io.payonce.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Which address is next, as DNS changes, fails and falls silent. */
@Execution(ExecutionMode.CONCURRENT)
class HostTest {
  private static final String NAME = "platform.test";

  private final Vertx vertx = Vertx.vertx();
  private final DnsServer dns = new DnsServer();
  private final Host host = dns.names().host(NAME);

  @AfterEach
  void close() {
    dns.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void one_address_is_used_while_it_works() {
    dns.tell(NAME, 60, "127.0.0.2", "127.0.0.3");
    String first = next();
    assertThat(List.of(next(), next(), next())).containsOnly(first);
    assertThat(dns.questions).hasValueLessThanOrEqualTo(2);
  }

  @Test
  void each_address_of_both_families_is_tried_before_any_again() {
    dns.tell(NAME, 60, "127.0.0.2", "127.0.0.3", "::1");
    next();
    await().until(() -> host.size() == 3);
    Set<InetAddress> tried = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      InetAddress next = nextBut(tried);
      host.failed(next);
      assertThat(tried.add(next)).isTrue();
    }
    assertThat(tried).hasSize(3);
    assertThat(tried).contains(nextBut(tried));
  }

  @Test
  void a_name_of_ipv6_addresses_only_is_found() {
    dns.tell(NAME, 60, "::1");
    assertThat(next()).isEqualTo("0:0:0:0:0:0:0:1");
  }

  @Test
  void a_switch_is_followed_when_the_old_answer_has_expired() {
    dns.tell(NAME, 0, "127.0.0.2");
    assertThat(next()).isEqualTo("127.0.0.2");
    dns.tell(NAME, 0, "127.0.0.3");
    await().until(() -> next().equals("127.0.0.3"));
  }

  @Test
  void the_alias_of_a_name_holds_no_longer_than_it_says() {
    dns.alias(NAME, 0, "a.test", "127.0.0.2");
    assertThat(next()).isEqualTo("127.0.0.2");
    dns.alias(NAME, 0, "b.test", "127.0.0.3");
    await().until(() -> next().equals("127.0.0.3"));
  }

  @Test
  void after_a_failed_connect_dns_is_asked_before_its_answer_has_expired() {
    dns.tell(NAME, 3600, "127.0.0.2");
    InetAddress old = nextBut(Set.of());
    dns.tell(NAME, 3600, "127.0.0.3");
    await().until(() -> {
      host.failed(old);
      return next().equals("127.0.0.3");
    });
  }

  @Test
  void an_address_that_failed_comes_last_for_all() {
    dns.tell(NAME, 60, "127.0.0.2", "127.0.0.3");
    InetAddress bad = nextBut(Set.of());
    host.failed(bad);
    for (int i = 0; i < 10; i++) {
      assertThat(nextBut(Set.of())).isNotEqualTo(bad);
    }
  }

  @Test
  void what_is_known_is_used_on_while_dns_fails_denies_or_is_silent() {
    dns.tell(NAME, 0, "127.0.0.2");
    assertThat(next()).isEqualTo("127.0.0.2");
    for (Runnable trouble : List.<Runnable>of(
        () -> dns.fail(NAME, DnsServer.SERVFAIL),
        () -> dns.fail(NAME, DnsServer.NXDOMAIN),
        () -> dns.hush(NAME))) {
      trouble.run();
      int asked = dns.questions.get();
      await().until(() -> {
        assertThat(next()).isEqualTo("127.0.0.2");
        return dns.questions.get() > asked;
      });
      assertThat(next()).isEqualTo("127.0.0.2");
    }
    dns.tell(NAME, 0, "127.0.0.3");
    await().until(() -> next().equals("127.0.0.3"));
  }

  @Test
  void while_dns_fails_for_one_family_its_addresses_are_used_on() {
    dns.tell(NAME, 0, "127.0.0.2", "::1");
    assertThat(next()).isEqualTo("127.0.0.2");
    await().until(() -> host.size() == 2);
    dns.fail(NAME, DnsServer.SERVFAIL, "127.0.0.2");
    int asked = dns.questions.get();
    await().until(() -> {
      assertThat(next()).isEqualTo("127.0.0.2");
      return dns.questions.get() > asked + 3;
    });
    host.failed(nextBut(Set.of()));
    assertThat(next()).isEqualTo("0:0:0:0:0:0:0:1");
  }

  @Test
  void one_family_that_is_gone_leaves_the_other() {
    dns.tell(NAME, 0, "127.0.0.2", "::1");
    assertThat(next()).isEqualTo("127.0.0.2");
    await().until(() -> host.size() == 2);
    dns.tell(NAME, 0, "::1");
    await().until(() -> next().equals("0:0:0:0:0:0:0:1"));
  }

  @Test
  void an_unknown_name_fails_and_is_found_when_it_comes() {
    dns.fail(NAME, DnsServer.NXDOMAIN);
    assertThatThrownBy(this::next)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(UnknownHostException.class);
    dns.tell(NAME, 0, "127.0.0.2");
    await().ignoreExceptions().until(() -> next().equals("127.0.0.2"));
  }

  @Test
  void a_kept_connection_learns_that_its_address_has_left_only_when_another_came() {
    dns.tell(NAME, 0, "127.0.0.2");
    InetAddress old = nextBut(Set.of());
    assertThat(host.hasLeft(old)).isFalse();
    dns.fail(NAME, DnsServer.NXDOMAIN);
    int asked = dns.questions.get();
    await().until(() -> {
      assertThat(host.hasLeft(old)).isFalse();
      return dns.questions.get() >= asked + 2;
    });
    dns.tell(NAME, 0, "127.0.0.3");
    await().until(() -> host.hasLeft(old));
  }

  @Test
  void an_address_stays_what_it_is_and_is_not_looked_up() {
    for (String text : List.of("127.0.0.2", "::1", "[::1]", "::1%1")) {
      Host literal = dns.names().host(text);
      assertThat(literal.next(vertx, Set.of()).result()).as(text).isNotNull();
    }
    assertThat(dns.names().host("::1%1").next(vertx, Set.of()).result().getHostAddress())
        .endsWith("%1");
    assertThat(dns.questions).hasValue(0);
  }

  @Test
  void the_hosts_file_comes_first() {
    assertThat(dns.names()
            .host("localhost")
            .next(vertx, Set.of())
            .toCompletionStage()
            .toCompletableFuture()
            .join()
            .isLoopbackAddress())
        .isTrue();
    assertThat(dns.questions).hasValue(0);
  }

  private String next() {
    return nextBut(Set.of()).getHostAddress();
  }

  private InetAddress nextBut(Collection<InetAddress> tried) {
    return host.next(vertx, tried).toCompletionStage().toCompletableFuture().join();
  }
}
