package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import io.payonce.sandbox.bank.Charge;
import io.payonce.sandbox.http.ReceivedRequest;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One order and one payment of it, and what platform and caller came to see of them. */
record Scenario(TestPod testPod, String order, String id, JsonObject body) {
  private static final AtomicInteger NEXT = new AtomicInteger();

  /** @param directive what the platform is to do with the payment's sends; null for nothing odd */
  static Scenario of(TestPod testPod, String directive) {
    int number = NEXT.incrementAndGet();
    String order = "order-" + number;
    String id = "pay-" + number;
    JsonObject body =
        directive == null ? Caller.sale(order, id) : Caller.sale(order, id, directive);
    return new Scenario(testPod, order, id, body);
  }

  /** The same order under another id. */
  Scenario rival() {
    String other = "pay-" + NEXT.incrementAndGet();
    return new Scenario(testPod, order, other, Caller.sale(order, other));
  }

  Got pay(String... headers) {
    return testPod.caller().pay(body, headers);
  }

  Got payAt(Guest guest, String... headers) {
    return guest.caller().pay(body, headers);
  }

  Got query() {
    return testPod.caller().query(id);
  }

  List<Charge> charges() {
    return testPod.platform().charges().of(Caller.MERCHANT, order);
  }

  /** Every POST that reached the platform for this order. */
  List<ReceivedRequest> sends() {
    return testPod.platform().sends().ofOrder(Caller.MERCHANT, order).stream()
        .filter(send -> send.method().equals("POST"))
        .toList();
  }

  int queries() {
    return testPod.platform().sends().queries(id).size();
  }

  Scenario charged(int times) {
    assertThat(charges()).as("charges of %s", body).hasSize(times);
    return this;
  }

  /** Each send is a request of its own with the caller's very bytes. */
  Scenario copied(int times) {
    assertThat(sends()).as("copies of %s", body).hasSize(times);
    assertThat(sends()).extracting(ReceivedRequest::requestId).doesNotHaveDuplicates();
    assertThat(sends()).extracting(ReceivedRequest::timestamp).allMatch(t -> t.length() == 13);
    assertThat(sends())
        .filteredOn(send -> send.transactionRequestId().equals(id))
        .extracting(ReceivedRequest::bodySha256)
        .containsOnly(sha256(body.encode()));
    return this;
  }

  Scenario sentUnchanged(int times) {
    assertThat(sends()).extracting(ReceivedRequest::transactionRequestId).containsOnly(id);
    return copied(times);
  }

  /** A repeat gets the same bytes, and nothing is sent for it. */
  Scenario staysSo(Got answered) {
    int before = sends().size();
    Got again = pay();
    assertThat(again.body()).isEqualTo(answered.body());
    assertThat(again.header("Payonce-Replayed")).isEqualTo("true");
    assertThat(again.header("Payonce-Source")).isEqualTo("ledger");
    assertThat(again.header("Payonce-Attempts")).isEqualTo(answered.header("Payonce-Attempts"));
    assertThat(sends()).hasSize(before);
    return this;
  }

  static void says(Got got, String status, String source, String sent, int attempts) {
    assertThat(got.status()).as(got.body()).isEqualTo(200);
    assertThat(got.code()).as(got.body()).isEqualTo("0");
    assertThat(got.outcome()).as(got.body()).isEqualTo(status);
    headed(got, source, sent, attempts);
  }

  static void refuses(Got got, String code, String source, String sent, int attempts) {
    assertThat(got.status()).as(got.body()).isEqualTo(200);
    assertThat(got.code()).as(got.body()).isEqualTo(code);
    headed(got, source, sent, attempts);
  }

  private static void headed(Got got, String source, String sent, int attempts) {
    assertThat(got.header("Payonce-Source")).as(got.body()).isEqualTo(source);
    assertThat(got.header("Payonce-Sent")).as(got.body()).isEqualTo(sent);
    assertThat(got.header("Payonce-Attempts")).as(got.body()).isEqualTo("" + attempts);
    assertThat(got.header("X-Trace-Id")).isNotBlank();
    if (source.equals("proxy")) {
      assertThat(got.json().getString("traceId")).isEqualTo(got.header("X-Trace-Id"));
    }
  }

  /** The caller knows its payment by its own id only. */
  void knowsOnlyItsOwnId(Got got) {
    assertThat(got.json().getJsonObject("data").getString("transactionRequestId"))
        .as(got.body())
        .isEqualTo(id);
    assertThat(got.body()).doesNotContain("\"p2-").doesNotContain("\"p3-");
  }

  static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
