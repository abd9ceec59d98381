package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.model.PaymentId;
import io.payonce.redis.RawRedis;
import io.payonce.sandbox.http.FaultMatch;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The ops page in a real browser; without one these tests skip themselves and say so. */
class OpsPageIT {
  private static final String DOUBTFUL = "E02, query: C24 9999x";
  private static final String TAB = "\uE004";
  private static final String ENTER = "\uE007";
  private static final String TOKEN = "adm_0123456789abcdef0123456789abcdef";
  private static final String READ_TOKEN = "read_0123456789abcdef0123456789abcdef";

  private static TestPod testPod;
  private static Browser browser;

  @BeforeAll
  static void open() {
    Optional<String> missing = Browser.missing();
    missing.ifPresent(why -> System.out.println("OpsPageIT skipped: " + why));
    assumeTrue(missing.isEmpty(), missing.orElse(""));
    testPod = new TestPod(Map.of("admin.token", "anna:" + TOKEN, "admin.readToken", READ_TOKEN), 0);
    List<String> stuck = List.of("stuck-1", "stuck-2", "chosen-1", "chosen-2", "doubt-1");
    // What needs review after ten seconds does so while the browser starts.
    try (Guest hasty = testPod.guest(Map.of("recovery.deadlineMs", "10000"))) {
      stuck.forEach(id -> pay(hasty.caller(), id, DOUBTFUL));
      browser = Browser.open();
      Operator beside = hasty.operator().with(TOKEN);
      stuck.forEach(id -> TestPod.until(() -> beside.state(id).equals("ATTENTION")));
    }
    testPod.addPod();
    browser.size(1240, 900);
    enter(TOKEN);
  }

  /** Every test begins with a tab that knows anna. */
  private static void enter(String token) {
    browser.go(testPod.operator().base() + "/");
    browser.eval("sessionStorage.setItem('payonce-token', '" + token + "')");
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
    if (testPod != null) {
      testPod.close();
    }
  }

  private static Operator operator() {
    return testPod.operator().with(TOKEN);
  }

  private static void pay(String id, String directive) {
    pay(testPod.caller(), id, directive);
  }

  private static void pay(Caller caller, String id, String directive) {
    JsonObject body = directive == null
        ? Caller.sale("order-" + id, id)
        : Caller.sale("order-" + id, id, directive);
    testPod.patiently(() -> caller.pay(body, "Prefer", "wait=0"));
  }

  private static void load(String hash) {
    browser.go("about:blank");
    browser.complaints();
    browser.go(testPod.operator().base() + "/" + hash);
  }

  private static void awaitText(String selector, String part) {
    await()
        .pollInterval(Duration.ofMillis(100))
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(browser.text(selector)).containsIgnoringCase(part));
  }

  @Test
  void a_payment_in_doubt_becomes_paid_before_ones_eyes() throws IOException {
    testPod.platform().fault(FaultMatch.request("seen-1"), "E02 after charge, query: C24");
    pay("seen-1", null);
    load("#" + Caller.MERCHANT + "/seen-1");
    awaitText("#payment .badge", "in doubt");
    awaitText("#unresolved-list", "seen-1");
    awaitText("#payment .next", "Next:");
    testPod.platform().clearFaults();
    awaitText("#payment .badge", "paid");
    awaitText("#payment .timeline", "the platform says it is done");
    awaitText("#health", "accepting payments");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void an_operator_resolves_a_payment_with_the_keyboard_alone() throws IOException {
    load("#" + Caller.MERCHANT + "/stuck-1");
    awaitText("#attention-list", "stuck-1");
    awaitText("#payment .badge", "attention");
    await("alarm")
        .atMost(Duration.ofMinutes(1))
        .until(() -> String.valueOf(
                browser.eval("document.querySelector('#attention-tile').className"))
            .contains("alarm"));
    assertThat(browser.eval("document.querySelector('#payment-buttons button').id"))
        .as("the first button, the only green one, decides nothing")
        .isEqualTo("ask-now");
    assertThat(
            browser.eval("document.querySelectorAll('#payment-buttons button:not(.quiet)').length"))
        .isEqualTo(1);
    browser.eval("document.querySelector('#resolve-paid').focus()");
    browser.press(ENTER);
    awaitText("#resolve-title", "Resolve as paid");
    browser.click("#resolve-confirm");
    assertThat(browser.eval("document.querySelector('#resolve-note').validity.valueMissing"))
        .as("no decision without its reason")
        .isEqualTo(true);
    browser.type("#resolve-note", "seen; on the acquirer's statement");
    browser.picture("dialog");
    browser.press(TAB);
    browser.press(TAB);
    browser.press(ENTER);
    awaitText("#payment .badge", "paid");
    awaitText("#payment .timeline", "anna says paid: seen; on the acquirer's statement");
    assertThat(browser.eval("document.querySelector('#resolve').open")).isEqualTo(false);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_refusal_says_why_and_when_it_may_be_asked_again() {
    pay("early-1", DOUBTFUL);
    load("#" + Caller.MERCHANT + "/early-1");
    awaitText("#payment .badge", "in doubt");
    browser.click("#resolve-unpaid");
    browser.type("#resolve-note", "the customer has left");
    browser.click("#resolve-confirm");
    awaitText("#resolve-error", "a send may still take effect. Ask again after");
    assertThat(browser.eval("document.querySelector('#resolve').open")).isEqualTo(true);
    assertThat(browser.complaints()).allMatch(line -> line.contains("409"));
  }

  @Test
  void it_is_readable_in_the_dark_and_on_a_telephone() throws IOException {
    for (int i = 0; i < 12; i++) {
      testPod.caller().pay(Caller.sale("order-many" + i, "many" + i));
    }
    pay("declined-1", "decline 051");
    pay("busy-1", "C14");
    pay("open-1", "pending");
    load("#" + Caller.MERCHANT + "/doubt-1");
    awaitText("#payment .badge", "attention");
    awaitText("#attention-list", "doubt-1");
    awaitText("#unresolved-list", "open-1");
    browser.prefers("light");
    browser.picture("light");
    browser.prefers("dark");
    await().until(() -> "dark".equals(browser.eval("document.documentElement.dataset.theme")));
    browser.picture("dark");
    browser.size(400, 860);
    assertThat(browser.eval("document.documentElement.scrollWidth <= window.innerWidth"))
        .isEqualTo(true);
    browser.picture("narrow");
    browser.click("#theme");
    assertThat(browser.eval("document.documentElement.dataset.theme")).isEqualTo("light");
    browser.picture("narrow-light");
    browser.size(1240, 900);
    browser.click("#code-table summary");
    awaitText("#codes", "signature verification failed");
    browser.type("#code-filter", "signature");
    assertThat(browser.text("#codes")).contains("S03").doesNotContain("C14");
    browser.picture("codes");
    browser.eval("localStorage.clear()");
    browser.prefers("light");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void with_a_token_it_asks_once_and_keeps_it_in_this_tab_only() throws IOException {
    browser.eval("sessionStorage.clear()");
    load("");
    await().until(() -> Boolean.TRUE.equals(browser.eval("document.querySelector('#token').open")));
    browser.picture("token");
    browser.type("#token-value", TOKEN + ENTER);
    awaitText("#health", "accepting payments");
    assertThat(browser.eval("sessionStorage.getItem('payonce-token')")).isEqualTo(TOKEN);
    assertThat(browser.eval("localStorage.length + document.cookie.length")).isEqualTo(0);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void who_only_reads_is_offered_no_decision() {
    enter(READ_TOKEN);
    load("#" + Caller.MERCHANT + "/doubt-1");
    awaitText("#payment .name", "doubt-1");
    awaitText("#payment .todo", ".");
    assertThat(browser.text("#payment-buttons")).doesNotContain("Resolve", "Ask the platform");
    assertThat(browser.eval("document.querySelectorAll('#attention-list input').length"))
        .isEqualTo(0);
    enter(TOKEN);
    browser.complaints();
  }

  @Test
  void it_says_what_the_platforms_support_asks_for_and_what_to_do() {
    load("#" + Caller.MERCHANT + "/stuck-2");
    awaitText("#payment .badge", "attention");
    assertThat(browser.text("#payment-facts"))
        .contains("19.99 USD", "sale", "order-stuck-2", "T1", "test", "their traceId");
    awaitText("#payment .todo", "Give the platform's support the ids below");
    assertThat(browser.eval("document.querySelector('#payment .todo a').getAttribute('href')"))
        .isEqualTo("/runbook#the-outcome-is-unknown");
    awaitText("#attention-list", "stuck-2");
    await("listed once").until(() -> !browser.text("#unresolved-list").contains("stuck-2"));
    // A worker may be on it just then, and is not disturbed.
    TestPod.until(() -> {
      browser.click("#ask-now");
      await().until(() -> browser.text("#asked").endsWith(".") || platformSaid());
      return platformSaid();
    });
    awaitText("#payment .timeline", "anna asks the platform");
    assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("409"));
    browser.go(testPod.operator().base() + "/runbook#the-outcome-is-unknown");
    assertThat(browser.text("article:target h2")).isEqualTo("The outcome is unknown");
    assertThat(browser.complaints()).isEmpty();
  }

  private static boolean platformSaid() {
    return browser.text("#asked").startsWith("The platform: C24");
  }

  @Test
  void a_payment_is_looked_up_by_its_order_and_by_the_platforms_number() {
    testPod.caller().pay(Caller.sale("order-lookup", "lookup-1"));
    String transaction = operator().payment("lookup-1").getString("transactionId");
    for (String number : List.of("order-lookup", transaction)) {
      load("");
      awaitText("#health", "accepting payments");
      browser.type("#find-merchant", Caller.MERCHANT);
      browser.eval("document.querySelector('#find-by').value = '"
          + (number.equals(transaction) ? "transactionId" : "order") + "'");
      browser.type("#find-id", number + ENTER);
      awaitText("#payment .name", "lookup-1");
      awaitText("#payment-facts", transaction);
    }
    browser.eval("document.querySelector('#find-by').value = 'order'");
    browser.eval("document.querySelector('#find-id').value = 'nobodys'");
    browser.click("#find button");
    awaitText("#found", "No payment of this order is known");
    assertThat(browser.complaints()).isEmpty();
  }

  /** What a hook has refused to the end. */
  private static void giveUp(String id) {
    LedgerKeys keys = LedgerKeys.of(new PaymentId(Caller.MERCHANT, id));
    int redis = testPod.redis().port();
    long now = System.currentTimeMillis();
    RawRedis.ask(
        redis,
        "HSET",
        keys.notice(),
        "lost",
        "settled PAID " + now + " x",
        "lostnumber",
        1,
        "lostuuid",
        "u",
        "losttries",
        7,
        "lostwhy",
        "HTTP 500");
    RawRedis.ask(
        redis, "ZADD", LedgerKeys.undelivered(keys.shard()), now, Caller.MERCHANT + "/" + id);
  }

  @Test
  void what_ended_of_late_and_what_no_caller_took_is_seen_and_leads_to_the_payment() {
    pay("ended-1", null);
    pay("ended-2", "decline 051");
    giveUp("ended-2");
    load("");
    awaitText("#journal-list", "ended-1");
    awaitText("#journal-list", "19.99 USD");
    awaitText("#journal-until", "complete until");
    awaitText("#undelivered-list", "ended-2");
    awaitText("#undelivered-list", "HTTP 500");
    assertThat(browser.text("#undelivered-list")).contains("7 tries", "Send again");
    browser.eval("[...document.querySelectorAll('#journal-list .row')]"
        + ".find(row => row.textContent.includes('ended-1')).click()");
    awaitText("#payment .name", "ended-1");
    awaitText("#payment .badge", "paid");
    assertThat(browser.eval("document.querySelector('#find-merchant').value"))
        .isEqualTo(Caller.MERCHANT);
    browser.click("#undelivered-list .row");
    awaitText("#payment .name", "ended-2");
    awaitText("#payment .badge", "unpaid");
    assertThat(browser.complaints()).isEmpty();
    enter(READ_TOKEN);
    load("");
    awaitText("#undelivered-list", "ended-2");
    assertThat(browser.text("#undelivered-list")).doesNotContain("Send again");
    enter(TOKEN);
    browser.complaints();
  }

  @Test
  void an_order_whose_record_is_gone_can_be_freed_from_its_look_up() throws IOException {
    pay("lost-1", DOUBTFUL);
    TestPod.until(() -> !operator().state("lost-1").equals("SENDING"));
    new RedisHand(testPod.redis()).lose("lost-1");
    load("");
    awaitText("#health", "accepting payments");
    browser.type("#find-merchant", Caller.MERCHANT);
    browser.eval("document.querySelector('#find-by').value = 'order'");
    browser.type("#find-id", "order-lost-1" + ENTER);
    awaitText("#payment .badge", "gone");
    browser.click("#resolve-unpaid");
    browser.type("#resolve-app", "app1");
    browser.type("#resolve-note", "Redis was restored");
    browser.click("#resolve-force");
    browser.picture("lost");
    browser.click("#resolve-confirm");
    awaitText("#resolve-error", "a send may still take effect. Ask again after");
    assertThat(browser.complaints()).allMatch(line -> line.contains("404") || line.contains("409"));
  }

  @Test
  void several_are_resolved_at_once() throws IOException {
    load("");
    awaitText("#attention-list", "chosen-1");
    awaitText("#attention-list", "chosen-2");
    awaitText("#attention-list", "doubt-1");
    browser.click("[aria-label=\"Choose chosen-1\"]");
    browser.click("[aria-label=\"Choose chosen-2\"]");
    awaitText("#chosen-count", "2 chosen");
    browser.click("#choose-all");
    assertThat(browser.text("#chosen-count")).isNotEqualTo("2 chosen");
    browser.eval("[...document.querySelectorAll('#attention-list input')].forEach(box =>"
        + " box.ariaLabel.includes('chosen-') || box.click())");
    awaitText("#chosen-count", "2 chosen");
    browser.click("#chosen-paid");
    awaitText("#resolve-title", "Resolve as paid: 2 payments");
    browser.type("#resolve-note", "a list from the platform's support");
    browser.picture("several");
    browser.click("#resolve-confirm");
    await()
        .until(() -> Boolean.FALSE.equals(browser.eval("document.querySelector('#resolve').open")));
    for (String id : List.of("chosen-1", "chosen-2")) {
      assertThat(operator().payment(id).getString("outcome")).isEqualTo("PAID");
    }
    assertThat(browser.eval("document.querySelector('#chosen').hidden")).isEqualTo(true);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void nothing_but_its_own_files_may_run_on_it() {
    load("");
    awaitText("#health", "accepting payments");
    browser.eval("document.body.append(Object.assign(document.createElement('script'),"
        + " {textContent: 'window.intruder = 1'}))");
    assertThat(browser.eval("window.intruder ?? null")).isNull();
    assertThat(browser.complaints())
        .isNotEmpty()
        .allMatch(line -> line.contains("Content Security Policy"));
  }
}
