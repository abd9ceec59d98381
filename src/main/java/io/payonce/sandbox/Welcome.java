package io.payonce.sandbox;

import io.payonce.sandbox.http.SandboxPlatform;
import io.payonce.settings.Settings;
import io.payonce.wiring.Pod;

/** What the sandbox says when it is up: where everything is, and three things to try. */
final class Welcome {
  private static final String SALE = "/v1/semi-integration/transaction/sale";

  private Welcome() {}

  static String text(Settings settings, Pod pod, EmbeddedRedis redis, SandboxPlatform platform) {
    String proxy = "http://127.0.0.1:" + pod.port();
    String run = Long.toString(System.currentTimeMillis() / 1000, 36);
    String key = settings.client().keys().get(0).key().value();
    Curl curl = new Curl(proxy + SALE, key);
    return """

        Payonce is up. Stop it with Ctrl-C.
          proxy       %s   (Authorization: Bearer %s)
          operations  http://127.0.0.1:%d
          platform    %s   (simulated; what it charged: /sandbox/charges)
          redis       %s

        A payment that works (paste it again: same answer, Payonce-Replayed: true):
          %s

        The platform charges, then says E02; Payonce asks and tells the truth:
          %s

        Two payments of one order at the same time: one is paid, the other gets C08:
          %s & %s; wait

        """.formatted(
            proxy,
            key,
            pod.adminPort(),
            platform.baseUrl(),
            redis.uri(),
            curl.sale("works-" + run, "order-a-" + run, ""),
            curl.sale("doubt-" + run, "order-b-" + run, "sandbox: E02 after charge"),
            curl.sale("first-" + run, "order-c-" + run, "sandbox: slow 2s"),
            curl.sale("second-" + run, "order-c-" + run, "sandbox: slow 2s"));
  }

  /** One line for a shell. */
  private record Curl(String url, String key) {
    String sale(String id, String order, String directive) {
      String attach = directive.isEmpty() ? "" : ",\"attach\":\"" + directive + "\"";
      String body =
          "{\"appId\":\"demo\",\"merchantId\":\"M0000000001\",\"referenceOrderId\":\"" + order
              + "\",\"transactionRequestId\":\"" + id
              + "\",\"amount\":{\"orderAmount\":1999,\"priceCurrency\":\"USD\"},\"description\":\"a book\","
              + "\"terminalSn\":\"T1\"" + attach + "}";
      return "curl -i -w '\\n' " + url + " -H 'Authorization: Bearer " + key
          + "' -H 'Content-Type: application/json' -d '" + body + "'";
    }
  }
}
