package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.Overheard;
import io.payonce.e2e.Caller.Got;
import io.payonce.e2e.Fault.Seen;
import io.payonce.ledger.redis.LongQuiet;
import io.payonce.sandbox.EmbeddedRedis;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What can be wrong with keys, and with what was sealed with them, one row each. */
final class KeyFaults {
  private static final String A = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
  private static final String B = "YWJjZGVmZ2hpamFiY2RlZmdoaWphYmNkZWZnaGlqYWI=";
  private static final String OWN = "ledger.encryptionKey";
  private static final String FORMER = "ledger.formerKeys";

  /** Longer ago than any send can take effect. */
  private static final String ELEVEN_MINUTES = "660000";

  private KeyFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault("a pod starts with a ledger key that is not the ledger's", KeyFaults::wrong),
        new Fault("a running pod is given a ledger key that is not the ledger's", KeyFaults::given),
        new Fault("a pod starts without the former key, and records need it", KeyFaults::hasty),
        new Fault("a payment in doubt cannot be read", KeyFaults::unreadable),
        new Fault("a paid payment's answer cannot be read", KeyFaults::unreadableAnswer),
        new Fault("an order's payment is gone from Redis", KeyFaults::gone),
        new Fault("a caller's key was taken out of `client.keys`", KeyFaults::caller),
        new Fault("the platform has another API key than we", KeyFaults::apiKey),
        new Fault("the platform has another signing secret than we", KeyFaults::secret));
  }

  /** A Redis of the fault's own, whose pods came and went. */
  private static final class Stage implements AutoCloseable {
    private final EmbeddedRedis redis =
        EmbeddedRedis.start(EmbeddedRedis.Options.defaults().withAppendOnly());
    private final List<Guest> guests = new ArrayList<>();
    private final TestPod testPod;

    Stage(TestPod testPod) {
      this.testPod = testPod;
      LongQuiet.in(redis.port());
    }

    Guest guest(String... besides) {
      Map<String, String> settings = new HashMap<>(Map.of("redis.uris", redis.uri()));
      for (int i = 0; i < besides.length; i += 2) {
        settings.put(besides[i], besides[i + 1]);
      }
      Guest guest = testPod.guest(settings);
      guests.add(guest);
      return guest;
    }

    /** A pod that serves. */
    Guest serving(String... besides) {
      Guest guest = guest(besides);
      TestPod.until(() -> guest.ready().status() == 200);
      return guest;
    }

    RedisHand hand() {
      return new RedisHand(redis);
    }

    void leave(Guest guest) {
      guest.close();
      guests.remove(guest);
    }

    @Override
    public void close() {
      guests.forEach(Guest::close);
      redis.close();
    }
  }

  private static String keys(Guest guest) {
    JsonObject ready = guest.ready().json();
    return "ready " + guest.ready().status() + ", `ledgerKeys`: “"
        + ready.getString("ledgerKeys") + "”, `payonce_ledger_key_fault` "
        + metric(guest, "payonce_ledger_key_fault ");
  }

  private static String metric(Guest guest, String line) {
    return guest
        .operator()
        .get("/metrics")
        .body()
        .lines()
        .filter(each -> each.startsWith(line))
        .map(each -> each.substring(line.length()).strip().replace(".0", ""))
        .findFirst()
        .orElse("absent");
  }

  private static Seen wrong(TestPod testPod, Overheard log) {
    try (Stage stage = new Stage(testPod)) {
      Guest right = stage.serving();
      Scenario paid = Scenario.of(testPod, null);
      assertThat(paid.payAt(right).isPaid()).isTrue();
      Guest wrong = stage.guest(OWN, B);
      TestPod.until(() -> wrong.ready().body().contains("down: "));
      Got got = paid.payAt(wrong);
      Scenario.refuses(got, "E01", "proxy", "not-by-this-call", 0);
      assertThat(paid.payAt(right).isPaid()).isTrue();
      assertThat(log.warnings()).anyMatch(line -> line.contains("pod does no work: "));
      paid.charged(1);
      return new Seen(Fault.heard(got), keys(wrong) + ", the same in the log");
    }
  }

  private static Seen given(TestPod testPod, Overheard log) throws IOException {
    Path folder = Files.createTempDirectory("payonce-keys-");
    Path file = TestPod.put(folder, "ledger-key", A);
    try (Stage stage = new Stage(testPod)) {
      Guest guest = stage.serving(OWN + "File", file.toString());
      Scenario paid = Scenario.of(testPod, null);
      assertThat(paid.payAt(guest).isPaid()).isTrue();
      TestPod.put(folder, "ledger-key", B);
      TestPod.until(() -> guest.ready().body().contains("warn: "));
      Got got = paid.payAt(guest);
      assertThat(got.isPaid()).isTrue();
      assertThat(guest.ready().status()).isEqualTo(200);
      return new Seen(Fault.heard(got), keys(guest));
    }
  }

  private static Seen hasty(TestPod testPod, Overheard log) {
    try (Stage stage = new Stage(testPod)) {
      Guest before = stage.serving();
      Scenario paid = Scenario.of(testPod, null);
      assertThat(paid.payAt(before).isPaid()).isTrue();
      stage.leave(before);
      Guest swapped = stage.serving(OWN, B, FORMER, A);
      TestPod.until(
          () -> log.lines().stream().anyMatch(line -> line.contains("from now on; it was")));
      assertThat(paid.payAt(swapped).isPaid()).isTrue();
      stage.leave(swapped);
      Guest hasty = stage.guest(OWN, B);
      TestPod.until(() -> hasty.ready().body().contains("down: "));
      Got got = paid.payAt(hasty);
      Scenario.refuses(got, "E01", "proxy", "not-by-this-call", 0);
      return new Seen(Fault.heard(got), keys(hasty));
    }
  }

  private static JsonObject decision(String word) {
    return new JsonObject().put("as", word).put("note", "asked the bank").put("appId", "app1");
  }

  private static String refusal(Got got) {
    assertThat(got.status()).as(got.body()).isEqualTo(409);
    return "“" + got.json().getString("error") + "”";
  }

  /** It was noticed eleven minutes ago, and so was the last send. */
  private static void age(RedisHand hand) {
    hand.eval("""
        for _, list in ipairs(redis.call('KEYS', '*:attention')) do
          for _, member in ipairs(redis.call('ZRANGE', list, 0, -1)) do
            redis.call('ZINCRBY', list, -ARGV[1], member)
          end
        end
        for _, key in ipairs(redis.call('KEYS', '*:payment:*')) do
          local at = redis.call('HGET', key, 'it')
          if at then redis.call('HSET', key, 'it', at - ARGV[1]) end
        end
        return 1""", ELEVEN_MINUTES);
  }

  private static Seen unreadable(TestPod testPod, Overheard log) {
    try (Stage stage = new Stage(testPod)) {
      Guest guest = stage.serving();
      Scenario scene = Scenario.of(testPod, "E02 before charge, query: C12 600s");
      scene.payAt(guest, "Prefer", "respond-async");
      TestPod.until(() -> "IN_DOUBT".equals(guest.operator().state(scene.id())));
      stage
          .hand()
          .eval(
              "return redis.call('HSET', redis.call('KEYS', '*:payment:*/' .. ARGV[1])[1], 'body', 'x')",
              scene.id());
      Got got = scene.payAt(guest, "Prefer", "wait=1");
      assertThat(got.outcome()).isEqualTo("P");
      assertThat(guest.caller().query(scene.id()).outcome()).isEqualTo("P");
      Operator operator = guest.operator();
      String state = operator.state(scene.id());
      assertThat(state).isEqualTo("UNREADABLE");
      String early = refusal(operator.resolve(scene.id(), decision("unpaid").put("force", true)));
      age(stage.hand());
      String doubt = refusal(operator.resolve(scene.id(), decision("unpaid")));
      TestPod.until(() ->
          operator.resolve(scene.id(), decision("unpaid").put("force", true)).status() == 200);
      Got rival = scene.rival().payAt(guest);
      assertThat(rival.isPaid()).isTrue();
      assertThat(scene.payAt(guest).outcome()).isEqualTo("C");
      scene.charged(1);
      return new Seen(
          Fault.heard(got),
          state + "; as unpaid " + early + ", later " + doubt + ", with force: done, order free");
    }
  }

  private static Seen unreadableAnswer(TestPod testPod, Overheard log) {
    try (Stage stage = new Stage(testPod)) {
      Guest guest = stage.serving();
      Scenario scene = Scenario.of(testPod, null);
      assertThat(scene.payAt(guest).isPaid()).isTrue();
      stage
          .hand()
          .eval(
              "local packed = redis.call('KEYS', '*:ended:*/' .. ARGV[1])[1] "
                  + "if packed then return redis.call('APPEND', packed, 'x') end "
                  + "local record = redis.call('KEYS', '*:payment:*/' .. ARGV[1])[1] "
                  + "return redis.call('HSET', record, 'ans', "
                  + "redis.call('HGET', record, 'ans') .. 'x')",
              scene.id());
      Got got = scene.payAt(guest, "Prefer", "wait=1");
      assertThat(got.outcome()).isEqualTo("P");
      JsonObject another = scene.body().copy().put("terminalSn", "another");
      assertThat(guest.caller().pay(another).outcome()).as("not C06").isEqualTo("P");
      Operator operator = guest.operator();
      String answered = refusal(operator.resolve(scene.id(), decision("unpaid")));
      assertThat(operator.resolve(scene.id(), decision("paid")).status()).isEqualTo(200);
      assertThat(scene.payAt(guest).isPaid()).isTrue();
      Scenario.refuses(scene.rival().payAt(guest), "C10", "proxy", "no", 0);
      scene.charged(1);
      return new Seen(
          Fault.heard(got), "UNREADABLE; as unpaid " + answered + "; as paid: done, repeats get S");
    }
  }

  private static Seen gone(TestPod testPod, Overheard log) {
    try (Stage stage = new Stage(testPod)) {
      Guest guest = stage.serving();
      Scenario scene = Scenario.of(testPod, "E02 before charge, query: C12 600s");
      scene.payAt(guest, "Prefer", "respond-async");
      TestPod.until(() -> "IN_DOUBT".equals(guest.operator().state(scene.id())));
      stage.hand().expire(scene.id());
      Got got = scene.rival().payAt(guest);
      Scenario.refuses(got, "C08", "proxy", "no", 0);
      Operator operator = guest.operator();
      JsonObject decision = decision("unpaid").put("force", true).put("order", scene.order());
      TestPod.until(() -> operator.resolve(scene.id(), decision).status() == 409);
      String early = refusal(operator.resolve(scene.id(), decision));
      age(stage.hand());
      assertThat(operator.resolve(scene.id(), decision).status()).isEqualTo(200);
      assertThat(scene.rival().payAt(guest).isPaid()).isTrue();
      scene.charged(1);
      return new Seen(
          Fault.heard(got),
          "as unpaid, with order and force " + early + ", later: done, order free");
    }
  }

  private static Seen caller(TestPod testPod, Overheard log) throws IOException {
    Path folder = Files.createTempDirectory("payonce-keys-");
    Path file = TestPod.put(folder, "callers", "test:" + TestPod.KEY + "\n");
    try (Stage stage = new Stage(testPod)) {
      Guest guest = stage.serving("client.keysFile", file.toString());
      assertThat(Scenario.of(testPod, null).payAt(guest).isPaid()).isTrue();
      TestPod.put(folder, "callers", "test:k_test_another_caller\n");
      TestPod.until(() -> guest.caller().query("anything").code().equals("S10"));
      Got got = Scenario.of(testPod, null).payAt(guest);
      assertThat(got.code()).isEqualTo("S10");
      assertThat(log.lines()).anyMatch(line -> line.contains("callers' keys changed"));
      return new Seen(Fault.heard(got), "ready 200, the log says that the callers' keys changed");
    }
  }

  private static Seen apiKey(TestPod testPod, Overheard log) {
    try (Stage stage = new Stage(testPod)) {
      Guest guest = stage.serving("upstream.apiKey", "sk_of_yesterday");
      Scenario scene = Scenario.of(testPod, null);
      return refusedByPlatform(guest, scene, "S10");
    }
  }

  private static Seen secret(TestPod testPod, Overheard log) {
    testPod.platform().settings("signingMode", "hmac-sha256");
    testPod.platform().settings("signingKeys", List.of(":the-platforms-secret"));
    try (Stage stage = new Stage(testPod)) {
      Guest guest = stage.serving("signing.mode", "hmac-sha256", "signing.secret", "ours");
      return refusedByPlatform(guest, Scenario.of(testPod, null), "S03");
    } finally {
      testPod.platform().settings("signingMode", "bearer");
    }
  }

  private static Seen refusedByPlatform(Guest guest, Scenario scene, String code) {
    Got got = scene.payAt(guest);
    assertThat(got.code()).isEqualTo(code);
    scene.charged(0);
    String line = "payonce_misconfigured{code=\"" + code + "\"} ";
    assertThat(metric(guest, line)).isEqualTo("1");
    return new Seen(
        Fault.heard(got), "ready " + guest.ready().status() + ", `" + line.strip() + "` 1");
  }
}
