package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The ops page in a real browser; without one these tests skip themselves and say so. */
class OpsPageIT {
  private static final String TAB = "\uE004";
  private static final String ENTER = "\uE007";
  private static final String TOKEN = "adm_0123456789abcdef0123456789abcdef";

  private static House house;
  private static Browser browser;

  @BeforeAll
  static void open() {
    Optional<String> missing = Browser.missing();
    missing.ifPresent(why -> System.out.println("OpsPageIT skipped: " + why));
    assumeTrue(missing.isEmpty(), missing.orElse(""));
    house = new House(Map.of("recovery.deadlineMs", "10000"));
    browser = Browser.open();
    browser.size(1240, 900);
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
    if (house != null) {
      house.close();
    }
  }

  private static void pay(String id, String directive) {
    JsonObject body = Caller.sale("order-" + id, id, directive);
    house.caller().pay(body, "Prefer", "wait=0");
  }

  private static void load(String hash) {
    browser.go("about:blank");
    browser.complaints();
    browser.go(house.operator().base() + "/" + hash);
  }

  private static void awaitText(String selector, String part) {
    await()
        .pollInterval(Duration.ofMillis(100))
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(browser.text(selector)).containsIgnoringCase(part));
  }

  @Test
  void a_payment_in_doubt_becomes_paid_before_ones_eyes() throws IOException {
    pay("seen-1", "E02 after charge, query: E01 4s");
    load("#" + Caller.MERCHANT + "/seen-1");
    awaitText("#payment .badge", "in doubt");
    awaitText("#unresolved-list", "seen-1");
    awaitText("#payment .next", "Next:");
    awaitText("#payment .badge", "paid");
    awaitText("#payment .timeline", "the platform says it is done");
    awaitText("#health", "accepting payments");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_person_resolves_a_payment_with_the_keyboard_alone() throws IOException {
    pay("stuck-1", "E02, query: E01 9999x");
    load("#" + Caller.MERCHANT + "/stuck-1");
    awaitText("#attention-list", "stuck-1");
    awaitText("#payment .badge", "attention");
    assertThat(browser.eval("document.querySelector('#attention-tile').className"))
        .asString()
        .contains("alarm");
    browser.eval("document.querySelector('#resolve-paid').focus()");
    browser.press(ENTER);
    awaitText("#resolve-title", "Resolve as paid");
    browser.type("#resolve-note", "seen on the acquirer's statement");
    browser.picture("dialog");
    browser.press(TAB);
    browser.press(TAB);
    browser.press(ENTER);
    awaitText("#payment .badge", "paid");
    awaitText("#payment .timeline", "a person says paid: seen on the acquirer's statement");
    assertThat(browser.eval("document.querySelector('#resolve').open")).isEqualTo(false);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_refusal_says_why_and_when_it_may_be_asked_again() {
    pay("early-1", "E02, query: E01 9999x");
    load("#" + Caller.MERCHANT + "/early-1");
    awaitText("#payment .badge", "in doubt");
    browser.click("#resolve-unpaid");
    browser.click("#resolve-confirm");
    awaitText("#resolve-error", "a copy may still take effect. Ask again after");
    assertThat(browser.eval("document.querySelector('#resolve').open")).isEqualTo(true);
    assertThat(browser.complaints()).allMatch(line -> line.contains("409"));
  }

  @Test
  void it_is_readable_in_the_dark_and_on_a_telephone() throws IOException {
    for (int i = 0; i < 12; i++) {
      house.caller().pay(Caller.sale("order-many" + i, "many" + i));
    }
    pay("declined-1", "decline 051");
    pay("busy-1", "C14");
    pay("open-1", "pending");
    pay("doubt-1", "E02, query: E01 9999x");
    load("#" + Caller.MERCHANT + "/doubt-1");
    awaitText("#payment .badge", "attention");
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
    try (House guarded = new House(Map.of("admin.token", TOKEN))) {
      browser.go(guarded.operator().base() + "/");
      await()
          .until(() -> Boolean.TRUE.equals(browser.eval("document.querySelector('#token').open")));
      browser.picture("token");
      browser.type("#token-value", TOKEN + ENTER);
      awaitText("#health", "accepting payments");
      assertThat(browser.eval("sessionStorage.getItem('payonce-token')")).isEqualTo(TOKEN);
      assertThat(browser.eval("localStorage.length + document.cookie.length")).isEqualTo(0);
      assertThat(browser.complaints()).isEmpty();
      browser.go("about:blank"); // the house closes, and the page would go on asking it
    }
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
