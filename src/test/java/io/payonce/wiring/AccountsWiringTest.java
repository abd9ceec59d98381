package io.payonce.wiring;

import static io.payonce.ledger.LedgerWords.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.limit.Breaker;
import io.payonce.model.Account;
import io.payonce.model.Answer;
import io.payonce.platform.PlatformRequest;
import io.payonce.settings.LiveSettings;
import io.payonce.settings.Loaded;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import io.payonce.telemetry.CallObserver;
import io.payonce.telemetry.Metrics;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a pod has of each account, and of each its own. */
@ExtendWith(VertxExtension.class)
class AccountsWiringTest {
  private static final Account NORTH = new Account("north");
  private static final Account SOUTH = new Account("south");

  @TempDir
  Path folder;

  private final Metrics metrics = new Metrics(CallObserver.OFF);

  private AccountsWiring accounts(Vertx vertx) throws Exception {
    return accounts(vertx, 1);
  }

  /** @param port of a platform on this machine */
  private AccountsWiring accounts(Vertx vertx, int port) throws Exception {
    Path key = Files.writeString(folder.resolve("key"), "of-the-south");
    Settings settings = Settings.load(
            Optional.empty(),
            Map.of(
                "PAYONCE_ACCOUNTS",
                "[{name: north, appIds: [a1], merchants: [M1], apiKey: of-the-north,"
                    + " signing: {mode: hmac-sha256, secret: northern-secret}},"
                    + " {name: south, appIds: [a2], merchants: [M2], apiKeyFile: "
                    + key
                    + "}, {name: apps, appIds: [a3], apiKey: of-apps}]"),
            Profile.SANDBOX,
            Map.of(
                "upstream.baseUrl", "http://127.0.0.1:" + port, "upstream.apiKey", "of-all-others"))
        .orThrow();
    AccountsWiring accounts =
        new AccountsWiring(vertx, LiveSettings.constant(settings), metrics, 8, () -> 1);
    accounts.start();
    return accounts;
  }

  @Test
  void an_app_beats_a_merchant(Vertx vertx) throws Exception {
    AccountsWiring accounts = accounts(vertx);
    assertThat(accounts.of("a2", "M1")).isEqualTo(SOUTH);
    assertThat(accounts.of("a2", null)).isEqualTo(SOUTH);
    assertThat(accounts.of("a9", "M1")).isEqualTo(NORTH);
    assertThat(accounts.of(null, "M2")).isEqualTo(SOUTH);
    assertThat(accounts.of("a9", "M9")).isEqualTo(Account.DEFAULT);
    assertThat(accounts.of(null, null)).isEqualTo(Account.DEFAULT);
  }

  /** Who may act for a merchant alone names its account, in whatever way that is configured. */
  @ParameterizedTest
  @CsvSource({
    // appId, merchant, whether the key would be another's
    "a1, M1, false",
    "a1, M2, true",
    "a2, M1, true",
    "a3, M1, true",
    "a9, M1, false",
    ", M1, false",
    "a1, M9, true",
    "a2, M9, true",
    "a3, M9, false",
    "a9, M9, false",
    ", M9, false"
  })
  void an_app_of_another_account_than_the_merchants_is_anothers(
      String appId, String merchantId, boolean anothers, Vertx vertx) throws Exception {
    assertThat(accounts(vertx).isAnothers(appId, merchantId)).isEqualTo(anothers);
  }

  @Test
  void each_has_its_own_key_signature_and_time_on_the_wire(Vertx vertx) throws Exception {
    List<MultiMap> heard = new CopyOnWriteArrayList<>();
    HttpServer platform = await(vertx
        .createHttpServer()
        .requestHandler(request -> {
          heard.add(request.headers());
          request.response().end("{\"code\":\"C12\",\"msg\":\"none\"}");
        })
        .listen(0, "127.0.0.1"));
    AccountsWiring accounts = accounts(vertx, platform.actualPort());
    long now = System.currentTimeMillis();
    accounts.clock(SOUTH).learn(now + 300_000, now, now);
    PlatformRequest question =
        new PlatformRequest("GET", "/v1/merchant/query?merchantId=M9", List.of(), new byte[0]);
    AccountsWiring.Loop loop = accounts.open(null, "pod", false);
    for (Account account : List.of(NORTH, SOUTH, Account.DEFAULT)) {
      Future<Answer> asked = Future.future(answer -> vertx
          .getOrCreateContext()
          .runOnContext(unused -> loop.way(account).platform().call(question).onComplete(answer)));
      assertThat(await(asked)).isInstanceOf(Answer.Spoken.class);
    }
    assertThat(heard)
        .extracting(headers -> headers.get("Authorization"))
        .containsExactly("Bearer of-the-north", "Bearer of-the-south", "Bearer of-all-others");
    assertThat(heard)
        .extracting(headers -> headers.contains("X-Signature"))
        .containsExactly(true, false, false);
    assertThat(heard)
        .extracting(headers -> Long.parseLong(headers.get("X-Timestamp")) > now + 290_000)
        .containsExactly(false, true, false);
  }

  @Test
  void the_configuration_is_read_once_for_all_accounts(Vertx vertx) throws Exception {
    Path key = Files.writeString(folder.resolve("signing"), "first");
    AtomicInteger reads = new AtomicInteger();
    LiveSettings live = LiveSettings.of(
        () -> {
          reads.incrementAndGet();
          return Optional.empty();
        },
        none -> signedByFiles(key));
    AccountsWiring accounts = new AccountsWiring(vertx, live, metrics, 8, () -> 1);
    assertThat(reads).hasValue(1);

    accounts.lookAtKeys();
    assertThat(reads).hasValue(2);
  }

  private static Loaded signedByFiles(Path key) {
    String signed = ", signing: {mode: hmac-sha256, secretFile: " + key + "}}";
    return Settings.load(
        Optional.empty(),
        Map.of(
            "PAYONCE_ACCOUNTS",
            "[{name: north, appIds: [a1], apiKey: of-the-north" + signed
                + ", {name: south, appIds: [a2], apiKey: of-the-south" + signed + "]"),
        Profile.SANDBOX,
        Map.of("upstream.apiKey", "of-all-others"));
  }

  @Test
  void the_breaker_and_the_clock_of_one_are_no_others(Vertx vertx) throws Exception {
    AccountsWiring accounts = accounts(vertx);
    for (int i = 0; i < 2 * Breaker.LEAST_ANSWERS; i++) {
      String merchant = "M" + i;
      accounts.limits(NORTH).circuit().ask(Breaker.Call.FRESH, merchant);
      accounts
          .limits(NORTH)
          .circuit()
          .observed(merchant, new Answer.Silent("hangs"), Long.MAX_VALUE);
    }
    assertThat(accounts.limits(NORTH).circuit().ask(Breaker.Call.FRESH, "M1")).isFalse();
    assertThat(accounts.limits(SOUTH).circuit().ask(Breaker.Call.FRESH, "M1")).isTrue();
    assertThat(accounts.limits(Account.DEFAULT).circuit().ask(Breaker.Call.FRESH, "M1"))
        .isTrue();
    long now = System.currentTimeMillis();
    accounts.clock(NORTH).learn(now + 300_000, now, now);
    assertThat(accounts.clock(SOUTH).at(now)).isEqualTo(now);
    assertThat(metrics.scrape(null))
        .contains("payonce_breaker{account=\"north\",host=\"127.0.0.1:1 (north)\"} 1.0")
        .contains("payonce_breaker{account=\"default\",host=\"127.0.0.1:1\"} 0.0")
        .containsPattern("payonce_clock_offset_seconds\\{account=\"north\"} 300.0")
        .contains("payonce_clock_offset_seconds{account=\"south\"} 0.0");
  }
}
