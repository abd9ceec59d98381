package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.sealing.WebhookToken;
import io.payonce.model.PaymentId;
import io.payonce.wiring.Pod;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the platform says by itself, to two pods of a fleet, and what others send there. */
class WebhookIT {
  private static final String SECRET = "whsec-0123456789abcdef";
  private static final String NOTIFY = "notify-0123456789abcdef";
  private static final long SEED = Long.getLong("seed", 20261129L);
  private static final int INPUTS = Integer.getInteger("inputs", 80);

  /** What is silent for so long waits for more of the request, or for its end. */
  private static final int SILENCE_MILLIS = 200;

  private static TestPod testPod;
  private static List<Pod> pods;

  @BeforeAll
  static void open() {
    testPod = new TestPod(Map.of(
        "webhook.port", "0",
        "webhook.secret", SECRET,
        "notify.secret", NOTIFY));
    pods = List.of(testPod.pod(), testPod.addPod());
    testPod.patiently(() -> testPod.caller().pay(Caller.sale("order-first", "pay-first")));
    testPod.patiently(() -> testPod.caller(1).pay(Caller.sale("order-second", "pay-second")));
    testPod.platform().settings("webhookSecret", SECRET);
    testPod.platform().settings("webhookRetryMillis", 50);
  }

  @AfterAll
  static void close() {
    testPod.close();
  }

  private static int port(int pod) {
    return pods.get(pod).webhookPort();
  }

  private static String stateOf(String id) {
    return testPod.admin("/admin/payments/" + Caller.MERCHANT + "/" + id);
  }

  private static boolean isSettled(String id) {
    return stateOf(id).contains("\"PAID\"") || stateOf(id).contains("\"UNPAID\"");
  }

  private static Scenario open(String directive) {
    Scenario scene = Scenario.of(testPod, directive);
    assertThat(scene.pay().outcome()).isIn("I", "P");
    return scene;
  }

  @Test
  void what_is_reported_to_one_pod_all_pods_know() {
    Scenario scene = open("pending 600s");
    Report paid = Report.of(SECRET, scene.body(), "S");
    assertThat(Report.of("another", scene.body(), "S").status(port(1))).isEqualTo(401);
    assertThat(scene.query().outcome()).isNotEqualTo("S");
    List<CompletableFuture<HttpResponse<String>>> all =
        IntStream.range(0, 6).mapToObj(number -> paid.post(port(number % 2))).toList();
    assertThat(all).allSatisfy(each -> assertThat(each.join().statusCode()).isEqualTo(200));
    assertThat(scene.pay().isPaid()).isTrue();
    assertThat(scene.staysSo(scene.pay()).rival().pay().code()).isEqualTo("C10");
    assertThat(Report.of(SECRET, scene.body(), "F").status(port(0))).isEqualTo(200);
    assertThat(scene.pay().isPaid()).isTrue();
  }

  @Test
  void what_cannot_be_written_is_503_and_the_repeat_settles_it() {
    try (TestPod frail = new TestPod(Map.of("webhook.port", "0", "webhook.secret", SECRET))) {
      Scenario scene = Scenario.of(frail, "pending 600s");
      frail.patiently(scene::pay);
      Report paid = Report.of(SECRET, scene.body(), "S");
      frail.redis().kill();
      HttpResponse<String> refused = paid.post(frail.pod().webhookPort()).join();
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      frail.redis().restart();
      TestPod.until(() -> paid.status(frail.pod().webhookPort()) == 200);
      assertThat(frail.patiently(scene::pay).isPaid()).isTrue(); // its loop may come back later
    }
  }

  /** To the payment's own address on a pod, as if the body had left with that. */
  private static Scenario answered(String directive, int pod) {
    Scenario scene = Scenario.of(testPod, directive);
    String token = new WebhookToken(NOTIFY).of(new PaymentId(Caller.MERCHANT, scene.id()));
    JsonObject body =
        scene.body().put("notifyUrl", "http://127.0.0.1:" + port(pod) + "/webhook/" + token);
    return new Scenario(testPod, scene.order(), scene.id(), body);
  }

  @Test
  void however_the_platform_reports_each_payment_ends_once_and_as_it_is() {
    List<Scenario> scenes = new ArrayList<>();
    for (String how : List.of(
        "webhook: ok",
        "webhook: lost",
        "webhook: twice",
        "webhook: forged",
        "webhook: early",
        "webhook: stale 2x, webhook: ok",
        "webhook: wrong order",
        "webhook: garbage",
        "webhook: unsigned")) {
      scenes.add(answered("pending 300ms, " + how, 0));
      scenes.add(answered("ok, " + how, 1));
      scenes.add(answered("decline 051, " + how, 1));
    }
    List<CompletableFuture<Caller.Got>> calls = scenes.stream()
        .map(scene -> testPod.caller().postAsync(Caller.SALE, scene.body().encode()))
        .toList();
    calls.forEach(CompletableFuture::join);
    for (Scenario scene : scenes) {
      TestPod.until(() -> isSettled(scene.id()));
      boolean paid = !scene.body().getString("attach").contains("decline");
      scene.charged(paid ? 1 : 0);
      assertThat(scene.pay().isPaid()).as("%s", scene.body()).isEqualTo(paid);
      assertThat(stateOf(scene.id())).doesNotContain("CONTRADICTED");
    }
    assertThat(testPod.admin("/admin/attention")).doesNotContain("pay-");
  }

  @Test
  void whatever_is_sent_there_is_answered_or_cut_off_and_changes_nothing() {
    Scenario scene = open("pending 600s");
    IntStream.range(0, INPUTS).parallel().forEach(number -> send(number, scene));
    assertThat(scene.query().outcome()).as("seed %d", SEED).isIn("I", "P");
    TestPod.until(() -> Report.of(SECRET, scene.body(), "S").status(port(0)) == 200);
    assertThat(scene.pay().isPaid()).isTrue();
  }

  /** Spoiled after it was signed, or signed with another secret; else it is of another payment. */
  private static void send(int number, Scenario scene) {
    Mutator mutator = new Mutator(SEED + number);
    boolean forged = number % 2 == 0;
    JsonObject of = forged ? scene.body() : Caller.sale("order-fuzz", "pay-fuzz-" + number);
    Report report = Report.of(forged ? "another" : SECRET, of, "S");
    String head = "POST /webhook HTTP/1.1\r\nHost: here\r\nX-Signature: " + report.signature()
        + "\r\nX-Timestamp: " + System.currentTimeMillis() + "\r\n";
    String input = mutator.spoiled(head, report.body().encode());
    String came = "";
    try {
      came = exchange(input + "GET /the-end HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      for (Said said : Said.all(came)) {
        assertThat(said.status()).isIn(100, 200, 400, 401, 404, 405, 408, 413, 431, 501);
        assertThat(said.body()).doesNotContain("Exception", "io.payonce");
      }
    } catch (IOException | RuntimeException | AssertionError e) {
      throw new AssertionError(
          "seed %d, input %d: %s%n%s%n%s".formatted(SEED, number, e, input, came), e);
    }
  }

  private static String exchange(String bytes) throws IOException {
    ByteArrayOutputStream came = new ByteArrayOutputStream();
    try (Socket socket = Raw.open(port(0))) {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.setSoTimeout(SILENCE_MILLIS);
      InputStream in = socket.getInputStream();
      byte[] some = new byte[4096];
      for (int n = in.read(some); n >= 0; n = in.read(some)) {
        came.write(some, 0, n);
      }
    } catch (SocketTimeoutException | SocketException over) {
      // It waits for more, or was reset with something unread.
    }
    return came.toString(StandardCharsets.ISO_8859_1);
  }
}
