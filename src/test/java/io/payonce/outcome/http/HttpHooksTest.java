package io.payonce.outcome.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.payonce.FreePorts;
import io.payonce.dns.DnsServer;
import io.payonce.ledger.Outcome;
import io.payonce.model.Account;
import io.payonce.model.Amount;
import io.payonce.model.PaymentId;
import io.payonce.outcome.HookFailure;
import io.payonce.outcome.Hooks.HookAnswer;
import io.payonce.outcome.Notice;
import io.payonce.outcome.NotificationSettings;
import io.payonce.outcome.NotifyUrlGuard;
import io.payonce.tls.RuntimeTrust;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One notification on the wire, against hooks that misbehave. */
class HttpHooksTest {
  private static final byte[] SECRET = "what callers check with".getBytes(StandardCharsets.UTF_8);
  private static final byte[] BODY =
      "{\"transactionStatus\":\"S\"}".getBytes(StandardCharsets.UTF_8);

  /** Long for a machine that is busy; those that wait for its end say less. */
  private static final long ANSWER_MILLIS = 30_000;

  private static Vertx vertx;
  private static final X509Bundle AUTHORITY = bundle(
      new CertificateBuilder()
          .subject("CN=authority")
          .setIsCertificateAuthority(true)
          .ecp256(),
      null);
  private static final TrustOptions TRUST =
      new PemTrustOptions().addCertValue(Buffer.buffer(pem(AUTHORITY)));

  private final DnsServer dns = new DnsServer();
  private HttpHooks hooks;

  @BeforeAll
  static void begin() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void end() throws Exception {
    result(vertx.close());
  }

  @AfterEach
  void close() throws Exception {
    dns.close();
    if (hooks != null) {
      result(hooks.close());
    }
  }

  @Test
  void what_is_sent_has_the_platforms_own_headers_and_is_signed_over_its_bytes() throws Exception {
    try (TestHook hook = new TestHook(TestHook.says(200))) {
      assertThat(post(hook.url() + "?key=a%20b").status()).isEqualTo(200);
      TestHook.Received sent = hook.received.get(0);
      assertThat(sent.line()).isEqualTo("POST /hook?key=a%20b HTTP/1.1");
      assertThat(sent.body()).isEqualTo(BODY);
      assertThat(sent.headers())
          .containsEntry("Content-Type", "application/json; charset=utf-8")
          .containsEntry("Host", "127.0.0.1:" + hook.port())
          .containsEntry("X-Client-Request-Id", "8c5a2c9e-0000-4000-8000-000000000001");
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
      assertThat(sent.headers().get("X-Signature"))
          .isEqualTo(HexFormat.of().formatHex(mac.doFinal(BODY)));
      assertThat(Long.parseLong(sent.headers().get("X-Timestamp")))
          .isBetween(System.currentTimeMillis() - 60_000, System.currentTimeMillis());
    }
  }

  /** A gateway's wrong clock stops no notification of another account. */
  @Test
  void the_time_of_a_notification_is_that_of_its_own_account() throws Exception {
    try (TestHook hook = new TestHook(TestHook.says(200), TestHook.says(200))) {
      post(hook.url());
      post(hooks, new Account("behind"), hook.url());
      assertThat(hook.received)
          .extracting(sent -> Long.parseLong(sent.headers().get("X-Timestamp"))
              > System.currentTimeMillis() - 1_800_000)
          .containsExactly(true, false);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 202, 204, 404, 500, 503})
  void the_status_is_reported_as_it_is(int status) throws Exception {
    String rest = status == 204 ? "\r\n" : "Content-Length: 0\r\n\r\n";
    try (TestHook hook = new TestHook(TestHook.raw("HTTP/1.1 " + status + " Any\r\n" + rest))) {
      assertThat(post(hook.url()).status()).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 102, 103, 199})
  void what_comes_before_the_answer_is_none(int interim) throws Exception {
    try (TestHook hook = new TestHook(TestHook.raw("HTTP/1.1 " + interim + " Wait\r\n\r\n"
        + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))) {
      assertThat(post(hook.url()).status()).isEqualTo(200);
      assertThat(post(hook.url()).status()).isEqualTo(200);
      assertThat(hook.received).hasSize(2);
    }
  }

  @Test
  void an_answer_that_follows_late_on_an_interim_head_is_not_the_next_ones() throws Exception {
    TestHook.Behaviour slow = (socket, closing) -> {
      socket.getOutputStream().write("HTTP/1.1 102 Wait\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      closing.await(300, TimeUnit.MILLISECONDS);
      return TestHook.says(503).answer(socket, closing);
    };
    try (TestHook hook = new TestHook(slow, TestHook.says(200))) {
      assertThat(post(hook.url()).status()).isEqualTo(503);
      assertThat(post(hook.url()).status()).isEqualTo(200);
    }
  }

  @Test
  void after_another_protocol_the_connection_is_not_used_again() throws Exception {
    try (TestHook hook = new TestHook(
        TestHook.raw("HTTP/1.1 101 Switching\r\nUpgrade: odd\r\nConnection: upgrade\r\n\r\n"),
        TestHook.says(200))) {
      assertThat(post(hook.url()).status()).isEqualTo(101);
      assertThat(post(hook.url()).status()).isEqualTo(200);
      assertThat(hook.received).extracting(TestHook.Received::connection).containsExactly(1, 2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void no_redirect_is_followed(int status) throws Exception {
    try (TestHook other = new TestHook(TestHook.says(200));
        TestHook hook = new TestHook(TestHook.raw("HTTP/1.1 " + status + " Elsewhere\r\nLocation: "
            + other.url() + "\r\nContent-Length: 0\r\n\r\n"))) {
      assertThat(post(hook.url()).status()).isEqualTo(status);
      assertThat(other.received).isEmpty();
      assertThat(hook.received).hasSize(1);
    }
  }

  @Test
  void silence_ends() throws Exception {
    try (TestHook hook = new TestHook(TestHook.hangs())) {
      assertThat(post(hooks(200), hook.url()).failure()).isEqualTo(HookFailure.TIMEOUT);
    }
  }

  @Test
  void a_head_that_drips_ends() throws Exception {
    TestHook.Behaviour drips = (socket, closing) -> {
      for (char letter : "HTTP/1.1 200 OK\r\nX: ".concat("y".repeat(4000)).toCharArray()) {
        socket.getOutputStream().write(letter);
        if (closing.await(50, TimeUnit.MILLISECONDS)) {
          return false;
        }
      }
      return false;
    };
    try (TestHook hook = new TestHook(drips)) {
      assertThat(post(hooks(500), hook.url()).failure()).isEqualTo(HookFailure.TIMEOUT);
    }
  }

  @Test
  void a_body_without_end_is_not_read_and_its_connection_is_closed() throws Exception {
    AtomicLong written = new AtomicLong();
    CountDownLatch over = new CountDownLatch(1);
    TestHook.Behaviour floods = (socket, closing) -> {
      try {
        socket
            .getOutputStream()
            .write("HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        byte[] much = new byte[65_536];
        while (written.addAndGet(much.length) < 900_000_000) {
          socket.getOutputStream().write(much); // fails when the other side has closed
        }
        return false;
      } finally {
        over.countDown();
      }
    };
    try (TestHook hook = new TestHook(floods, TestHook.says(200))) {
      assertThat(post(hook.url()).status()).isEqualTo(200);
      assertThat(over.await(1, TimeUnit.MINUTES)).isTrue();
      assertThat(written.get()).as("what sockets hold").isLessThan(32 << 20);
      assertThat(post(hook.url()).status()).isEqualTo(200);
      assertThat(hook.received).extracting(TestHook.Received::connection).containsExactly(1, 2);
    }
  }

  @Test
  void a_body_that_drips_is_not_waited_for() throws Exception {
    TestHook.Behaviour drips = (socket, closing) -> {
      socket
          .getOutputStream()
          .write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      closing.await();
      return false;
    };
    try (TestHook hook = new TestHook(drips)) {
      assertThat(post(hook.url()).status()).isEqualTo(200);
    }
  }

  @Test
  void connections_are_kept_for_a_moment_and_one_that_closes_meanwhile_costs_no_try()
      throws Exception {
    while (!isKeptAndCostsNoTry()) {
      // The machine was busy for longer than a connection is kept.
    }
  }

  private boolean isKeptAndCostsNoTry() throws Exception {
    try (TestHook hook = new TestHook(TestHook.says(200), TestHook.closes(), TestHook.says(200))) {
      long since = System.nanoTime();
      assertThat(post(hook.url()).status()).isEqualTo(200);
      HookAnswer second = post(hook.url());
      if (System.nanoTime() - since > HookClient.IDLE.toNanos() / 2) {
        return false;
      }
      assertThat(second.status()).isEqualTo(200);
      assertThat(hook.received).extracting(TestHook.Received::connection).containsExactly(1, 1, 2);
      return true;
    }
  }

  @Test
  void a_new_connection_that_closes_is_a_failure() throws Exception {
    try (TestHook hook = new TestHook(TestHook.closes(), TestHook.says(200))) {
      assertThat(post(hook.url()).failure()).isEqualTo(HookFailure.CLOSED);
      assertThat(hook.received).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SSH-2.0-OpenSSH\r\n\r\n", "HTTP/9.9 200 OK\r\n\r\n", "\u0000\u0001\r\n\r\n"})
  void what_is_no_http_is_no_answer(String said) throws Exception {
    try (TestHook hook = new TestHook(TestHook.raw(said))) {
      HookAnswer answer = post(hooks(2000), hook.url());
      assertThat(answer.status()).isZero();
      assertThat(answer.failure()).isNotNull();
    }
  }

  @Test
  void a_hook_that_does_not_listen_is_reported_so() throws Exception {
    assertThat(post("http://127.0.0.1:" + FreePorts.next() + "/").failure())
        .isEqualTo(HookFailure.REFUSED);
  }

  @Test
  void a_name_that_leads_nowhere_or_inside_gets_no_connection() throws Exception {
    try (TestHook hook = new TestHook(TestHook.says(200))) {
      dns.fail("gone.test", DnsServer.NXDOMAIN);
      dns.tell("inside.test", 1, "127.0.0.1");
      dns.tell("half.test", 1, "8.8.8.8", "10.0.0.1");
      dns.tell("metadata.test", 1, "169.254.169.254");
      dns.tell("mapped.test", 1, "::1");
      HttpHooks some = hooks(ANSWER_MILLIS, "*.test:" + hook.port());
      assertThat(post(some, "https://gone.test:" + hook.port()).failure())
          .isEqualTo(HookFailure.DNS);
      for (String name : List.of("inside", "half", "metadata", "mapped")) {
        assertThat(post(some, "https://" + name + ".test:" + hook.port()).failure())
            .as(name)
            .isEqualTo(HookFailure.NOT_ALLOWED);
      }
      assertThat(hook.received).isEmpty();
    }
  }

  @Test
  void a_name_that_leads_elsewhere_later_is_checked_again_and_looked_up_once() throws Exception {
    try (TestHook hook = hookOf("moves.test")) {
      dns.tell("moves.test", 0, "127.0.0.1");
      HttpHooks some = hooks(ANSWER_MILLIS, "*.test:" + hook.port(), "127.0.0.1");
      String url = "https://moves.test:" + hook.port() + "/";
      int before = dns.questions.get();
      assertThat(post(some, url).status()).isEqualTo(200);
      assertThat(dns.questions.get() - before).as("one of each family").isLessThanOrEqualTo(2);

      dns.tell("moves.test", 0, "10.0.0.1");
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> post(some, url).failure() == HookFailure.NOT_ALLOWED);
    }
  }

  @Test
  void a_name_that_leads_inside_after_a_failed_connection_is_not_asked_over_and_over()
      throws Exception {
    try (ServerSocket hook = new ServerSocket(0)) {
      dns.tell("turns.test", 0, "127.0.0.1", "127.0.0.2");
      Thread turning = new Thread(() -> {
        try (Socket shaking = hook.accept()) {
          dns.tell("turns.test", 0, "127.0.0.1", "10.0.0.1");
          Thread.sleep(500); // until the name may be looked up again
          shaking.setSoLinger(true, 0);
        } catch (IOException | InterruptedException e) {
          throw new IllegalStateException(e);
        }
      });
      turning.start();
      HttpHooks some = hooks(
          ANSWER_MILLIS,
          "*.test:" + hook.getLocalPort(),
          "127.0.0.1:" + hook.getLocalPort(),
          "127.0.0.2:" + hook.getLocalPort());
      HookAnswer answer = post(some, "https://turns.test:" + hook.getLocalPort());
      assertThat(answer.failure()).isEqualTo(HookFailure.NOT_ALLOWED);
      assertThat(answer.millis()).isLessThan(HookClient.CONNECT_MILLIS);
      turning.join();
    }
  }

  @Test
  void a_hook_proves_its_name_whatever_address_it_has() throws Exception {
    try (TestHook hook = hookOf("right.test")) {
      dns.tell("right.test", 60, "127.0.0.1");
      dns.tell("wrong.test", 60, "127.0.0.1");
      HttpHooks some = hooks(ANSWER_MILLIS, "*.test:" + hook.port(), "127.0.0.1");
      assertThat(post(some, "https://right.test:" + hook.port()).status()).isEqualTo(200);
      assertThat(post(some, "https://wrong.test:" + hook.port()).failure())
          .as("nor may it use the connection of the other name")
          .isEqualTo(HookFailure.TLS);
      assertThat(hook.received).hasSize(1);
      assertThat(hook.received.get(0).headers().get("Host")).isEqualTo("right.test:" + hook.port());
    }
  }

  @Test
  void an_unknown_authority_proves_nothing() throws Exception {
    try (TestHook hook = hookOf("right.test")) {
      dns.tell("right.test", 60, "127.0.0.1");
      hooks = new HttpHooks(
          vertx,
          settings("*.test:" + hook.port(), "127.0.0.1"),
          dns.names(),
          RuntimeTrust.authorities(),
          account -> System.currentTimeMillis());
      assertThat(post(hooks, "https://right.test:" + hook.port()).failure())
          .isEqualTo(HookFailure.TLS);
    }
  }

  private HookAnswer post(String url) throws Exception {
    return post(hooks == null ? hooks(ANSWER_MILLIS) : hooks, url);
  }

  private static HookAnswer post(HttpHooks hooks, String url) throws Exception {
    return post(hooks, Account.DEFAULT, url);
  }

  private static HookAnswer post(HttpHooks hooks, Account account, String url) throws Exception {
    NotificationSettings any =
        settings("127.0.0.1", "*.test", url.replaceAll("https?://([^/]+).*", "$1"));
    Notice notice = new Notice(
        new PaymentId("M1", "id-1"),
        account,
        "8c5a2c9e-0000-4000-8000-000000000001",
        1,
        new Notice.Ending(Outcome.PAID, null, null, null, Amount.UNSAID, null),
        url,
        new Notice.Tries(0, null, 0, 0, 0));
    return result(vertx
        .timer(1)
        .compose(on -> hooks.post(any.guard().target(url).orElseThrow(), notice, BODY)));
  }

  private HttpHooks hooks(long answerMillis, String... more) throws Exception {
    hooks = new HttpHooks(
        vertx,
        settings(more.length == 0 ? new String[] {"127.0.0.1"} : more),
        dns.names(),
        TRUST,
        account -> System.currentTimeMillis() - (account.isDefault() ? 0 : 3_600_000),
        answerMillis);
    return hooks;
  }

  private static NotificationSettings settings(String... allowed) {
    return new NotificationSettings(new NotifyUrlGuard(List.of(allowed)), id -> SECRET, 1000);
  }

  private static TestHook hookOf(String name) throws Exception {
    X509Bundle of =
        bundle(new CertificateBuilder().subject("CN=hook").ecp256().addSanDnsName(name), AUTHORITY);
    KeyManagerFactory keys = of.toKeyManagerFactory();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return new TestHook(
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1")),
        TestHook.says(200));
  }

  private static X509Bundle bundle(CertificateBuilder builder, X509Bundle issuer) {
    try {
      return issuer == null ? builder.buildSelfSigned() : builder.buildIssuedBy(issuer);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(X509Bundle of) {
    return of.getRootCertificatePEM();
  }

  private static <T> T result(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
