package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import io.payonce.logs.Logs;
import io.payonce.settings.LiveSettings;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import io.payonce.wiring.Pod;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whatever Payonce does, no event loop waits for a file, a name, a thread or an RSA key. */
@Logs(value = "the ledger has gone back in time", maybe = true)
@ExtendWith(BlockingCallDetector.class)
class LoopsIT {
  @TempDir
  Path folder;

  @Test
  void what_blocks_is_noticed() throws Exception {
    KeyPair pair = rsa(2048);
    Path file = Files.writeString(folder.resolve("file"), "content");
    Vertx vertx = Vertx.vertx();
    try {
      onLoop(vertx, () -> Files.readString(file));
      onLoop(vertx, () -> {
        try (FileInputStream in = new FileInputStream(file.toFile())) {
          return in.readAllBytes();
        }
      });
      onLoop(vertx, () -> InetAddress.getAllByName("a-name-to-look-up.invalid"));
      onLoop(vertx, () -> new ProcessBuilder("true").start().waitFor());
      onLoop(vertx, () -> {
        Thread.sleep(1);
        return null;
      });
      onLoop(vertx, () -> new CompletableFuture<Void>().get(1, TimeUnit.MILLISECONDS));
      onLoop(vertx, () -> {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.getPrivate());
        return signature.sign();
      });
    } finally {
      TestPod.await(vertx.close());
    }

    assertThat(BlockingCallDetector.kinds())
        .contains(
            "sun.nio.fs.UnixNativeDispatcher.open",
            "java.io.FileInputStream.readBytes",
            "java.net.InetAddress.getAddressesFromNameService",
            "java.lang.ProcessImpl.forkAndExec",
            "jdk.internal.misc.Unsafe.park",
            "sun.security.rsa.RSACore.crtCrypt")
        .anyMatch(kind -> kind.startsWith("java.lang.Thread.sleep")); // newer ones: sleepNanos0
  }

  @Test
  void payments_and_all_that_may_become_of_them() {
    TestPod testPod = new TestPod(
        Map.of("upstream.requestTimeoutMs", "500", "webhook.port", "0", "webhook.secret", "whsec"));
    try {
      paid(testPod);
      notified(testPod);
      for (String directive : List.of(
          "decline 051",
          "C14",
          "S04 retry-after 1, then ok",
          "S02, then ok",
          "E02 before charge, then ok",
          "E02 after charge",
          "silent after charge",
          "reset before charge, then ok",
          "cut E02 before charge, then ok")) {
        Scenario scene = Scenario.of(testPod, directive);
        scene.pay();
        scene.pay();
        scene.query();
        scene.rival().pay();
      }
      Scenario unknown = Scenario.of(testPod, "silent before charge");
      unknown.pay("Prefer", "wait=0");
      JsonObject large = sale("large").put("description", "x".repeat(60_000));
      testPod.caller().pay(large);
      testPod.caller().pay(large.put("attach", "x".repeat(60_000)));
      testPod.caller().post(Caller.SALE, "not JSON");
      operate(testPod, unknown);
    } finally {
      testPod.close();
    }
    assertThat(BlockingCallDetector.caught()).isEmpty();
  }

  private static void notified(TestPod testPod) {
    Scenario scene = Scenario.of(testPod, "pending 600s");
    scene.pay();
    for (String secret : List.of("another", "whsec", "whsec")) {
      for (String status : List.of("F", "S")) {
        assertThat(Report.of(secret, scene.body(), status).status(testPod.pod().webhookPort()))
            .isIn(200, 401);
      }
    }
  }

  private static void operate(TestPod testPod, Scenario unknown) {
    Operator operator = testPod.operator();
    for (String path : List.of(
        "/",
        "/metrics",
        "/health/live",
        "/health/ready",
        "/admin/unresolved",
        "/admin/attention")) {
      assertThat(operator.get(path).status()).as(path).isEqualTo(200);
    }
    operator.payment(unknown.id());
    operator.resolve(unknown.id(), new JsonObject().put("as", "paid").put("note", "a test"));
  }

  @Test
  void redis_that_dies_and_comes_back_and_a_pod_that_drains() {
    TestPod testPod = new TestPod(Map.of("server.waitBudgetMs", "4000"));
    try {
      paid(testPod);
      testPod.redis().kill();
      Scenario scene = Scenario.of(testPod, null);
      TestPod.until(() -> scene.pay().code().equals("E01"));
      testPod.redis().restart();
      TestPod.until(() -> scene.pay().isPaid());
      CompletableFuture<Got> slow = testPod
          .caller()
          .postAsync(Caller.SALE, sale("slow").put("attach", "sandbox: slow 1s").encode());
      TestPod.until(() -> !testPod.platform().sends().sent("loops-slow").isEmpty());
      Future<Void> drained = testPod.pod().drain();
      assertThat(slow.join().isPaid()).isTrue();
      TestPod.await(drained);
    } finally {
      testPod.close();
    }
    assertThat(BlockingCallDetector.caught()).isEmpty();
  }

  @Test
  void credentials_that_are_renewed() {
    Map<String, String> settings = new HashMap<>();
    settings.put("signing.mode", "hmac-sha256");
    settings.put("signing.secretFrom", "workingKey");
    renewal(settings, "session", "/v1/sessions/login", "sessionId");
    renewal(settings, "tmk", "/v1/keys/tmk", "tmk");
    renewal(settings, "workingKey", "/v1/keys/working", "workingKey");
    TestPod testPod = new TestPod(settings);
    try {
      testPod.platform().settings("requireCredentials", List.of("tmk", "workingKey", "session"));
      testPod.platform().settings("signingMode", "hmac-sha256");
      paid(testPod);
      for (String what : List.of("session", "tmk", "workingKey")) {
        testPod.platform().expire(what);
        assertThat(testPod.caller().pay(sale(what)).isPaid()).isTrue();
      }
    } finally {
      testPod.close();
    }
    assertThat(BlockingCallDetector.caught()).isEmpty();
  }

  private static void renewal(
      Map<String, String> settings, String what, String path, String field) {
    settings.put("credentials." + what + ".path", path);
    settings.put(
        "credentials." + what + ".body",
        "{\"apiKey\":\"${upstream.apiKey}\",\"at\":\"${timestamp}\",\"tmk\":\"${tmk}\"}");
    settings.put("credentials." + what + ".valueAt", "/data/" + field);
    settings.put("credentials." + what + ".lifeAt", "/data/expiresInSeconds");
  }

  @Test
  void files_that_change_and_rsa_keys_of_every_length() throws Exception {
    KeyPair first = rsa(2048);
    KeyPair second = rsa(4096);
    Path key = write("rsa.pem", pem("PRIVATE", first.getPrivate().getEncoded()));
    Path callers = write("callers", "test:" + TestPod.KEY + "\n");
    Path limits = write("payonce.yaml", "server:\n  maxBodyBytes: 2000\n");
    TestPod testPod = new TestPod(Map.of(
        "signing.mode", "rsa-sha256",
        "signing.privateKeyFile", key.toString(),
        "client.keysFile", callers.toString()));
    Vertx loops = Pod.vertx();
    try {
      testPod.platform().settings("signingMode", "rsa-sha256");
      testPod.platform().settings("signingKeys", List.of(k(first), k(second)));
      paid(testPod);
      Map<String, String> fixed = testPod.fixed();
      Pod pod = TestPod.await(Pod.start(
          loops,
          LiveSettings.of(
              () -> Optional.of(limits),
              path -> Settings.load(path, Map.of(), Profile.SERVE, fixed)),
          Future.succeededFuture()));
      Caller reloading = new Caller("http://127.0.0.1:" + pod.port(), TestPod.KEY);
      JsonObject large = sale("large").put("description", "x".repeat(3000));
      assertThat(reloading.pay(large).status()).isEqualTo(413);

      write("rsa.pem", pem("PRIVATE", second.getPrivate().getEncoded()));
      write("payonce.yaml", "server:\n  maxBodyBytes: 8000\n");
      write("callers", "next:k_next_caller\n");
      Caller next = new Caller(testPod.caller().base(), "k_next_caller");
      TestPod.until(() -> !next.query("x").code().equals("S10"));
      Caller nextReloading = new Caller(reloading.base(), "k_next_caller");
      TestPod.until(() -> nextReloading.pay(large).status() == 200);
      testPod.platform().settings("signingKeys", List.of(k(second)));
      assertThat(next.pay(sale("long")).isPaid()).isTrue();
    } finally {
      TestPod.await(loops.close());
      testPod.close();
    }
    assertThat(BlockingCallDetector.caught()).isEmpty();
  }

  private static void paid(TestPod testPod) {
    Got got = testPod.patiently(() -> testPod.caller().pay(sale("first")));
    assertThat(got.isPaid()).as(got.body()).isTrue();
  }

  private static JsonObject sale(String name) {
    return Caller.sale("loops-" + name, "loops-" + name);
  }

  private static <T> void onLoop(Vertx vertx, Callable<T> work) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    vertx.runOnContext(go -> {
      try {
        work.call();
      } catch (Exception expected) {
        // A name that is not there, a result that does not come: the wait was what counts.
      }
      done.complete(null);
    });
    done.join();
  }

  private Path write(String name, String content) throws IOException {
    return TestPod.put(folder, name, content);
  }

  private static KeyPair rsa(int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  private static String k(KeyPair pair) {
    return "k1:" + pem("PUBLIC", pair.getPublic().getEncoded());
  }

  private static String pem(String kind, byte[] der) {
    return "-----BEGIN " + kind + " KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
        + "\n-----END " + kind + " KEY-----\n";
  }
}
