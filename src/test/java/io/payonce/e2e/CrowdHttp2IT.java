package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.tls.Pki;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConfig;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crowd over HTTP/2, where a caller may give up one call and keep its connection. */
class CrowdHttp2IT {
  /** On one connection at one time. */
  private static final int STREAMS = 100;

  private static final int CONNECTIONS = 7 * CrowdIT.LOOPS;
  private static final int CALLS = STREAMS * CONNECTIONS;

  private record Call(HttpClientRequest request, Future<String> answer) {}

  @TempDir
  Path folder;

  private Pki pki;
  private TestPod testPod;
  private Vertx vertx;

  private void open() {
    pki = new Pki(folder, "ours");
    Pki.Identity server = pki.localhost();
    Map<String, String> settings = new HashMap<>(CrowdIT.PATIENT);
    settings.put("server.tls.certFile", server.chain().toString());
    settings.put("server.tls.keyFile", server.key().toString());
    testPod = new TestPod(settings);
    vertx = Vertx.vertx();
  }

  private void close() {
    TestPod.await(vertx.close());
    testPod.close();
  }

  @Test
  void a_call_given_up_while_it_waits_is_left_out_and_its_neighbour_is_served() throws Exception {
    Frost.untilShort(() -> {
      open();
      try {
        return someGiveUp();
      } finally {
        close();
      }
    });
  }

  private boolean someGiveUp() throws Exception {
    HttpClientAgent crowd = client(HttpVersion.HTTP_2, CONNECTIONS);
    HttpClientAgent fickle = client(HttpVersion.HTTP_2, 1);
    TestPod.until(
        () -> Caller.isPaid(TestPod.await(TestPod.await(call(crowd, "first")).answer())));
    warm(crowd, CALLS);
    warm(fickle, STREAMS);
    List<Call> staying = new ArrayList<>();
    List<Call> leaving = new ArrayList<>();
    long since = System.nanoTime();
    boolean isShort = Frost.during(testPod, () -> {
      staying.addAll(come(crowd, "stay-", CALLS));
      catchUp();
      leaving.addAll(come(fickle, "leave-", STREAMS - 1));
      staying.addAll(come(fickle, "neighbour-", 1));
      catchUp();
      leaving.forEach(call -> TestPod.await(call.request().reset()));
      catchUp();
    });
    List<String> refused = staying.stream()
        .map(call -> TestPod.await(call.answer()))
        .filter(body -> !Caller.isPaid(body))
        .toList();
    if (!refused.isEmpty() && System.nanoTime() - since > CrowdIT.IN_TIME_NANOS) {
      return false; // as the machine has too much to do
    }
    if (isShort) {
      assertThat(refused).isEmpty();
      TestPod.until(() -> testPod
          .admin(0)
          .contains("payonce_payments_total{operation=\"sale\",outcome=\"crowded\"} "
              + (double) leaving.size()));
      assertThat(testPod.platform().charges().all()).hasSize(1 + staying.size());
      TestPod.await(testPod.pod().drain());
    }
    return isShort;
  }

  private List<Call> come(HttpClientAgent client, String prefix, int calls) {
    List<Future<Call>> coming = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      coming.add(call(client, prefix + i));
    }
    return coming.stream().map(TestPod::await).toList();
  }

  /** Opens the connections, so that the crowd comes at once. */
  private void warm(HttpClientAgent client, int calls) {
    List<Future<String>> said = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      said.add(stranger(client));
    }
    said.forEach(TestPod::await);
  }

  private Future<String> stranger(HttpClientAgent client) {
    return client
        .request(options())
        .compose(request -> request.send(Buffer.buffer("{}")).compose(HttpClientResponse::body))
        .map(Buffer::toString);
  }

  private Future<Call> call(HttpClientAgent client, String id) {
    Buffer sale = CrowdIT.sale(id).toBuffer();
    return client
        .request(options().putHeader("Authorization", "Bearer " + TestPod.KEY))
        .compose(request -> {
          Call call = new Call(request, body(request));
          return request.end(sale).map(call);
        });
  }

  private static Future<String> body(HttpClientRequest request) {
    return request.response().compose(HttpClientResponse::body).map(Buffer::toString);
  }

  /** Connections go round the event loops; one that answers has seen what came before. */
  private void catchUp() {
    for (int i = 0; i < CrowdIT.LOOPS; i++) {
      HttpClientAgent stranger = client(HttpVersion.HTTP_1_1, 1);
      String said = TestPod.await(stranger(stranger));
      assertThat(said).contains("\"S10\"");
      TestPod.await(stranger.close());
    }
  }

  private RequestOptions options() {
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setSsl(true)
        .setHost("localhost")
        .setPort(testPod.pod().port())
        .setURI(Caller.SALE)
        .putHeader("Content-Type", "application/json");
  }

  private HttpClientAgent client(HttpVersion version, int connections) {
    return vertx
        .httpClientBuilder()
        .with(new HttpClientConfig().setVersions(version))
        .with(new PoolOptions().setHttp2MaxSize(connections))
        .with(new ClientSSLOptions()
            .setHostnameVerificationAlgorithm("HTTPS")
            .setUseAlpn(true)
            .setTrustOptions(
                new PemTrustOptions().addCertPath(pki.authorityFile().toString())))
        .build();
  }
}
