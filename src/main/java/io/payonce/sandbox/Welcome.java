package io.payonce.sandbox;

import io.payonce.sandbox.http.SampleCheckout;
import io.payonce.sandbox.http.SandboxPlatform;
import io.payonce.settings.Settings;
import io.payonce.wiring.Pod;
import java.util.Optional;

/** Prints what the sandbox says when it is up: where everything is, and what to try. */
final class Welcome {
  private static final String SALE = "/v1/semi-integration/transaction/sale";

  private Welcome() {}

  static String text(
      Settings settings,
      Pod pod,
      EmbeddedRedis redis,
      SandboxPlatform platform,
      Optional<SampleCheckout> shop) {
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
        %s
        A payment that works (paste it again: same answer, Payonce-Replayed: true):
          %s

        The platform charges, then says E02; Payonce asks and answers the truth:
          %s

        Two payments of one order at the same time: one is paid, the other gets C08:
          %s & %s; wait
        %s
        """.formatted(
            proxy,
            key,
            pod.adminPort(),
            platform.baseUrl(),
            redis.uri(),
            shop.map(Welcome::shop).orElse(""),
            curl.sale("works-" + run, "order-a-" + run, ""),
            curl.sale("doubt-" + run, "order-b-" + run, "sandbox: E02 after charge"),
            curl.sale("first-" + run, "order-c-" + run, "sandbox: slow 2s"),
            curl.sale("second-" + run, "order-c-" + run, "sandbox: slow 2s"),
            shop.map(end -> circle(end, curl.notified("notified-" + run, "order-d-" + run, end)))
                .orElse(""));
  }

  private static String shop(SampleCheckout shop) {
    return "  shop        " + shop.baseUrl() + "   (a sample checkout; shows what it got)\n";
  }

  private static String circle(SampleCheckout shop, String curl) {
    return """

        A payment at a terminal: you get status I, and 3 s later the shop is notified of S, once, here and at %s:
          %s
        """.formatted(shop.baseUrl(), curl);
  }

  /** One line for a shell. */
  private record Curl(String url, String key) {
    String sale(String id, String order, String directive) {
      return payment(id, order, directive.isEmpty() ? "" : ",\"attach\":\"" + directive + "\"");
    }

    String notified(String id, String order, SampleCheckout shop) {
      String url = ",\"notifyUrl\":\"" + shop.notifyUrl() + "\"";
      return payment(id, order, ",\"attach\":\"sandbox: terminal 3s\"" + url);
    }

    private String payment(String id, String order, String more) {
      String body =
          "{\"appId\":\"demo\",\"merchantId\":\"M0000000001\",\"referenceOrderId\":\"" + order
              + "\",\"transactionRequestId\":\"" + id
              + "\",\"amount\":{\"orderAmount\":1999,\"priceCurrency\":\"USD\"},\"description\":\"a book\","
              + "\"terminalSn\":\"T1\"" + more + "}";
      return "curl -i -w '\\n' " + url + " -H 'Authorization: Bearer " + key
          + "' -H 'Content-Type: application/json' -d '" + body + "'";
    }
  }
}
