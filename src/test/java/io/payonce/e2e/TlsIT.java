package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.TlsCaller.Got;
import io.payonce.tls.CertificateBundle;
import io.payonce.tls.Pki;
import io.payonce.tls.Pki.Identity;
import io.payonce.wiring.Pod;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpVersion;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Callers over TLS, each proving who it is, on HTTP/2. */
@ExtendWith(VertxExtension.class)
class TlsIT {
  @TempDir
  static Path folder;

  private static TestPod testPod;
  private static TlsCaller caller;

  @BeforeAll
  static void open(Vertx vertx) throws IOException {
    Pki pki = new Pki(folder, "ours");
    Identity server = pki.localhost();
    testPod = new TestPod(Map.of(
        "server.tls.certFile", server.chain().toString(),
        "server.tls.keyFile", server.key().toString(),
        "server.tls.clientCaFile", pki.authorityFile().toString()));
    CertificateBundle shop =
        CertificateBundle.read(pki.other("shop").trusting(pki.authorityFile()));
    caller = TlsCaller.of(vertx, shop, TestPod.KEY);
  }

  @AfterAll
  static void close() {
    testPod.close();
  }

  @Test
  void a_payment_over_http2_is_paid_once() {
    Got got = TestPod.await(pay("tls-1"));
    assertThat(got.version()).isEqualTo(HttpVersion.HTTP_2);
    assertThat(got.isPaid()).isTrue();
    assertThat(testPod.platform().charges().of(Caller.MERCHANT, "order-tls-1")).hasSize(1);
  }

  @Test
  void many_payments_share_a_connection() {
    List<Future<Got>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(pay("tls-many-" + i));
    }
    assertThat(all).allSatisfy(one -> assertThat(TestPod.await(one).isPaid()).isTrue());
  }

  @Test
  void what_the_handshake_refuses_ends_its_own_call_only() {
    Future<Got> slow = pay("tls-slow", "sandbox: slow 1s");
    assertThat(TestPod.await(send("/elsewhere", "{}")).status()).isEqualTo(404);
    assertThat(TestPod.await(send(Caller.SALE, "x".repeat(200_000))).status()).isEqualTo(413);
    assertThat(TestPod.await(slow).isPaid()).isTrue();
    assertThat(TestPod.await(pay("tls-after")).isPaid()).isTrue();
  }

  @Test
  void a_pod_that_drains_says_goodbye_and_answers_what_it_has_begun() {
    Pod pod = testPod.addPod();
    assertThat(TestPod.await(caller.send(pod.port(), Caller.SALE, body("tls-stay")))
            .isPaid())
        .isTrue();
    Future<Got> slow = caller.send(pod.port(), Caller.SALE, body("tls-drain", "sandbox: slow 1s"));
    TestPod.until(() -> !testPod.platform().sends().sent("tls-drain").isEmpty());
    Future<Void> gone = pod.drain();
    assertThat(TestPod.await(slow).isPaid()).isTrue();
    TestPod.await(gone);
  }

  private static Future<Got> pay(String id, String... directive) {
    return send(Caller.SALE, body(id, directive));
  }

  private static String body(String id, String... directive) {
    return (directive.length == 0
            ? Caller.sale("order-" + id, id)
            : Caller.sale("order-" + id, id).put("attach", directive[0]))
        .encode();
  }

  private static Future<Got> send(String path, String body) {
    return caller.send(testPod.pod().port(), path, body);
  }
}
