package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.payonce.e2e.TlsCaller.Got;
import io.payonce.settings.LiveSettings;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import io.payonce.tls.CertificateBundle;
import io.payonce.tls.Pki;
import io.payonce.tls.Pki.Identity;
import io.payonce.wiring.Pod;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * With TLS on every side, no event loop waits for a file or a key: neither in a handshake nor when
 * all that may be replaced under a running pod is replaced at once.
 */
@ExtendWith(BlockingCallDetector.class)
class LoopsTlsIT {
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";

  @TempDir
  Path folder;

  @TempDir
  Path authorities;

  private TestPod testPod;
  private TlsPorts doors;
  private Vertx loops;
  private Vertx outside;
  private int paid;

  private void open(Pki pki, String key) throws IOException {
    replace(pki, key, 2000);
    testPod = new TestPod(Map.of(), 0);
    doors = new TlsPorts(testPod, pem(pki, pki.localhost()));
    loops = Pod.vertx();
    outside = Vertx.vertx();
  }

  @AfterEach
  void close() {
    System.clearProperty(TRUST_STORE);
    TestPod.await(loops.close());
    TestPod.await(outside.close());
    doors.close();
    testPod.close();
    assertThat(BlockingCallDetector.caught()).isEmpty();
  }

  @Test
  void certificates_authorities_keys_and_limits_that_change() throws IOException {
    Pki before = new Pki(authorities, "before");
    Pki after = new Pki(authorities, "after");
    open(before, "k_caller_before");
    Map<String, String> fixed = fixed();
    Pod pod = TestPod.await(Pod.start(
        loops,
        LiveSettings.of(
            () -> Optional.of(folder.resolve("payonce.yaml")),
            path -> Settings.load(path, Map.of(), Profile.SERVE, fixed)),
        Future.succeededFuture()));
    TlsCaller old = TlsCaller.of(outside, pem(before, before.other("shop")), "k_caller_before");
    TestPod.until(() -> pay(old, pod, "a book").isPaid());
    assertThat(pay(old, pod, "x".repeat(3000)).status()).isEqualTo(413);

    TlsCaller next = TlsCaller.of(outside, pem(after, after.other("shop")), "k_caller_after");
    assertThatThrownBy(() -> pay(next, pod, "a book"))
        .hasRootCauseInstanceOf(CertPathBuilderException.class);
    doors.reopen(pem(after, after.localhost()));
    replace(after, "k_caller_after", 8000);
    TestPod.until(() -> isPaid(next, pod));
    TestPod.until(() -> pay(next, pod, "x".repeat(3000)).status() == 200);
    assertThat(pay(old, pod, "a book").code()).isEqualTo("S10");
    assertThat(doors.versions()).containsExactly(HttpVersion.HTTP_2);
  }

  /** From a file that Java has not read yet, as in a process that has just been started. */
  @Test
  void only_the_authorities_of_the_runtime() throws Exception {
    SSLContext.getDefault(); // or else a client of the test's own would be the first to read it
    Path runtime = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
    System.setProperty(
        TRUST_STORE, Files.copy(runtime, folder.resolve("cacerts")).toString());
    Pki pki = new Pki(authorities, "ours");
    open(pki, "k_caller");
    TlsCaller caller = TlsCaller.of(outside, pem(pki, pki.other("shop")), TestPod.KEY);
    for (Map<String, String> strangers : List.of(
        Map.of("upstream.baseUrl", doors.platformUri()), Map.of("redis.uris", doors.redisUri()))) {
      Map<String, String> fixed = new HashMap<>(testPod.fixed());
      fixed.put("server.tls.certFile", file("server.pem"));
      fixed.put("server.tls.keyFile", file("server.key"));
      fixed.putAll(strangers);
      Pod pod = TestPod.await(Pod.start(
          loops, Settings.load(Optional.empty(), Map.of(), Profile.SERVE, fixed).orThrow()));
      assertThat(pay(caller, pod, "a book").isPaid()).isFalse();
    }
  }

  private Map<String, String> fixed() {
    Map<String, String> fixed = new HashMap<>(testPod.fixed());
    fixed.remove("client.keys");
    fixed.put("client.keysFile", file("callers"));
    fixed.put("server.tls.certFile", file("server.pem"));
    fixed.put("server.tls.keyFile", file("server.key"));
    fixed.put("server.tls.clientCaFile", file("ca.pem"));
    fixed.put("upstream.baseUrl", doors.platformUri());
    fixed.put("upstream.tls.http2", "true");
    fixed.put("upstream.tls.certFile", file("us.pem"));
    fixed.put("upstream.tls.keyFile", file("us.key"));
    fixed.put("upstream.tls.caFile", file("ca.pem"));
    fixed.put("redis.uris", doors.redisUri());
    fixed.put("redis.caFile", file("ca.pem"));
    return fixed;
  }

  /** Everything that a pod reads again, in files of the same names. */
  private void replace(Pki pki, String key, int maxBodyBytes) throws IOException {
    put("server", pki.localhost());
    put("us", pki.other("payonce"));
    TestPod.put(folder, "ca.pem", Files.readString(pki.authorityFile()));
    TestPod.put(folder, "callers", "test:" + key + "\n");
    TestPod.put(folder, "payonce.yaml", "server:\n  maxBodyBytes: " + maxBodyBytes + "\n");
  }

  private void put(String name, Identity identity) throws IOException {
    TestPod.put(folder, name + ".key", Files.readString(identity.key()));
    TestPod.put(folder, name + ".pem", Files.readString(identity.chain()));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private static CertificateBundle pem(Pki pki, Identity identity) throws IOException {
    return CertificateBundle.read(identity.trusting(pki.authorityFile()));
  }

  private Got pay(TlsCaller caller, Pod pod, String description) {
    String id = "loops-tls-" + paid++;
    JsonObject sale = Caller.sale(id, id).put("description", description);
    Got got = TestPod.await(caller.send(pod.port(), Caller.SALE, sale.encode()));
    assertThat(got.version()).isEqualTo(HttpVersion.HTTP_2);
    assertThat(got.body()).as("status %d", got.status()).isNotEmpty();
    return got;
  }

  private boolean isPaid(TlsCaller caller, Pod pod) {
    try {
      return pay(caller, pod, "a book").isPaid();
    } catch (IllegalStateException notTrustedYet) {
      return false;
    }
  }
}
