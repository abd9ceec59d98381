package io.payonce.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.WebhookResult;
import io.payonce.json.EnvelopeScan;
import io.payonce.ledger.FakeStore.Mishap;
import io.payonce.limit.Admission;
import io.payonce.model.Account;
import io.payonce.model.Envelope;
import io.payonce.model.Operation;
import io.payonce.recovery.Resolution.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One platform and several keys of it. A payment keeps the key that it began with, whatever the
 * configuration says by now; a pod that does not have that key leaves it alone.
 */
class TwoAccountsTest {
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
  private static final Map<String, String> NORTH = Map.of("M1", "north");

  /** The merchant's payments are another account's by now. */
  private static final Map<String, String> MOVED = Map.of("M1", "south", "M9", "north");

  private final Shop shop = Shop.with(NORTH);

  private static String word(Outbound out) {
    Envelope said = EnvelopeScan.scan(out.reply().body());
    return said.code().equals("0") && said.status() != null
        ? String.valueOf(said.status().letter())
        : said.code();
  }

  private Shop inDoubt(String id, String order) {
    shop.sends(Shop.SILENCE);
    assertThat(word(shop.pay(Shop.sale(id, order)))).isEqualTo("P");
    assertThat(shop.under).containsOnly("north");
    return shop;
  }

  private Shop paid(String id, String order) {
    shop.sends(Shop.status("S", id, order));
    assertThat(word(shop.pay(Shop.sale(id, order)))).isEqualTo("S");
    assertThat(shop.under).containsOnly("north");
    return shop;
  }

  @Test
  void an_app_beats_a_merchant_and_who_belongs_to_none_has_the_key_of_all() {
    Shop some = Shop.with(Map.of("M1", "north", "a2", "south"));
    some.sends(
        Shop.status("S", "sale-1", "order-1"),
        Shop.status("S", "sale-2", "order-2"),
        Shop.status("S", "sale-3", "order-3"));
    some.pay(Shop.sale("sale-1", "order-1"));
    some.pay(Shop.sale("sale-2", "order-2").replace("\"a\"", "\"a2\""));
    some.pay(Shop.sale("sale-3", "order-3").replace("M1", "M2"));
    assertThat(some.under).containsExactly("north", "south", "default");
  }

  @Test
  void what_another_pod_takes_over_it_asks_about_and_sends_again_under_the_same_key() {
    inDoubt("sale-1", "order-1");
    Shop other = Shop.pod(shop, MOVED);
    other.questions(Shop.code("C12")).sends(Shop.status("S", "sale-1", "order-1"));
    other.work("sale-1");
    assertThat(other.wire).hasSize(2).last().isEqualTo("send");
    assertThat(other.under).containsOnly("north");
    assertThat(other.payment("sale-1").isEnded()).isTrue();
  }

  @Test
  void a_repeat_and_a_query_of_it_go_by_its_own_key_too() {
    inDoubt("sale-1", "order-1");
    Shop other = Shop.pod(shop, MOVED);
    other.questions(Shop.status("P", "sale-1", "order-1"), Shop.status("P", "sale-1", "order-1"));
    assertThat(word(other.ask("transactionRequestId=sale-1"))).isEqualTo("P");
    other.pay(Shop.sale("sale-1", "order-1"));
    assertThat(other.under).isNotEmpty().containsOnly("north");
  }

  @Test
  void what_follows_on_it_goes_where_it_went() {
    paid("sale-1", "order-1");
    Shop other = Shop.pod(shop, MOVED);
    other.sends(Shop.status("S", "refund-1", "order-1"), Shop.status("S", "refund-2", "order-1"));
    other.post(Operation.REFUND, Shop.refund("refund-1", "sale-1"));
    other.post(Operation.REFUND, Shop.refundOf("refund-2", "originalTransactionId", "T-sale-1"));
    assertThat(other.wire).contains("send");
    assertThat(other.under).containsOnly("north");
    assertThat(other.payment("refund-1").account()).isEqualTo(new Account("north"));
  }

  @Test
  void also_by_its_order_or_when_nothing_but_its_tombstone_is_left() {
    paid("sale-1", "order-1");
    Shop other = Shop.pod(shop, MOVED);
    other.sends(Shop.status("S", "refund-1", "order-1"));
    other.post(Operation.REFUND, Shop.refundOf("refund-1", "referenceOrderId", "order-1"));
    shop.pass(DAY_MILLIS + 1000);
    assertThat(other.payment("sale-1")).isNull();
    other.sends(Shop.status("S", "refund-2", "order-1"));
    other.post(Operation.REFUND, Shop.refund("refund-2", "sale-1"));
    other.questions(Shop.status("S", "sale-1", "order-1"), Shop.status("S", "sale-1", "order-1"));
    other.ask("transactionRequestId=sale-1");
    other.pay(Shop.sale("sale-1", "order-1"));
    assertThat(other.under).hasSizeGreaterThan(3).containsOnly("north");
  }

  @Test
  void also_by_its_order_when_nothing_but_its_tombstone_is_left() {
    paid("sale-1", "order-1");
    shop.pass(DAY_MILLIS + 1000);
    Shop other = Shop.pod(shop, MOVED);
    other.sends(Shop.status("S", "refund-1", "order-1"));
    other.post(Operation.REFUND, Shop.refundOf("refund-1", "referenceOrderId", "order-1"));
    assertThat(other.under).containsExactly("north");
  }

  @Test
  void who_paid_an_order_is_asked_about_under_its_own_key() {
    paid("sale-1", "order-1");
    Shop other = Shop.pod(shop, MOVED);
    other.questions(Shop.status("S", "sale-1", "order-1"));
    assertThat(word(other.pay(Shop.sale("sale-2", "order-1")))).isEqualTo("C10");
    assertThat(other.under).containsOnly("north");
  }

  @Test
  void a_void_and_an_abort_and_an_operators_questions_too() {
    inDoubt("sale-1", "order-1");
    Shop other = Shop.pod(shop, MOVED);
    other.questions(
        Shop.status("P", "sale-1", "order-1"),
        Shop.status("P", "sale-1", "order-1"),
        Shop.status("P", "sale-1", "order-1"));
    other.askNow("sale-1");
    other.resolve("sale-1", Verdict.UNPAID, false);
    other.post(
        Operation.ABORT, Shop.undo("x", "sale-1").replace("\"transactionRequestId\":\"x\",", ""));
    assertThat(other.under).hasSize(3).containsOnly("north");
  }

  @Test
  void what_began_before_there_were_accounts_keeps_the_key_of_all() {
    Shop former = Shop.with(Map.of());
    former.sends(Shop.SILENCE);
    former.pay(Shop.sale("sale-1", "order-1"));
    Shop now = Shop.pod(former, NORTH);
    now.questions(Shop.status("S", "sale-1", "order-1"));
    now.work("sale-1");
    assertThat(now.payment("sale-1").isEnded()).isTrue();
    now.sends(Shop.status("S", "void-1", "order-1"));
    now.post(Operation.VOID, Shop.undo("void-1", "sale-1"));
    assertThat(now.under).hasSize(2).containsOnly("default");
  }

  @Test
  void a_pod_without_its_key_leaves_it_alone() {
    inDoubt("sale-1", "order-1");
    Shop former = Shop.pod(shop, Map.of());
    former.work("sale-1");
    former.workNow("sale-1");
    assertThat(word(former.ask("transactionRequestId=sale-1"))).isEqualTo("P");
    former.pay(Shop.sale("sale-1", "order-1"));
    assertThat(word(former.post(Operation.VOID, Shop.undo("void-1", "sale-1")))).isEqualTo("C08");
    former.notify("sale-1", Shop.status("S", "sale-1", "order-1"));
    former.askNow("sale-1");
    assertThat(former.wire).isEmpty();
    assertThat(former.payment("sale-1").stranger()).isEqualTo("a.example/north");
    assertThat(former.payment("sale-1").isEnded()).isFalse();
    shop.questions(Shop.status("S", "sale-1", "order-1"));
    shop.work("sale-1");
    assertThat(shop.payment("sale-1").isEnded()).isTrue();
  }

  @Test
  void one_accounts_secret_says_nothing_of_anothers_payments() {
    inDoubt("sale-1", "order-1");
    var paid = Shop.status("S", "sale-1", "order-1");
    assertThat(shop.notify(Account.DEFAULT, "sale-1", paid).result())
        .isEqualTo(WebhookResult.UNKNOWN);
    assertThat(shop.payment("sale-1").isEnded()).isFalse();
    assertThat(shop.notify(new Account("north"), "sale-1", paid).result())
        .isEqualTo(WebhookResult.SETTLED);
  }

  @Test
  void the_breaker_of_one_account_stops_no_other() {
    Shop two = Shop.with(Map.of("M1", "north"));
    two.holdBack("north", Admission.Reason.BROKEN);
    assertThat(word(two.pay(Shop.sale("sale-1", "order-1")))).isEqualTo("E01");
    two.sends(Shop.status("S", "sale-2", "order-2"));
    two.pay(Shop.sale("sale-2", "order-2").replace("M1", "M2"));
    assertThat(two.under).containsExactly("default");
  }

  @Test
  void an_abort_of_what_only_a_tombstone_is_left_of_goes_where_it_went() {
    paid("sale-1", "order-1");
    shop.pass(DAY_MILLIS + 1000);
    Shop other = Shop.pod(shop, MOVED);
    assertThat(other.payment("sale-1")).isNull();
    other.questions(Shop.code("C24"), Shop.code("C24"));
    assertThat(word(abort(other, "originalTransactionRequestId", "sale-1"))).isEqualTo("C24");
    assertThat(word(abort(other, "originalTransactionId", "T-sale-1"))).isEqualTo("C24");
    assertThat(other.under).containsExactly("north", "north");
    Shop without = Shop.pod(shop, Map.of());
    assertThat(word(abort(without, "originalTransactionRequestId", "sale-1"))).isEqualTo("C24");
    assertThat(without.wire).isEmpty();
  }

  private static Outbound abort(Shop at, String by, String name) {
    return at.post(
        Operation.ABORT,
        Shop.undo("x", name)
            .replace("\"transactionRequestId\":\"x\",", "")
            .replace("originalTransactionRequestId", by));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // query, body, under whose key it leaves
        "merchantId=M1 | - | north",
        "merchantId=17 | - | east",
        "appId=a2&merchantId=M1 | - | south",
        "- | {'merchantId':'M1'} | north",
        "- | {'merchantId':17} | east",
        "- | {'merchantId':null} | default",
        "merchantId=M1 | {} | north",
        "merchantId=17 | {'merchantId':''} | east",
        "merchantId=M1 | {'merchantId':null} | north",
        "merchantId=M1 | {'merchantId':'M2'} | default",
        "merchantId=M2 | {'merchantId':17} | east",
        "merchantId=%FF | {'merchantId':'M1'} | north",
        "merchantId=%FF | {} | default",
        "merchantId=M1&merchantId=M1 | - | default",
        "merchantId=M1 | [] | default",
        "merchantId=M1 | {'merchantId':'M2' | default",
        "merchantId=M1 | {'appId':'a2'} | south",
        "appId=a2&merchantId=M1 | {'appId':'a'} | north",
        "- | - | default"
      })
  void what_is_passed_on_goes_by_its_body_or_else_by_its_query(
      String query, String body, String account) {
    Shop some = Shop.with(Map.of("M1", "north", "a2", "south", "17", "east"));
    some.questions(Shop.code("0"));
    some.passOn("/v1/some/new-call", query, body == null ? "" : body.replace('\'', '"'));
    assertThat(some.under).containsExactly(account);
  }

  /** One merchant and two applications of it, each with a key of its own. */
  private static Shop twoApps() {
    return Shop.with(Map.of("a", "north", "a2", "south"));
  }

  private static String asOther(String body) {
    return body.replace("\"appId\":\"a\"", "\"appId\":\"a2\"");
  }

  /** What is asked for another application's sake names the payment's own: its key is of that. */
  private static void isAskedAsItsOwn(Shop at, int questions) {
    List<String> asked =
        at.wire.stream().filter(line -> line.contains("/query?")).toList();
    assertThat(asked).hasSize(questions).allMatch(line -> line.contains("?appId=a&"));
    assertThat(at.under).containsOnly("north");
  }

  @Test
  void a_query_by_another_application_asks_by_the_payments_own() {
    for (String by : List.of("transactionRequestId=sale-1", "transactionId=T-sale-1")) {
      Shop two = twoApps();
      two.sends(Shop.status("P", "sale-1", "order-1"));
      two.pay(Shop.sale("sale-1", "order-1"));
      two.questions(Shop.status("S", "sale-1", "order-1"));
      assertThat(word(two.askAs("a2", by))).isEqualTo("S");
      isAskedAsItsOwn(two, 1);
    }
  }

  @Test
  void who_wants_the_order_of_another_applications_payment_asks_by_that_one() {
    Shop two = twoApps();
    two.sends(Shop.status("S", "sale-1", "order-1"));
    two.pay(Shop.sale("sale-1", "order-1"));
    two.questions(Shop.status("S", "sale-1", "order-1"));
    assertThat(word(two.pay(asOther(Shop.sale("sale-2", "order-1"))))).isEqualTo("C10");
    isAskedAsItsOwn(two, 1);
  }

  @Test
  void what_follows_by_another_application_is_cleared_up_by_the_originals() {
    Shop two = twoApps();
    two.sends(Shop.status("F", "sale-1", "order-1"));
    two.pay(Shop.sale("sale-1", "order-1"));
    two.questions(Shop.status("F", "sale-1", "order-1"));
    assertThat(word(two.post(Operation.VOID, asOther(Shop.undo("void-1", "sale-1")))))
        .isEqualTo("C24");
    isAskedAsItsOwn(two, 1);
  }

  @Test
  void a_hosted_page_gives_way_to_another_application_by_its_own() {
    Shop two = twoApps();
    two.sends(Shop.says(
        "{\"code\":\"0\",\"data\":{\"checkoutUrl\":\"https://p/1\",\"sessionId\":\"ses-1\"}}"));
    two.post(Operation.CREATE_SESSION, Shop.sale("page-1", "order-1"));
    two.questions(
        Shop.says(
            "{\"code\":\"0\",\"data\":{\"sessionId\":\"ses-1\",\"sessionStatus\":\"EXPIRED\"}}"),
        Shop.status("C", "page-1", "order-1"));
    two.onSend(() -> {
      two.under.remove("south");
      return Shop.status("S", "sale-2", "order-1");
    });
    assertThat(word(two.pay(asOther(Shop.sale("sale-2", "order-1"))))).isEqualTo("S");
    isAskedAsItsOwn(two, 1);
    assertThat(two.called).singleElement().asString().contains("\"appId\":\"a\"", "ses-1");
  }

  private static String expire(String merchant, String session) {
    return "{\"appId\":\"a\",\"merchantId\":\"" + merchant + "\",\"sessionId\":\"" + session
        + "\"}";
  }

  @Test
  void a_hosted_page_is_closed_under_the_key_that_it_was_made_with() {
    shop.sends(Shop.says(
        "{\"code\":\"0\",\"data\":{\"checkoutUrl\":\"https://p/1\",\"sessionId\":\"ses-1\"}}"));
    shop.post(
        Operation.CREATE_SESSION,
        Shop.sale("page-1", "order-1")
            .replace("\"terminalSn\":\"t\"", "\"notifyUrl\":\"https://a.b\""));
    Shop other = Shop.pod(shop, MOVED);
    other.questions(Shop.code("0"), Shop.code("0"), Shop.code("0"), Shop.code("0"));
    other.post(Operation.EXPIRE_SESSION, expire("M1", "ses-1"));
    other.post(Operation.EXPIRE_SESSION, expire("M1", "ses-2"));
    other.post(Operation.EXPIRE_SESSION, expire("M2", "ses-1"));
    other.store.onMove(move -> move.equals("findByAlias") ? Mishap.UNREACHED : Mishap.NONE);
    other.post(Operation.EXPIRE_SESSION, expire("M1", "ses-1"));
    assertThat(other.under).containsExactly("north", "south", "default", "south");
  }

  @Test
  void calls_without_a_record_leave_under_the_key_of_whom_they_name() {
    Shop some = Shop.with(Map.of("M1", "north", "a2", "south"));
    some.questions(
        Shop.code("0"),
        Shop.code("0"),
        Shop.code("0"),
        Shop.code("0"),
        Shop.code("0"),
        Shop.code("0"));
    some.post(Operation.BATCH_QUERY, "{\"appId\":\"a\",\"merchantId\":\"M1\",\"amount\":\"12\"}");
    some.post(Operation.EXPIRE_SESSION, "{\"appId\":\"a2\",\"merchantId\":\"M1\"}");
    some.post(Operation.BATCH_QUERY, "{\"merchantId\":\"M1\"}");
    some.ask("transactionRequestId=nobodys");
    some.askAs("a2", "transactionRequestId=nobodys");
    some.post(Operation.BATCH_QUERY, "{\"merchantId\":\"M2\"}");
    assertThat(some.under).containsExactly("north", "south", "north", "north", "south", "default");
  }
}
