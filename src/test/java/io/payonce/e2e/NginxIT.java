package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.payonce.FreePorts;
import io.payonce.e2e.Caller.Got;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Behind an nginx with nothing but proxy_pass: it speaks HTTP/1.0. */
class NginxIT {
  @TempDir
  Path folder;

  @Test
  void payments_questions_and_refusals_pass_through_it() throws Exception {
    assumeTrue(isInstalled(), "no nginx here");
    try (TestPod testPod = new TestPod(CrowdIT.PATIENT)) {
      testPod.patiently(() -> testPod.caller().pay(Caller.sale("order-n-0", "pay-n-0")));
      int port = FreePorts.next();
      Process nginx = start(port, testPod.pod().port());
      try {
        TestPod.until(() -> accepts(port));
        Caller caller = new Caller("http://127.0.0.1:" + port, TestPod.KEY);
        for (int i = 1; i < 4; i++) {
          Got paid = caller.pay(Caller.sale("order-n-" + i, "pay-n-" + i));
          assertThat(paid.isPaid()).as(paid.body()).isTrue();
          assertThat(paid.header("X-Trace-Id")).isNotBlank();
        }
        assertThat(caller.query("pay-n-1").outcome()).isEqualTo("S");
        assertThat(caller.post(Caller.SALE, "{").code()).isEqualTo("C02");
        assertThat(caller.post("/v1/any", "x".repeat(70_000)).status()).isEqualTo(413);
        assertThat(new Caller(caller.base(), "k_nobody").query("pay-n-1").code())
            .isEqualTo("S10");
      } finally {
        nginx.destroy();
        nginx.waitFor();
      }
    }
  }

  private Process start(int port, int behind) throws IOException {
    Path conf =
        Files.writeString(folder.resolve("nginx.conf"), """
        daemon off; master_process off; worker_processes 1; pid %1$s/pid; error_log %1$s/error.log;
        events { worker_connections 64; }
        http {
          access_log off;
          client_body_temp_path %1$s/b; proxy_temp_path %1$s/p; fastcgi_temp_path %1$s/f;
          uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
          server {
            listen 127.0.0.1:%2$d;
            location / { proxy_http_version 1.0; proxy_pass http://127.0.0.1:%3$d; }
          }
        }
        """.formatted(folder, port, behind));
    return new ProcessBuilder("nginx", "-p", folder.toString(), "-c", conf.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("out").toFile())
        .start();
  }

  private static boolean isInstalled() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(each -> Files.isExecutable(Path.of(each, "nginx")));
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }
}
