package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.payonce.e2e.Caller.Got;
import io.payonce.redis.RawRedis;
import io.payonce.sandbox.http.FaultMatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Terminal master key, working key and session: two pods and a platform that lends all three. */
class CredentialsIT {
  private static final String LOGIN = "/v1/sessions/login";
  private static final String TMK = "/v1/keys/tmk";
  private static final String WORKING_KEY = "/v1/keys/working";

  private static TestPod testPod;
  private static RenewalLog log;

  @BeforeAll
  static void open() {
    log = new RenewalLog();
    log.start();
    log.of.addAppender(log);
    Map<String, String> overrides = new HashMap<>();
    renewal(overrides, "session", LOGIN, "sessionId");
    renewal(overrides, "tmk", TMK, "tmk");
    renewal(overrides, "workingKey", WORKING_KEY, "workingKey");
    overrides.put("signing.mode", "hmac-sha256");
    overrides.put("signing.secretFrom", "workingKey");
    testPod = new TestPod(overrides);
    testPod.addPod();
  }

  private static void renewal(
      Map<String, String> overrides, String what, String path, String field) {
    String section = "credentials." + what;
    overrides.put(section + ".path", path);
    overrides.put(
        section + ".body",
        "{\"apiKey\":\"${upstream.apiKey}\",\"at\":\"${timestamp}\",\"tmk\":\"${tmk}\"}");
    overrides.put(section + ".valueAt", "/data/" + field);
    overrides.put(section + ".lifeAt", "/data/expiresInSeconds");
  }

  @AfterAll
  static void close() {
    testPod.close();
    log.of.detachAppender(log);
  }

  /** The session anew: the one of the test before may be about to end. */
  @BeforeEach
  void everything_is_required_and_lent() {
    testPod.platform().clearFaults();
    testPod.platform().settings("requireCredentials", List.of("tmk", "workingKey", "session"));
    testPod.platform().settings("signingMode", "hmac-sha256");
    testPod.platform().settings("credentialLifeMillis", 3_600_000);
    testPod.platform().expire("session");
    for (int pod = 0; pod < 2; pod++) {
      Caller caller = testPod.caller(pod);
      String id = "warm-" + System.nanoTime();
      TestPod.until(() -> caller.pay(Caller.sale(id, id)).isPaid());
    }
  }

  /** Of each the version that was renewed last is in use in both pods. */
  private static boolean isKnownToBoth() {
    return Stream.of("tmk", "workingKey", "session").allMatch(what -> {
      Object version =
          RawRedis.ask(testPod.redis().port(), "HGET", "payonce:{vault}:" + what, "version");
      String adopted = what + " renewed, version " + version + " is in use";
      return log.loops.getOrDefault(adopted, Set.of()).size() == 2;
    });
  }

  /** What renewals log, and on which loops: one for each pod. */
  private static final class RenewalLog extends AppenderBase<ILoggingEvent> {
    private final Logger of = (Logger) LoggerFactory.getLogger("io.payonce.renewal");
    private final Map<String, Set<Thread>> loops = new ConcurrentHashMap<>();

    @Override
    protected void append(ILoggingEvent event) {
      loops
          .computeIfAbsent(event.getFormattedMessage(), said -> ConcurrentHashMap.newKeySet())
          .add(Thread.currentThread());
    }
  }

  private static long calls(String path) {
    return testPod.platform().sends().all().stream()
        .filter(send -> send.path().equals(path))
        .count();
  }

  private static int sends(String id) {
    return testPod.platform().sends().sent(id).size();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tmk", "workingKey", "session"})
  void what_has_expired_is_renewed_and_the_payment_sent_once_more(String what) {
    String id = "renew-" + what;
    testPod.platform().expire(what);

    Got got = testPod.caller().pay(Caller.sale(id, id));

    assertThat(got.isPaid()).as(got.body()).isTrue();
    assertThat(got.header("Payonce-Attempts")).isEqualTo("2");
    assertThat(sends(id)).isEqualTo(2);
    assertThat(testPod.platform().charges().of(Caller.MERCHANT, id)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tmk", "workingKey", "session"})
  void one_pod_renews_for_all(String what) {
    // A pod that learns only now what another renewed before takes it for the cure.
    TestPod.until(CredentialsIT::isKnownToBoth);
    long[] before = {calls(LOGIN), calls(TMK), calls(WORKING_KEY)};
    testPod.platform().expire(what);

    List<CompletableFuture<Got>> under = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String id = "fleet-" + what + "-" + i;
      under.add(testPod.caller(i % 2).postAsync(Caller.SALE, Caller.sale(id, id).encode()));
    }

    assertThat(under)
        .allSatisfy(got -> assertThat(got.join().isPaid()).as(got.join().body()).isTrue());
    for (int i = 0; i < 40; i++) {
      String id = "fleet-" + what + "-" + i;
      assertThat(sends(id)).isLessThanOrEqualTo(2);
      assertThat(testPod.platform().charges().of(Caller.MERCHANT, id)).hasSize(1);
    }
    assertThat(calls(LOGIN) - before[0]).isEqualTo(what.equals("session") ? 1 : 0);
    assertThat(calls(TMK) - before[1]).isEqualTo(what.equals("tmk") ? 1 : 0);
    assertThat(calls(WORKING_KEY) - before[2]).isEqualTo(what.equals("session") ? 0 : 1);
  }

  @Test
  void what_is_about_to_end_is_renewed_without_payments() {
    testPod.platform().settings("credentialLifeMillis", 4000);
    testPod.platform().expire("session");
    assertThat(testPod.caller().pay(Caller.sale("soon-over", "soon-over")).isPaid())
        .isTrue();
    long before = calls(LOGIN);

    TestPod.until(() -> calls(LOGIN) >= before + 2);
  }

  @Test
  void a_question_whose_session_is_over_is_asked_once_more() {
    Got paid = testPod.caller().pay(Caller.sale("asked-twice", "asked-twice"));
    assertThat(paid.isPaid()).isTrue();
    testPod.platform().expire("session");

    assertThat(testPod.caller().query("asked-twice").isPaid()).isTrue();
  }

  @Test
  void a_renewal_that_fails_is_no_storm_and_frees_the_order() {
    testPod.platform().fault(FaultMatch.path(LOGIN), "E01");
    testPod.platform().expire("session");
    long before = calls(LOGIN);

    for (int i = 0; i < 30; i++) {
      Got got = testPod.caller(i % 2).pay(Caller.sale("no-login", "no-login-" + i));
      assertThat(got.code()).isEqualTo("S09");
    }

    assertThat(calls(LOGIN) - before).isBetween(1L, 12L);
    assertThat(testPod.admin("/metrics")).contains("payonce_misconfigured{code=\"S09\"} 1");
    testPod.platform().clearFaults();
    TestPod.until(
        () -> testPod.caller().pay(Caller.sale("no-login", "no-login-0")).isPaid());
    assertThat(testPod.platform().charges().of(Caller.MERCHANT, "no-login")).hasSize(1);
  }
}
