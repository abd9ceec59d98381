package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.payonce.e2e.Caller.Got;
import io.payonce.platform.http.ConnectProxy;
import io.payonce.tls.Pki;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A whole program whose only way to the platform is a proxy, which may refuse. */
@ExtendWith(VertxExtension.class)
class EgressProxyIT {
  /** Only the proxy knows where it leads. */
  private static final String NAME = "open.platform.test";

  @TempDir
  Path folder;

  @Test
  void payments_and_questions_go_through_it_or_nowhere(Vertx vertx) throws Exception {
    Pki pki = new Pki(folder, "theirs");
    ListAppender<ILoggingEvent> warnings = new ListAppender<>();
    warnings.start();
    Logger log = (Logger) LoggerFactory.getLogger("io.payonce.platform.http.ConnectTunnel");
    log.addAppender(warnings);
    log.setAdditive(false);
    try (ConnectProxy proxy = new ConnectProxy("127.0.0.1", ConnectProxy.isMute())) {
      int port = platform(vertx, pki.called(NAME)).actualPort();
      Map<String, String> settings = Map.of(
          "upstream.baseUrl",
          "https://" + NAME + ":" + port,
          "upstream.tls.caFile",
          pki.authorityFile().toString(),
          "upstream.proxy",
          "http://127.0.0.1:" + proxy.port(),
          "upstream.proxyLogin",
          "till:word");
      proxy.from(ConnectProxy.says("HTTP/1.1 407 Who is it\r\nContent-Length: 0"));
      try (TestPod testPod = new TestPod(settings)) {
        Got refused = testPod.caller().pay(Caller.sale("order-1", "pay-1"));
        Scenario.refuses(refused, "E01", "proxy", "no", 0);
        assertThat(testPod.caller().query("pay-2").code()).isEqualTo("E01");
        assertThat(warnings.list)
            .singleElement()
            .asString()
            .contains("proxy refused: ", "status: 407 Who is it");

        proxy.from(proxy.passes());
        TestPod.until(
            () -> testPod.caller().pay(Caller.sale("order-1", "pay-1")).isPaid());
        TestPod.until(() -> testPod.caller().query("pay-2").isPaid());
        assertThat(proxy.heads)
            .allMatch(head -> head.startsWith("CONNECT " + NAME + ":" + port + " "))
            .allMatch(head -> head.contains("Basic dGlsbDp3b3Jk"));
      }
    } finally {
      log.setAdditive(true);
      log.detachAppender(warnings);
    }
  }

  private static HttpServer platform(Vertx vertx, Pki.Identity identity) {
    HttpServerOptions tls = new HttpServerOptions()
        .setSsl(true)
        .setKeyCertOptions(new PemKeyCertOptions()
            .addCertPath(identity.chain().toString())
            .addKeyPath(identity.key().toString()));
    return TestPod.await(vertx
        .createHttpServer(tls)
        .requestHandler(request -> request
            .response()
            .putHeader("Content-Type", "application/json")
            .end("{\"code\":\"0\",\"msg\":\"m\",\"data\":{\"transactionStatus\":\"S\"}}"))
        .listen(0, "127.0.0.1"));
  }
}
