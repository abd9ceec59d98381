package io.payonce.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.port.Outbound;
import io.payonce.json.EnvelopeScan;
import io.payonce.ledger.Outcome;
import io.payonce.model.SessionPolicy;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An order's hosted pages and what comes beside them, in virtual time. */
class PagesTest {
  private static final long MINUTE = 60_000;

  private final PageStreet street = street(SessionPolicy.REPLACE);

  private static PageStreet street(SessionPolicy sessions) {
    return new PageStreet(Chance.of(1), sessions);
  }

  @Test
  void the_same_request_gets_the_same_page_byte_for_byte_also_once_it_is_paid() {
    String first = body(told(street.page("A")));
    assertThat(first).contains("checkoutUrl");
    assertThat(body(told(street.page("A")))).isEqualTo(first);
    street.platform.press(street.shown("A"), true, 10);
    street.run(MINUTE);
    assertThat(code(told(street.query("A")))).isEqualTo("S");
    street.run(MINUTE);
    assertThat(street.payment("A").outcome()).isEqualTo(Outcome.PAID);
    assertThat(body(told(street.page("A")))).isEqualTo(first);
    assertThat(code(told(street.query("A")))).isEqualTo("S");
  }

  @Test
  void a_second_page_replaces_the_first_and_only_it_can_be_paid() {
    told(street.page("A"));
    Future<Outbound> second = street.page("B");
    street.run(PageStreet.SLACK_MILLIS - 200);
    assertThat(second.isComplete()).as("not before the slack is over").isFalse();
    assertThat(body(told(second))).contains("https://pay/B");
    street.platform.press(street.shown("A"), true, 10);
    street.platform.press(street.shown("B"), true, 10);
    street.run(MINUTE);
    assertThat(street.platform.charges).containsExactly("B");
    assertThat(code(told(street.page("A")))).isEqualTo("C11");
    assertThat(code(told(street.sale("C")))).isEqualTo("C10");
    street.run(60 * MINUTE);
    assertThat(street.payment("A").outcome()).isEqualTo(Outcome.UNPAID);
    assertThat(street.queries("A")).isLessThanOrEqualTo(3);
  }

  @Test
  void a_sale_beside_an_open_page_closes_it_and_charges_once() {
    told(street.page("A"));
    assertThat(code(told(street.sale("B")))).isEqualTo("S");
    assertThat(street.queries("A")).as("asked once its presses are over").isEqualTo(1);
    street.platform.press(street.shown("A"), true, 10);
    street.run(MINUTE);
    assertThat(street.platform.charges).containsExactly("B");
  }

  @Test
  void a_press_under_way_when_the_page_is_expired_wins_and_nothing_else_is_sent() {
    told(street.page("A"));
    street.platform.press(street.shown("A"), true, 2000);
    assertThat(code(told(street.sale("B")))).isEqualTo("C10");
    assertThat(street.shown("B")).isNull();
    street.run(MINUTE);
    assertThat(street.platform.charges).containsExactly("A");
    assertThat(street.payment("A").outcome()).isEqualTo(Outcome.PAID);
  }

  /** What is left by the slower clock is waited for, not half an hour. */
  @Test
  void a_closed_page_ends_a_moment_later_where_a_pods_clock_is_a_moment_behind() {
    street.dated = false;
    told(street.page("A"));
    assertThat(code(told(street.expire("A")))).isEqualTo("0");
    street.run(2000);
    street.ledgerAheadMillis = 40;
    street.run(3 * PageStreet.SLACK_MILLIS);
    assertThat(street.payment("A").outcome()).isEqualTo(Outcome.UNPAID);
    assertThat(street.queries("A")).isLessThanOrEqualTo(3);
  }

  @Test
  void an_order_is_handed_over_later_where_a_pods_clock_is_behind() {
    street.dated = false;
    told(street.page("A"));
    told(street.expire("A"));
    street.run(2000);
    street.ledgerAheadMillis = PageStreet.SLACK_MILLIS;
    assertThat(code(told(street.sale("B")))).isEqualTo("S");
    assertThat(street.platform.charges).containsExactly("B");
  }

  @Test
  void a_paid_page_is_seen_when_its_order_is_wanted() {
    String page = body(told(street.page("A")));
    street.platform.press(street.shown("A"), true, 10);
    street.run(1000);
    assertThat(code(told(street.page("B")))).isEqualTo("C10");
    street.run(MINUTE);
    assertThat(street.payment("A").outcome()).isEqualTo(Outcome.PAID);
    assertThat(code(told(street.sale("C")))).isEqualTo("C10");
    assertThat(street.platform.charges).containsExactly("A");
    assertThat(body(told(street.page("A")))).isEqualTo(page);
  }

  @Test
  void a_page_of_which_a_copy_is_unaccounted_for_hands_nothing_on() {
    street.nextCopyLateMillis = 5 * MINUTE;
    Outbound made = told(street.page("A"));
    assertThat(body(made)).as("the repeat gives the page").contains("checkoutUrl");
    assertThat(code(told(street.sale("B")))).isEqualTo("C08");
    assertThat(street.shown("A").closedAt).as("nor is it closed in vain").isNull();
    street.run(11 * MINUTE);
    assertThat(code(told(street.sale("B")))).isEqualTo("S");
    assertThat(street.platform.charges).containsExactly("B");
  }

  @Test
  void a_page_that_nobody_was_told_of_frees_its_order_when_its_life_is_over() {
    street.trouble = 1;
    Outbound doubtful = told(street.page("A"));
    assertThat(code(doubtful)).isNotEqualTo("0");
    street.run(MINUTE);
    street.trouble = 0;
    assertThat(code(told(street.sale("B")))).isEqualTo("C08");
    street.run(45 * MINUTE);
    assertThat(street.payment("A").outcome()).isEqualTo(Outcome.UNPAID);
    assertThat(code(told(street.sale("C")))).isEqualTo("S");
  }

  @Test
  void a_declined_page_that_shows_no_c_is_not_replaced() {
    street.platform.showsClosed = false;
    told(street.page("A"));
    street.platform.press(street.shown("A"), false, 10);
    street.run(1000);
    Outbound refused = told(street.sale("B"));
    assertThat(code(refused)).isEqualTo("C08");
    assertThat(refused.retryAfterSeconds()).isPositive();
    assertThat(street.platform.charges).isEmpty();
  }

  @Test
  void without_c_the_order_is_free_only_after_the_pages_whole_life() {
    street.platform.showsClosed = false;
    told(street.page("A"));
    street.run(40 * MINUTE);
    assertThat(street.payment("A").outcome()).isNull();
    assertThat(code(told(street.sale("B")))).isEqualTo("C08");
    street.run(MINUTE);
    assertThat(street.payment("A").outcome()).isEqualTo(Outcome.UNPAID);
    assertThat(code(told(street.page("A")))).isEqualTo("C11");
    assertThat(code(told(street.sale("C")))).isEqualTo("S");
    assertThat(street.platform.charges).containsExactly("C");
  }

  @Test
  void a_declined_shopper_presses_again_and_has_paid() {
    told(street.page("A"));
    street.platform.press(street.shown("A"), false, 10);
    street.run(1000);
    assertThat(code(told(street.query("A")))).as("F ends nothing").isEqualTo("P");
    street.run(MINUTE);
    assertThat(street.queries("A")).as("nor is it a reason to ask sooner").isEqualTo(1);
    street.platform.press(street.shown("A"), true, 10);
    street.run(1000);
    assertThat(code(told(street.query("A")))).isEqualTo("S");
    street.run(MINUTE);
    assertThat(street.payment("A").outcome()).isEqualTo(Outcome.PAID);
  }

  @Test
  void abandoned_pages_are_not_polled() {
    int queries = 0;
    for (boolean showsClosed : new boolean[] {true, false}) {
      PageStreet quiet = street(SessionPolicy.REPLACE);
      quiet.platform.showsClosed = showsClosed;
      told(quiet, quiet.page("A"));
      quiet.run(29 * MINUTE);
      assertThat(quiet.queries("A")).isZero();
      quiet.run(60 * MINUTE);
      assertThat(quiet.payment("A").outcome()).isEqualTo(Outcome.UNPAID);
      assertThat(quiet.queries("A")).isLessThanOrEqualTo(2);
      queries += quiet.queries("A");
    }
    assertThat(queries).isPositive();
  }

  @Test
  void silence_keeps_an_expired_page_due() {
    told(street.page("A"));
    street.run(29 * MINUTE);
    street.trouble = 1;
    street.run(20 * MINUTE);
    assertThat(street.payment("A").outcome()).isNull();
    street.trouble = 0;
    street.run(30 * MINUTE);
    assertThat(street.payment("A").outcome()).isEqualTo(Outcome.UNPAID);
  }

  @Test
  void a_page_that_a_caller_expires_frees_its_order_after_the_slack() {
    PageStreet refusing = street(SessionPolicy.REFUSE);
    told(refusing, refusing.page("A"));
    assertThat(code(told(refusing, refusing.sale("B")))).isEqualTo("C08");
    told(refusing, refusing.expire("A"));
    refusing.run(PageStreet.SLACK_MILLIS + 3000);
    assertThat(refusing.payment("A").outcome()).isEqualTo(Outcome.UNPAID);
    assertThat(code(told(refusing, refusing.sale("B")))).isEqualTo("S");
    assertThat(code(told(refusing, refusing.page("A")))).isEqualTo("C11");
  }

  @Test
  void refuse_closes_no_page() {
    PageStreet refusing = street(SessionPolicy.REFUSE);
    told(refusing, refusing.page("A"));
    assertThat(code(told(refusing, refusing.page("B")))).isEqualTo("C08");
    assertThat(refusing.shown("A").isOpen(refusing.agenda.nowMillis())).isTrue();
    assertThat(refusing.shown("B")).isNull();
  }

  @Test
  void allow_takes_no_lock() {
    PageStreet allowing = street(SessionPolicy.ALLOW);
    told(allowing, allowing.page("A"));
    assertThat(body(told(allowing, allowing.page("B")))).contains("https://pay/B");
    assertThat(code(told(allowing, allowing.sale("C")))).isEqualTo("S");
    assertThat(code(told(allowing, allowing.page("D")))).as("paid is paid").isEqualTo("C10");
  }

  @Test
  void that_an_unlocked_page_was_made_is_no_word_on_its_payment() {
    PageStreet allowing = street(SessionPolicy.ALLOW);
    told(allowing, allowing.page("A"));
    assertThat(code(told(allowing, allowing.query("A")))).isEqualTo("I");
    allowing.platform.press(allowing.shown("A"), true, 10);
    allowing.run(1000);
    assertThat(code(told(allowing, allowing.query("A")))).isEqualTo("S");
  }

  @Test
  void an_unlocked_page_goes_out_again_when_its_answer_is_forgotten() {
    PageStreet allowing = street(SessionPolicy.ALLOW);
    told(allowing, allowing.page("A"));
    allowing.run(25 * 60 * MINUTE);
    assertThat(body(told(allowing, allowing.page("A")))).contains("checkoutUrl");
  }

  @Test
  void a_closed_pages_id_is_told_so_also_when_its_answer_is_forgotten() {
    told(street.page("A"));
    street.run(26 * 60 * MINUTE);
    assertThat(street.payment("A")).isNull();
    assertThat(code(told(street.page("A")))).isEqualTo("C11");
  }

  @Test
  void no_page_is_made_for_an_order_that_is_known_to_be_paid() {
    assertThat(code(told(street.sale("A")))).isEqualTo("S");
    assertThat(code(told(street.page("B")))).isEqualTo("C10");
    assertThat(street.shown("B")).isNull();
  }

  @Test
  void a_page_paid_after_its_order_was_handed_on_is_settled_as_paid() {
    told(street.page("A"));
    assertThat(code(told(street.sale("B")))).isEqualTo("S");
    // What the platform's word should exclude.
    street.shown("A").closedAt = null;
    street.platform.press(street.shown("A"), true, 10);
    street.run(40 * MINUTE);
    assertThat(street.payment("A").outcome()).isEqualTo(Outcome.PAID);
    assertThat(street.payment("B").outcome()).isEqualTo(Outcome.PAID);
    assertThat(code(told(street.sale("C")))).isEqualTo("C10");
  }

  @Test
  void a_void_of_an_open_page_closes_it_and_is_told_so_when_no_press_can_be_under_way() {
    told(street.page("A"));
    Future<Outbound> undo = street.voidOf("V", "A");
    street.run(PageStreet.SLACK_MILLIS - 200);
    assertThat(street.shown("A").closedAt).isNotNull();
    assertThat(undo.isComplete()).as("a press may be under way").isFalse();
    assertThat(code(told(undo))).isEqualTo("C24");
    assertThat(street.shown("V")).as("nothing was sent").isNull();
    assertThat(street.payment("A").outcome()).isEqualTo(Outcome.UNPAID);
    assertThat(code(told(street.sale("B")))).isEqualTo("S");
    assertThat(code(told(street.page("A")))).isEqualTo("C11");
  }

  @Test
  void a_void_of_a_page_that_shows_no_c_hears_c08_and_the_page_cannot_be_paid() {
    street.platform.showsClosed = false;
    told(street.page("A"));
    Outbound undo = told(street.voidOf("V", "A"));
    assertThat(code(undo)).isEqualTo("C08");
    assertThat(undo.retryAfterSeconds()).isPositive();
    street.platform.press(street.shown("A"), true, 10);
    street.run(45 * MINUTE);
    assertThat(street.platform.charges).isEmpty();
    assertThat(code(told(street.voidOf("V", "A")))).isEqualTo("C24");
  }

  @Test
  void a_void_of_a_page_whose_press_was_under_way_takes_it_back() {
    told(street.page("A"));
    street.platform.press(street.shown("A"), true, 2000);
    assertThat(code(told(street.voidOf("V", "A")))).isEqualTo("S");
    assertThat(street.platform.charges).isEmpty();
    assertThat(code(told(street.sale("B")))).as("its order is free").isEqualTo("S");
  }

  private Outbound told(Future<Outbound> call) {
    return told(street, call);
  }

  private static Outbound told(PageStreet street, Future<Outbound> call) {
    for (int i = 0; i < 40 && !call.isComplete(); i++) {
      street.run(1000);
    }
    assertThat(call.succeeded()).as(String.valueOf(call.cause())).isTrue();
    return call.result();
  }

  private static String body(Outbound out) {
    return new String(out.reply().body(), StandardCharsets.UTF_8);
  }

  /** The code; of an accepted call its status, where it has one. */
  private static String code(Outbound out) {
    var said = EnvelopeScan.scan(out.reply().body());
    return said.code().equals("0") && said.status() != null
        ? String.valueOf(said.status().letter())
        : said.code();
  }

  /** A failover to a host whose clock is wrong: no shopper has less time for it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_ledger_whose_clock_jumps_ahead_ends_no_page(boolean dated) {
    street.dated = dated;
    told(street.page("A"));
    street.run(MINUTE);
    street.ledgerAheadMillis = 90 * MINUTE;
    street.run(5 * MINUTE);
    assertThat(street.queries("A")).as("it was looked at").isPositive();
    assertThat(street.payment("A").outcome()).isNull();
    street.run(75 * MINUTE);
    assertThat(street.payment("A").outcome()).isEqualTo(Outcome.UNPAID);
  }

  @Test
  void a_page_that_was_pressed_after_such_a_jump_is_paid() {
    told(street.page("A"));
    street.run(MINUTE);
    street.ledgerAheadMillis = 90 * MINUTE;
    street.run(5 * MINUTE);
    street.platform.press(street.shown("A"), true, 1000);
    street.run(45 * MINUTE);
    assertThat(street.payment("A").outcome()).isEqualTo(Outcome.PAID);
    assertThat(code(told(street.sale("B")))).isEqualTo("C10");
  }

  /**
   * A press that was under way when the page was closed has its slack, whatever that clock says.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_ledger_whose_clock_jumps_ahead_ends_no_press(boolean dated) {
    street.dated = dated;
    told(street.page("A"));
    street.run(MINUTE);
    street.platform.press(street.shown("A"), true, 1500);
    told(street.expire("A"));
    street.ledgerAheadMillis = 2 * MINUTE;
    String first = code(told(street.sale("B")));
    street.run(MINUTE);
    assertThat(street.platform.charges).hasSize(1);
    assertThat(first).isIn("C08", "C10");
    assertThat(street.payment("A").outcome()).isEqualTo(Outcome.PAID);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_page_that_was_closed_before_such_a_jump_gives_its_order_back_after_the_slack(
      boolean dated) {
    street.dated = dated;
    told(street.page("A"));
    street.run(MINUTE);
    told(street.expire("A"));
    street.ledgerAheadMillis = 2 * MINUTE;
    street.run(2 * PageStreet.SLACK_MILLIS);
    told(street.sale("B"));
    street.run(2 * PageStreet.SLACK_MILLIS);
    assertThat(code(told(street.sale("B")))).isEqualTo("S");
    assertThat(street.platform.charges).containsExactly("B");
  }
}
