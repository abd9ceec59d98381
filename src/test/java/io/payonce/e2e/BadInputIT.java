package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What validation refuses: with the right code, nothing sent, nothing stored. */
class BadInputIT {
  private static final String FORWARDED = "/v1/some/new-call";
  private static final String GOOD = Caller.sale("order-good", "pay-good").encode();

  private static TestPod testPod;

  @BeforeAll
  static void open() {
    testPod = new TestPod();
  }

  @AfterAll
  static void nothing_was_sent_and_nothing_stored() {
    try (TestPod closing = testPod) {
      assertThat(closing.platform().sends().all())
          .filteredOn(send -> !send.path().equals(FORWARDED))
          .isEmpty();
      assertThat(Raw.keysIn(closing.redis().port())).isEmpty();
    }
  }

  @TestFactory
  List<DynamicContainer> refused() {
    return new ParallelScenarios(8)
        .group("keys", BadInputIT::keys)
        .group("JSON", BadInputIT::json)
        .group("missing fields", BadInputIT::missing)
        .group("ill-formed fields", BadInputIT::illFormed)
        .group("methods", BadInputIT::methods)
        .group("paths", BadInputIT::paths)
        .group("questions", BadInputIT::questions)
        .group("HTTP", BadInputIT::http)
        .groups();
  }

  private static void keys(ParallelScenarios together) {
    for (String wrong : List.of(
        "Bearer",
        "Bearer ",
        "Bearer k_test",
        "Bearer " + TestPod.KEY + "x",
        "Basic " + TestPod.KEY,
        TestPod.KEY,
        "Bearer sk_test_sandbox")) {
      together.add("'" + wrong + "'", () -> {
        Caller anybody = new Caller(testPod.caller().base(), null);
        refused(anybody.post(Caller.SALE, GOOD, "Authorization", wrong), "S10");
        refused(anybody.post(FORWARDED + "x", "{}", "Authorization", wrong), "S10");
      });
    }
    together.add("none at all", () -> {
      Caller anybody = new Caller(testPod.caller().base(), null);
      refused(anybody.post(Caller.SALE, GOOD), "S10");
      refused(anybody.query("pay-good"), "S10");
    });
  }

  private static void json(ParallelScenarios together) {
    Stream.of(
            "",
            "{",
            "[]",
            "null",
            "\"x\"",
            "7",
            "{} {}",
            "{'a':1}",
            "{\"a\":1,}",
            "{\"a\":NaN}",
            "{/**/}",
            GOOD + "x",
            GOOD + GOOD,
            GOOD.substring(0, GOOD.length() - 1),
            "\uFEFF" + GOOD,
            "{\"attach\":\"a\nb\"}")
        .forEach(broken -> together.add(
            "broken: " + broken.replace('\n', ' '), () -> refused(sale(broken), "C02")));
    for (String twice : List.of(
        GOOD.replace("{\"appId\"", "{\"appId\":\"app2\",\"appId\""),
        GOOD.replace("\"orderAmount\"", "\"orderAmount\":1,\"orderAmount\""),
        GOOD.replace("\"appId\"", "\"am\\u006funt\":{\"orderAmount\":1},\"appId\""),
        GOOD.replace("{\"appId\"", "{\"x\":{\"y\":1,\"y\":2},\"appId\""))) {
      together.add("a name twice: " + twice, () -> {
        Got got = refused(sale(twice), "C02");
        assertThat(got.json().getString("msg")).contains("twice");
      });
    }
    together.add(
        "too deep",
        () -> refused(
            sale(GOOD.replace(
                "{\"appId\"", "{\"x\":" + "[".repeat(40) + "]".repeat(40) + ",\"appId\"")),
            "C02"));
    together.add("another encoding", () -> {
      byte[] utf16 = GOOD.getBytes(java.nio.charset.StandardCharsets.UTF_16LE);
      byte[] latin1 = GOOD.replace("a book", "caf\u00e9")
          .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
      for (byte[] body : List.of(utf16, latin1)) {
        refused(
            testPod
                .caller()
                .send(testPod
                    .caller()
                    .request(Caller.SALE)
                    .POST(BodyPublishers.ofByteArray(body))
                    .build())
                .join(),
            "C02");
      }
    });
  }

  private static void missing(ParallelScenarios together) {
    for (String field : List.of(
        "appId",
        "merchantId",
        "referenceOrderId",
        "transactionRequestId",
        "amount",
        "description",
        "terminalSn")) {
      String named = field.equals("amount") ? "amount.orderAmount" : field;
      together.add(field, () -> {
        names(refused(sale(with(body -> body.remove(field))), "C01"), named);
        names(refused(sale(with(body -> body.putNull(field))), "C01"), named);
      });
    }
    together.add("all of them at once", () -> {
      Got got = refused(sale("{}"), "C01");
      for (String field : List.of("appId", "merchantId", "amount.priceCurrency", "terminalSn")) {
        names(got, field);
      }
    });
    together.add("an original", () -> {
      for (String call : List.of("void", "abort", "refund", "post-auth", "incremental-auth")) {
        String body = with(fields -> fields.remove("referenceOrderId"));
        Got got = testPod.caller().post("/v1/semi-integration/transaction/" + call, body);
        names(refused(got, "C01"), "originalTransactionId or originalTransactionRequestId");
      }
    });
    together.add("a card's data for a wallet", () -> {
      String body = with(fields -> fields.put("paymentMethod", "APPLE_PAY"));
      names(refused(testPod.caller().post("/v1/checkout/sale", body), "C01"), "cardEncryptedData");
    });
  }

  private static void illFormed(ParallelScenarios together) {
    form(together, "referenceOrderId", "short", "has space", "x".repeat(33), "o/rder", 123456);
    form(together, "transactionRequestId", "a b", "x".repeat(65), "a/b", "a~b", 7, true);
    form(together, "merchantId", "M/1", "..", "x".repeat(33), "M 1", "{s1}", List.of("M1"));
    form(together, "appId", "x".repeat(33), "caf\u00e9", 5);
    form(together, "terminalSn", "x".repeat(33), "T\u0000", 5);
    form(together, "description", 5, List.of());
    form(together, "amount", 5, "1999", List.of());
    for (Object amount : List.of(-1, 1.5, "x", "", " 1", "1.0", 1e30, true, List.of())) {
      String name = "amount.orderAmount: " + amount;
      together.add(name, () -> {
        String body = with(fields -> fields.getJsonObject("amount").put("orderAmount", amount));
        names(refusedEither(sale(body)), "amount.orderAmount");
      });
    }
    for (Object currency : List.of("usd", "US", "USDX", "U$D", 840)) {
      together.add("amount.priceCurrency: " + currency, () -> {
        String body = with(fields -> fields.getJsonObject("amount").put("priceCurrency", currency));
        names(refused(sale(body), "C02"), "amount.priceCurrency");
      });
    }
    together.add("never quotes what it refuses", () -> {
      String body = with(fields -> fields.put("transactionRequestId", "4111 1111 1111 1111"));
      assertThat(refused(sale(body), "C02").body()).doesNotContain("4111");
    });
  }

  private static void form(ParallelScenarios together, String field, Object... values) {
    for (Object value : values) {
      together.add(field + ": " + value, () -> {
        Got got = refused(sale(with(body -> body.put(field, value))), "C02");
        names(got, field);
      });
    }
  }

  private static void methods(ParallelScenarios together) {
    for (String method : List.of("GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE")) {
      together.add(method + " of a payment", () -> {
        String got = raw(method + " " + Caller.SALE + " HTTP/1.1\r\n" + headers() + "\r\n");
        assertThat(got).startsWith("HTTP/1.1 200 ");
        if (!method.equals("HEAD")) {
          assertThat(got).contains("\"C19\"").contains("Payonce-Sent: no");
        }
      });
    }
    together.add("POST of a question", () -> {
      refused(testPod.caller().post("/v1/transaction/query", GOOD), "C19");
      refused(testPod.caller().post("/v1/merchant/query", GOOD), "C19");
    });
    together.add(
        "PUT of a path nobody knows",
        () -> refused(
            testPod
                .caller()
                .send(testPod
                    .caller()
                    .request(FORWARDED)
                    .PUT(BodyPublishers.ofString(GOOD))
                    .build())
                .join(),
            "C19"));
  }

  private static void paths(ParallelScenarios together) {
    for (String outside : List.of("/", "/v1", "/v2/x", "/sandbox/charges", "/metrics", "/V1/x")) {
      together.add("outside: " + outside, () -> status(outside, 404));
    }
    for (String odd : List.of(
        "//v1/checkout/sale",
        "/./v1/checkout/sale",
        "/v1/../v1/checkout/sale",
        "/v1//checkout/sale",
        "/v1/./checkout/sale",
        "/v1/x/../checkout/sale",
        "/v1/checkout/%73ale",
        "/v1/checkout%2fsale",
        "/v1/checkout/sale%00",
        "/v1/checkout/sale%2f",
        "/v1/checkout/sale;x=1",
        "/v1/checkout\\sale",
        "/v1/checkout/sale%20",
        "/v1/checkout/sale:",
        "/v1/checkout/..;/checkout/sale",
        "/v1/checkout/sale\u0080",
        "http://elsewhere/v1/checkout/sale",
        "v1/checkout/sale",
        "*")) {
      together.add("odd: " + odd, () -> status(odd, 400, 404));
    }
    for (String alike : List.of(
        "/v1/checkout/sale/",
        "/v1/checkout/SALE",
        "/v1/Checkout/Sale",
        "/v1/checkout/sale.json",
        "/v1/checkout/sale.",
        "/v1/transaction/query/",
        "/v1/checkout/refund.do")) {
      together.add("alike: " + alike, () -> {
        refused(testPod.caller().post(alike, GOOD), "C18");
      });
    }
  }

  private static void status(String target, int... expected) {
    String body = GOOD.replace("\"terminalSn\"", "\"paymentMethod\":\"CARD\",\"terminalSn\"");
    String got = raw(Raw.post(target, Raw.length(body), body));
    int status = Integer.parseInt(got.substring(9, 12));
    assertThat(expected).as(got).contains(status);
  }

  private static void questions(ParallelScenarios together) {
    for (String query : List.of(
        "",
        "?",
        "?appId=app1&merchantId=M1",
        "?appId=app1&transactionRequestId=p1",
        "?appId=&merchantId=M1&transactionRequestId=p1")) {
      together.add("incomplete: " + query, () -> refused(ask(query), "C01"));
    }
    for (String query : List.of(
        "?appId=a&merchantId=M1&merchantId=M2&transactionRequestId=p1",
        "?appId=a&merchantId=M/1&transactionRequestId=p1",
        "?appId=a&merchantId=M1&transactionRequestId=p%ff1")) {
      together.add("ambiguous: " + query, () -> refused(ask(query), "C02"));
    }
  }

  private static Got ask(String query) {
    return testPod
        .caller()
        .send(testPod.caller().request("/v1/transaction/query" + query).GET().build())
        .join();
  }

  private static void http(ParallelScenarios together) {
    String large = with(body -> body.put("attach", "x".repeat(70_000)));
    together.add("a body too large", () -> assertThat(sale(large).status()).isEqualTo(413));
    together.add("a body too large, in chunks", () -> {
      String chunks =
          "10000\r\n" + "x".repeat(65_536) + "\r\n10\r\n" + "x".repeat(16) + "\r\n0\r\n\r\n";
      String got = raw(Raw.post(Caller.SALE, "Transfer-Encoding: chunked\r\n", chunks));
      assertThat(got).startsWith("HTTP/1.1 413 ");
    });
    together.add("headers too large", () -> {
      String got = raw(Raw.post(Caller.SALE, "X-Big: " + "x".repeat(20_000) + "\r\n", ""));
      assertThat(got).startsWith("HTTP/1.1 431 ").contains("X-Trace-Id: ", "\"HTTP431\"");
    });
    together.add("a request line too long", () -> {
      String got = raw(Raw.post(Caller.SALE + "?x=" + "x".repeat(20_000), "", ""));
      // Its version is in the part that was not read.
      assertThat(got).startsWith("HTTP/1.0 431 ").contains("X-Trace-Id: ", "\"HTTP431\"");
    });
    together.add("a header line that is none", () -> {
      String got = raw(Raw.post(Caller.SALE, "X-Split: a\u0000b\r\n" + Raw.length(GOOD), GOOD));
      assertThat(got).startsWith("HTTP/1.1 400 ").contains("X-Trace-Id: ", "\"HTTP400\"");
    });
    http(together, "two hosts", "Host: there\r\n" + Raw.length(GOOD), GOOD);
    http(together, "two lengths", Raw.length(GOOD) + "Content-Length: 5\r\n", GOOD);
    http(
        together,
        "a length and chunks",
        Raw.length(GOOD) + "Transfer-Encoding: chunked\r\n",
        Integer.toHexString(GOOD.length()) + "\r\n" + GOOD + "\r\n0\r\n\r\n");
    http(together, "a length that is none", "Content-Length: 1x\r\n", GOOD);
    http(together, "a negative length", "Content-Length: -1\r\n", GOOD);
    http(together, "a signed length", "Content-Length: +" + GOOD.length() + "\r\n", GOOD);
    http(together, "an encoding nobody knows", "Transfer-Encoding: gzip\r\n", GOOD);
    http(together, "a header without a name", ": x\r\n" + Raw.length(GOOD), GOOD);
    http(together, "a blank before a colon", "X-Some : x\r\n" + Raw.length(GOOD), GOOD);
    http(
        together,
        "broken chunks",
        "Transfer-Encoding: chunked\r\n",
        "zz\r\n" + GOOD + "\r\n0\r\n\r\n");
    together.add(
        "no host",
        () -> assertThat(raw("POST " + Caller.SALE
                + " HTTP/1.1\r\nConnection: close\r\nAuthorization: Bearer " + TestPod.KEY + "\r\n"
                + Raw.length(GOOD) + "\r\n" + GOOD))
            .startsWith("HTTP/1.1 400 "));
    together.add(
        "half a body",
        () -> Raw.hangUpAfter(
            testPod.pod().port(),
            Raw.post(Caller.SALE, Raw.length(GOOD), GOOD.substring(0, GOOD.length() / 2))));
    together.add(
        "all of a body but its last chunk",
        () -> Raw.hangUpAfter(
            testPod.pod().port(),
            Raw.post(
                Caller.SALE,
                "Transfer-Encoding: chunked\r\n",
                Integer.toHexString(GOOD.length()) + "\r\n" + GOOD + "\r\n")));
    together.add("no HTTP at all", () -> {
      assertThat(raw("\u0016\u0003\u0001\u0002\u0000\r\n\r\n")).doesNotContain(" 200 ");
      assertThat(raw("POST " + Caller.SALE + " HTTP/9.9\r\n" + headers() + "\r\n"))
          .doesNotContain(" 200 ");
    });
  }

  private static void http(ParallelScenarios together, String name, String headers, String body) {
    together.add(
        name,
        () -> assertThat(raw(Raw.post(Caller.SALE, headers, body))).startsWith("HTTP/1.1 400 "));
  }

  @Test
  void an_unknown_path_is_forwarded_once() {
    Got got = testPod.caller().post(FORWARDED, "{\"any\":\"thing\"}");
    assertThat(got.code()).isEqualTo("C18");
    assertThat(got.header("Payonce-Source")).isEqualTo("platform");
    assertThat(got.header("Payonce-Sent")).isEqualTo("yes");
    assertThat(testPod.platform().sends().all())
        .filteredOn(send -> send.path().equals(FORWARDED))
        .hasSize(1);
  }

  private static Got sale(String body) {
    return testPod.caller().post(Caller.SALE, body);
  }

  private static String with(Consumer<JsonObject> change) {
    JsonObject body = new JsonObject(GOOD);
    change.accept(body);
    return body.encode();
  }

  /** Nothing was ever sent; how sure of that we are depends on what could be read of the call. */
  private static Got refused(Got got, String code) {
    String sent = got.header("Payonce-Sent");
    assertThat(sent)
        .isIn(
            code.equals("C01") || code.equals("C02")
                ? List.of("no", "not-by-this-call", "unknown")
                : List.of("not-by-this-call"));
    Scenario.refuses(got, code, "proxy", sent, 0);
    return got;
  }

  @Test
  void that_nothing_was_sent_is_said_only_of_an_id_whose_record_was_looked_for() {
    says(sale(with(body -> body.remove("terminalSn"))), "no");
    says(sale(with(body -> body.put("amount", 5))), "no");
    says(sale(GOOD + "x"), "no");
    says(sale(with(body -> body.remove("transactionRequestId"))), "not-by-this-call");
    says(sale(with(body -> body.put("transactionRequestId", "a b"))), "not-by-this-call");
    says(sale("{}"), "not-by-this-call");
    says(sale(with(body -> body.put("transactionRequestId", 7))), "unknown");
    says(sale("{"), "unknown");
    says(sale(""), "unknown");
  }

  private static void says(Got got, String sent) {
    assertThat(got.header("Payonce-Sent")).as(got.body()).isEqualTo(sent);
  }

  /** Where the empty text counts as absent. */
  private static Got refusedEither(Got got) {
    return refused(got, "C01".equals(got.code()) ? "C01" : "C02");
  }

  private static void names(Got got, String field) {
    assertThat(got.json().getString("msg")).contains(field);
  }

  private static String headers() {
    return "Host: here\r\nConnection: close\r\nAuthorization: Bearer " + TestPod.KEY + "\r\n";
  }

  private static String raw(String bytes) {
    return Raw.exchange(testPod.pod().port(), bytes);
  }
}
