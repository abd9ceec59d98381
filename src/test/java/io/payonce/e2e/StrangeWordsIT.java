package io.payonce.e2e;

import static io.payonce.e2e.Scripted.code;
import static io.payonce.e2e.Scripted.says;
import static io.payonce.e2e.Scripted.silence;
import static io.payonce.e2e.Scripted.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import io.payonce.e2e.Scripted.Line;
import io.payonce.logs.Logs;
import io.payonce.model.PaymentId;
import io.payonce.recovery.PlatformId;
import io.vertx.core.json.JsonObject;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What callers are answered, over real sockets, where little can be known: that nothing was sent,
 * that something was done, that a payment can come in no more.
 */
@Logs(value = "the ledger has gone back in time", maybe = true)
@Logs("money moved that was answered otherwise")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StrangeWordsIT {
  private static final String TIP = "/v1/semi-integration/transaction/tip-adjust";
  private static final String REFUND = "/v1/semi-integration/transaction/refund";
  private static final String SESSION = "/v1/checkout/create-session";
  private static final String BATCH = "/v1/settlement/batch-close";

  private static final String[] IN_DOUBT = {"Prefer", "wait=1"};

  private static Scripted platform;
  private static TestPod testPod;

  @BeforeAll
  static void open() {
    platform = new Scripted();
    testPod = new TestPod(
        Map.of("upstream.baseUrl", platform.url(), "upstream.requestTimeoutMs", "2000"));
    platform.sends("first", paid("first"));
    TestPod.until(() -> pay("first").isPaid());
  }

  @AfterAll
  static void close() {
    testPod.close();
    platform.close();
  }

  private static String order(String id) {
    return "order-" + id;
  }

  private static Line paid(String id) {
    return says(status("S", id, order(id))).charging();
  }

  private static JsonObject sale(String id) {
    return Caller.sale(order(id), id);
  }

  private static Got pay(String id) {
    return testPod.caller().pay(sale(id));
  }

  /** Whose answer is not waited for: it will not be known soon. */
  private static Got payInDoubt(String id) {
    return testPod.caller().pay(sale(id), IN_DOUBT);
  }

  private static JsonObject bare() {
    return new JsonObject()
        .put("appId", "app1")
        .put("merchantId", Caller.MERCHANT)
        .put("description", "d")
        .put("terminalSn", "T1");
  }

  private static JsonObject tip(String original, int amount) {
    return bare().put("originalTransactionRequestId", original).put("tipAmount", amount);
  }

  private static String tipped(String original, int amount) {
    return """
        {"code":"0","msg":"m","traceId":"t","data":{"originalTransactionRequestId":"%s","tipAmount":%d}}""".formatted(original, amount);
  }

  private static Got post(String path, JsonObject body, String... headers) {
    return testPod.caller().post(path, body.encode(), headers);
  }

  private static String sent(Got got) {
    return got.header("Payonce-Sent");
  }

  private static void untilSettled(String id) {
    TestPod.until(() -> "SETTLED".equals(testPod.operator().state(id)));
  }

  /** The last of all, for Redis dies in it. */
  @Test
  @Order(3)
  void nothing_sent_is_not_said_of_an_id_that_was_sent_before() {
    platform.questions("sent-1", code("E01"));
    assertThat(payInDoubt("sent-1").outcome()).isEqualTo("P");
    JsonObject another = sale("sent-1").put("description", "another book");
    another.getJsonObject("amount").put("orderAmount", 5);
    JsonObject broken = sale("sent-1");
    broken.remove("terminalSn");
    for (JsonObject body : new JsonObject[] {another, broken}) {
      Got got = testPod.caller().pay(body);
      assertThat(got.code()).as(got.body()).startsWith("C0");
      assertThat(sent(got)).as(got.body()).isIn("unknown", "yes");
    }
    testPod.redis().kill();
    // Until every event loop has noticed, a begin may be on its way, and the answer is rightly P.
    for (int i = 0; i < 4; i++) {
      TestPod.until(() -> "E01".equals(payInDoubt("new-1").code()));
    }
    for (int i = 0; i < 4; i++) {
      for (String id : new String[] {"sent-1", "new-1"}) {
        Got got = pay(id);
        assertThat(got.code()).as(got.body()).isEqualTo("E01");
        assertThat(sent(got)).as(got.body()).isEqualTo("not-by-this-call");
      }
    }
    testPod.redis().restart();
    TestPod.until(() -> "0".equals(payInDoubt("sent-1").code()));
    assertThat(sent(payInDoubt("sent-1"))).isEqualTo("yes");
    assertThat(platform.sends("sent-1")).hasSize(1);
    assertThat(platform.sends("new-1")).isEmpty();
  }

  /** After that of the tips: its own goes on being sent. */
  @Test
  @Order(2)
  void what_may_have_been_done_is_not_answered_as_done_without_its_result() {
    platform.sends("tip-none", paid("tip-none"));
    assertThat(pay("tip-none").isPaid()).isTrue();
    JsonObject page = sale("page-1");
    page.remove("terminalSn");
    JsonObject batch = bare().put("transactionRequestId", "batch-1").put("channelCode", "C");
    platform.sends("page-1", silence());
    platform.sends("batch-1", silence());
    platform.sends(TIP, silence());
    isUnknown(post(SESSION, page, IN_DOUBT), "transactionRequestId", "page-1", "P");
    isUnknown(post(BATCH, batch, IN_DOUBT), "transactionRequestId", "batch-1", "P");
    Got got = post(TIP, tip("tip-none", 100), IN_DOUBT);
    isUnknown(got, "originalTransactionRequestId", "tip-none", "S");
  }

  /** @param shown what Payonce's own query, asked by the id that was named, shows */
  private static void isUnknown(Got got, String name, String id, String shown) {
    assertThat(got.code()).as(got.body()).isEqualTo("E02");
    assertThat(got.json().getJsonObject("data").getString(name)).isEqualTo(id);
    assertThat(got.body()).doesNotContain("~");
    assertThat(testPod.caller().query(id).outcome()).isEqualTo(shown);
  }

  @Test
  @Order(1)
  void no_second_id_leaves_for_a_body_whose_hook_would_be_notified_of_it() {
    for (String id : new String[] {"hooked", "unhooked"}) {
      platform.questions(id, status("F", id, order(id)));
      String derived = PlatformId.of(new PaymentId("M1", id), 2);
      platform.sends(derived, says(status("S", derived, order(id))));
    }
    JsonObject hooked = sale("hooked").put("notifyUrl", "https://shop.example/hook");
    testPod.caller().pay(hooked);
    pay("unhooked");
    untilSettled("hooked");
    untilSettled("unhooked");
    assertThat(testPod.caller().pay(hooked).outcome()).isEqualTo("F");
    assertThat(platform.sends(PlatformId.of(new PaymentId("M1", "hooked"), 2))).isEmpty();
    Got got = pay("unhooked");
    assertThat(got.isPaid()).as(got.body()).isTrue();
    assertThat(got.body()).contains("\"transactionRequestId\":\"unhooked\"");
    assertThat(platform.sends(PlatformId.of(new PaymentId("M1", "unhooked"), 2)))
        .hasSize(1);
  }

  @Test
  @Order(1)
  void a_tip_waits_for_the_older_sends_of_another_and_a_refund_does_not() {
    platform.sends("tipped", paid("tipped"));
    assertThat(pay("tipped").isPaid()).isTrue();
    platform.sends(TIP, silence(), says(tipped("tipped", 100)));
    isUnknown(
        post(TIP, tip("tipped", 100), IN_DOUBT), "originalTransactionRequestId", "tipped", "S");
    TestPod.until(() -> platform.sends(TIP).size() == 2);
    assertThat(platform.sends(TIP)).hasSize(2);

    Got second = post(TIP, tip("tipped", 200), IN_DOUBT);
    assertThat(second.code()).as(second.body()).isEqualTo("C08");
    assertThat(second.body())
        .contains("\"originalTransactionRequestId\":\"tipped\"")
        .doesNotContain("~");
    assertThat(sent(second)).isEqualTo("not-by-this-call");
    assertThat(platform.sends(TIP)).hasSize(2);

    platform.sends("back-1", says(status("S", "back-1", order("tipped"))));
    Got refund = post(
        REFUND,
        bare()
            .put("transactionRequestId", "back-1")
            .put("originalTransactionRequestId", "tipped")
            .put("amount", new JsonObject().put("orderAmount", 1999).put("priceCurrency", "USD")));
    assertThat(refund.isPaid()).as(refund.body()).isTrue();
  }

  @Test
  @Order(1)
  void a_clock_of_redis_that_jumps_ahead_ends_no_window() {
    for (String id : new String[] {"ahead-1", "aged-1"}) {
      platform.sends(id, says(code("E02")), paid(id));
      platform.questions(id, code("E01"));
      assertThat(payInDoubt(id).outcome()).isEqualTo("P");
    }
    RedisHand hand = new RedisHand(testPod.redis());
    jumpAhead(hand, "ahead-1");
    hand.age("aged-1");
    platform.questions("ahead-1", notFound());
    platform.questions("aged-1", notFound());
    untilSettled("aged-1");
    untilSettled("ahead-1");
    assertThat(pay("ahead-1").isPaid()).isTrue();
    assertThat(platform.sends("ahead-1")).hasSize(2);
    assertThat(pay("aged-1").outcome()).as("truly that old").isEqualTo("C");
    assertThat(platform.sends("aged-1")).hasSize(1);
  }

  /**
   * The record as it is seen when the clock of Redis has jumped eleven minutes ahead since, and the
   * platform's has not. Redis itself shares this machine's clock.
   */
  private static void jumpAhead(RedisHand hand, String id) {
    hand.age(id);
    String answer = hand.eval(
        "return redis.call('HINCRBY', redis.call('KEYS', '*:payment:*/' .. ARGV[1])[1], 'pa', 660000)",
        id);
    assertThat(answer).startsWith(":");
  }

  private static Line notFound() {
    String json = code("C12");
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    String head = "HTTP/1.1 200 OK\r\nDate: " + date + "\r\nContent-Type: application/json\r\n";
    return new Line(head + "Content-Length: " + json.length() + "\r\n\r\n" + json, "", false);
  }

  @Test
  @Order(1)
  void what_was_answered_paid_stays_so_when_the_platform_has_other_words_later() {
    platform.sends("late-1", paid("late-1"));
    platform.sends("late-2", says(status("C", "late-2", order("late-2"))));
    assertThat(pay("late-1").isPaid()).isTrue();
    assertThat(pay("late-2").outcome()).isEqualTo("C");
    RedisHand hand = new RedisHand(testPod.redis());
    hand.expire("late-1");
    hand.expire("late-2");
    for (String word : new String[] {
      status("F", "late-1", order("late-1")), status("C", "late-1", order("late-1")), code("C12")
    }) {
      platform.questions("late-1", word);
      assertThat(testPod.caller().query("late-1").outcome()).isEqualTo("S");
      assertThat(pay("late-1").outcome()).isEqualTo("S");
    }
    assertThat(testPod.caller().query("late-2").outcome()).isEqualTo("C");
    platform.questions("late-2", status("S", "late-2", order("late-2")));
    // How much was asked for is forgotten: no answer says that it is paid, and an operator sees it.
    assertThat(testPod.caller().query("late-2").outcome()).isEqualTo("P");
    assertThat(testPod.operator().get("/admin/attention").body()).contains("late-2");
    for (String word : new String[] {code("C12"), status("C", "late-2", order("late-2"))}) {
      platform.questions("late-2", word);
      assertThat(pay("late-2").outcome()).as("nobody has decided").isEqualTo("P");
      assertThat(testPod.caller().query("late-2").outcome()).isEqualTo("P");
    }
    platform.questions("late-2", status("S", "late-2", order("late-2")));
    assertThat(pay("late-2").outcome()).as("whose body says how much").isEqualTo("S");
    platform.questions("late-2", code("C12"));
    assertThat(pay("late-2").outcome()).isEqualTo("S");
    assertThat(platform.sends("late-2")).hasSize(1);
  }
}
