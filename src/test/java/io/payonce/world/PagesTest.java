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

  private final PageStreet world = street(SessionPolicy.REPLACE);

  private static PageStreet street(SessionPolicy sessions) {
    return new PageStreet(Chance.of(1), sessions);
  }

  @Test
  void the_same_request_gets_the_same_page_byte_for_byte_also_once_it_is_paid() {
    String first = body(answered(world.page("A")));
    assertThat(first).contains("checkoutUrl");
    assertThat(body(answered(world.page("A")))).isEqualTo(first);
    world.platform.press(world.shown("A"), true, 10);
    world.run(MINUTE);
    assertThat(code(answered(world.query("A")))).isEqualTo("S");
    world.run(MINUTE);
    assertThat(world.payment("A").outcome()).isEqualTo(Outcome.PAID);
    assertThat(body(answered(world.page("A")))).isEqualTo(first);
    assertThat(code(answered(world.query("A")))).isEqualTo("S");
  }

  @Test
  void the_same_request_gets_the_same_page_when_a_confirm_has_shown_it_paid() {
    String page = body(answered(world.page("A")));
    world.platform.press(world.shown("A"), true, 10);
    world.run(45 * MINUTE);
    assertThat(world.payment("A").outcome()).isEqualTo(Outcome.PAID);
    assertThat(body(answered(world.page("A")))).isEqualTo(page);
  }

  @Test
  void a_second_page_replaces_the_first_and_only_it_can_be_paid() {
    answered(world.page("A"));
    Future<Outbound> second = world.page("B");
    world.run(PageStreet.SLACK_MILLIS - 200);
    assertThat(second.isComplete()).as("not before the slack is over").isFalse();
    assertThat(body(answered(second))).contains("https://pay/B");
    world.platform.press(world.shown("A"), true, 10);
    world.platform.press(world.shown("B"), true, 10);
    world.run(MINUTE);
    assertThat(world.platform.charges).containsExactly("B");
    assertThat(code(answered(world.page("A")))).isEqualTo("C11");
    assertThat(code(answered(world.sale("C")))).isEqualTo("C10");
    world.run(60 * MINUTE);
    assertThat(world.payment("A").outcome()).isEqualTo(Outcome.UNPAID);
    assertThat(world.queries("A")).isLessThanOrEqualTo(3);
  }

  @Test
  void a_sale_beside_an_open_page_closes_it_and_charges_once() {
    answered(world.page("A"));
    assertThat(code(answered(world.sale("B")))).isEqualTo("S");
    assertThat(world.queries("A")).as("asked once its presses are over").isEqualTo(1);
    world.platform.press(world.shown("A"), true, 10);
    world.run(MINUTE);
    assertThat(world.platform.charges).containsExactly("B");
  }

  @Test
  void a_press_under_way_when_the_page_is_expired_wins_and_nothing_else_is_sent() {
    answered(world.page("A"));
    world.platform.press(world.shown("A"), true, 2000);
    assertThat(code(answered(world.sale("B")))).isEqualTo("C10");
    assertThat(world.shown("B")).isNull();
    world.run(MINUTE);
    assertThat(world.platform.charges).containsExactly("A");
    assertThat(world.payment("A").outcome()).isEqualTo(Outcome.PAID);
  }

  /** What is left by the slower clock is waited for, not half an hour. */
  @Test
  void a_closed_page_ends_a_moment_later_where_a_pods_clock_is_a_moment_behind() {
    world.dated = false;
    answered(world.page("A"));
    assertThat(code(answered(world.expire("A")))).isEqualTo("0");
    world.run(2000);
    world.ledgerAheadMillis = 40;
    world.run(3 * PageStreet.SLACK_MILLIS);
    assertThat(world.payment("A").outcome()).isEqualTo(Outcome.UNPAID);
    assertThat(world.queries("A")).isLessThanOrEqualTo(3);
  }

  @Test
  void an_order_is_handed_over_later_where_a_pods_clock_is_behind() {
    world.dated = false;
    answered(world.page("A"));
    answered(world.expire("A"));
    world.run(2000);
    world.ledgerAheadMillis = PageStreet.SLACK_MILLIS;
    assertThat(code(answered(world.sale("B")))).isEqualTo("S");
    assertThat(world.platform.charges).containsExactly("B");
  }

  @Test
  void a_paid_page_is_seen_when_its_order_is_wanted() {
    String page = body(answered(world.page("A")));
    world.platform.press(world.shown("A"), true, 10);
    world.run(1000);
    assertThat(code(answered(world.page("B")))).isEqualTo("C10");
    world.run(MINUTE);
    assertThat(world.payment("A").outcome()).isEqualTo(Outcome.PAID);
    assertThat(code(answered(world.sale("C")))).isEqualTo("C10");
    assertThat(world.platform.charges).containsExactly("A");
    assertThat(body(answered(world.page("A")))).isEqualTo(page);
  }

  @Test
  void a_page_of_which_a_send_is_unaccounted_for_hands_nothing_on() {
    world.nextSendLateMillis = 5 * MINUTE;
    Outbound made = answered(world.page("A"));
    assertThat(body(made)).as("the repeat gives the page").contains("checkoutUrl");
    assertThat(code(answered(world.sale("B")))).isEqualTo("C08");
    assertThat(world.shown("A").closedAt).as("nor is it closed in vain").isNull();
    world.run(11 * MINUTE);
    assertThat(code(answered(world.sale("B")))).isEqualTo("S");
    assertThat(world.platform.charges).containsExactly("B");
  }

  @Test
  void a_page_that_no_caller_was_given_frees_its_order_when_its_life_is_over() {
    world.trouble = 1;
    Outbound doubtful = answered(world.page("A"));
    assertThat(code(doubtful)).isNotEqualTo("0");
    world.run(MINUTE);
    world.trouble = 0;
    assertThat(code(answered(world.sale("B")))).isEqualTo("C08");
    world.run(45 * MINUTE);
    assertThat(world.payment("A").outcome()).isEqualTo(Outcome.UNPAID);
    assertThat(code(answered(world.sale("C")))).isEqualTo("S");
  }

  @Test
  void a_declined_page_that_shows_no_c_is_not_replaced() {
    world.platform.showsClosed = false;
    answered(world.page("A"));
    world.platform.press(world.shown("A"), false, 10);
    world.run(1000);
    Outbound refused = answered(world.sale("B"));
    assertThat(code(refused)).isEqualTo("C08");
    assertThat(refused.retryAfterSeconds()).isPositive();
    assertThat(world.platform.charges).isEmpty();
  }

  @Test
  void without_c_the_order_is_free_only_after_the_pages_whole_life() {
    world.platform.showsClosed = false;
    answered(world.page("A"));
    world.run(40 * MINUTE);
    assertThat(world.payment("A").outcome()).isNull();
    assertThat(code(answered(world.sale("B")))).isEqualTo("C08");
    world.run(MINUTE);
    assertThat(world.payment("A").outcome()).isEqualTo(Outcome.UNPAID);
    assertThat(code(answered(world.page("A")))).isEqualTo("C11");
    assertThat(code(answered(world.sale("C")))).isEqualTo("S");
    assertThat(world.platform.charges).containsExactly("C");
  }

  @Test
  void a_declined_shopper_presses_again_and_has_paid() {
    answered(world.page("A"));
    world.platform.press(world.shown("A"), false, 10);
    world.run(1000);
    assertThat(code(answered(world.query("A")))).as("F ends nothing").isEqualTo("P");
    world.run(MINUTE);
    assertThat(world.queries("A")).as("nor is it a reason to ask sooner").isEqualTo(1);
    world.platform.press(world.shown("A"), true, 10);
    world.run(1000);
    assertThat(code(answered(world.query("A")))).isEqualTo("S");
    world.run(MINUTE);
    assertThat(world.payment("A").outcome()).isEqualTo(Outcome.PAID);
  }

  @Test
  void abandoned_pages_are_not_polled() {
    int queries = 0;
    for (boolean showsClosed : new boolean[] {true, false}) {
      PageStreet quiet = street(SessionPolicy.REPLACE);
      quiet.platform.showsClosed = showsClosed;
      answered(quiet, quiet.page("A"));
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
    answered(world.page("A"));
    world.run(29 * MINUTE);
    world.trouble = 1;
    world.run(20 * MINUTE);
    assertThat(world.payment("A").outcome()).isNull();
    world.trouble = 0;
    world.run(30 * MINUTE);
    assertThat(world.payment("A").outcome()).isEqualTo(Outcome.UNPAID);
  }

  @Test
  void a_page_that_a_caller_expires_frees_its_order_after_the_slack() {
    PageStreet refusing = street(SessionPolicy.REFUSE);
    answered(refusing, refusing.page("A"));
    assertThat(code(answered(refusing, refusing.sale("B")))).isEqualTo("C08");
    answered(refusing, refusing.expire("A"));
    refusing.run(PageStreet.SLACK_MILLIS + 3000);
    assertThat(refusing.payment("A").outcome()).isEqualTo(Outcome.UNPAID);
    assertThat(code(answered(refusing, refusing.sale("B")))).isEqualTo("S");
    assertThat(code(answered(refusing, refusing.page("A")))).isEqualTo("C11");
  }

  @Test
  void refuse_closes_no_page() {
    PageStreet refusing = street(SessionPolicy.REFUSE);
    answered(refusing, refusing.page("A"));
    assertThat(code(answered(refusing, refusing.page("B")))).isEqualTo("C08");
    assertThat(refusing.shown("A").isOpen(refusing.agenda.nowMillis())).isTrue();
    assertThat(refusing.shown("B")).isNull();
  }

  @Test
  void allow_takes_no_lock() {
    PageStreet allowing = street(SessionPolicy.ALLOW);
    answered(allowing, allowing.page("A"));
    assertThat(body(answered(allowing, allowing.page("B")))).contains("https://pay/B");
    assertThat(code(answered(allowing, allowing.sale("C")))).isEqualTo("S");
    assertThat(code(answered(allowing, allowing.page("D")))).as("paid is paid").isEqualTo("C10");
  }

  @Test
  void that_an_unlocked_page_was_made_is_no_word_on_its_payment() {
    PageStreet allowing = street(SessionPolicy.ALLOW);
    answered(allowing, allowing.page("A"));
    assertThat(code(answered(allowing, allowing.query("A")))).isEqualTo("I");
    allowing.platform.press(allowing.shown("A"), true, 10);
    allowing.run(1000);
    assertThat(code(answered(allowing, allowing.query("A")))).isEqualTo("S");
  }

  @Test
  void an_unlocked_page_goes_out_again_when_its_answer_is_forgotten() {
    PageStreet allowing = street(SessionPolicy.ALLOW);
    answered(allowing, allowing.page("A"));
    allowing.run(25 * 60 * MINUTE);
    assertThat(body(answered(allowing, allowing.page("A")))).contains("checkoutUrl");
  }

  @Test
  void a_closed_pages_id_is_answered_so_also_when_its_answer_is_forgotten() {
    answered(world.page("A"));
    world.run(26 * 60 * MINUTE);
    assertThat(world.payment("A")).isNull();
    assertThat(code(answered(world.page("A")))).isEqualTo("C11");
  }

  @Test
  void no_page_is_made_for_an_order_that_is_known_to_be_paid() {
    assertThat(code(answered(world.sale("A")))).isEqualTo("S");
    assertThat(code(answered(world.page("B")))).isEqualTo("C10");
    assertThat(world.shown("B")).isNull();
  }

  @Test
  void a_page_paid_after_its_order_was_handed_on_is_settled_as_paid() {
    answered(world.page("A"));
    assertThat(code(answered(world.sale("B")))).isEqualTo("S");
    // What the platform's word should exclude.
    world.shown("A").closedAt = null;
    world.platform.press(world.shown("A"), true, 10);
    world.run(40 * MINUTE);
    assertThat(world.payment("A").outcome()).isEqualTo(Outcome.PAID);
    assertThat(world.payment("B").outcome()).isEqualTo(Outcome.PAID);
    assertThat(code(answered(world.sale("C")))).isEqualTo("C10");
  }

  @Test
  void a_void_of_an_open_page_closes_it_and_succeeds_when_no_press_can_be_under_way() {
    answered(world.page("A"));
    Future<Outbound> undo = world.voidOf("V", "A");
    world.run(PageStreet.SLACK_MILLIS - 200);
    assertThat(world.shown("A").closedAt).isNotNull();
    assertThat(undo.isComplete()).as("a press may be under way").isFalse();
    assertThat(code(answered(undo))).isEqualTo("C24");
    assertThat(world.shown("V")).as("nothing was sent").isNull();
    assertThat(world.payment("A").outcome()).isEqualTo(Outcome.UNPAID);
    assertThat(code(answered(world.sale("B")))).isEqualTo("S");
    assertThat(code(answered(world.page("A")))).isEqualTo("C11");
  }

  @Test
  void a_void_of_a_page_that_shows_no_c_gets_c08_and_the_page_cannot_be_paid() {
    world.platform.showsClosed = false;
    answered(world.page("A"));
    Outbound undo = answered(world.voidOf("V", "A"));
    assertThat(code(undo)).isEqualTo("C08");
    assertThat(undo.retryAfterSeconds()).isPositive();
    world.platform.press(world.shown("A"), true, 10);
    world.run(45 * MINUTE);
    assertThat(world.platform.charges).isEmpty();
    assertThat(code(answered(world.voidOf("V", "A")))).isEqualTo("C24");
  }

  @Test
  void a_void_of_a_page_whose_press_was_under_way_takes_it_back() {
    answered(world.page("A"));
    world.platform.press(world.shown("A"), true, 2000);
    assertThat(code(answered(world.voidOf("V", "A")))).isEqualTo("S");
    assertThat(world.platform.charges).isEmpty();
    assertThat(code(answered(world.sale("B")))).as("its order is free").isEqualTo("S");
  }

  private Outbound answered(Future<Outbound> call) {
    return answered(world, call);
  }

  private static Outbound answered(PageStreet world, Future<Outbound> call) {
    for (int i = 0; i < 40 && !call.isComplete(); i++) {
      world.run(1000);
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
    world.dated = dated;
    answered(world.page("A"));
    world.run(MINUTE);
    world.ledgerAheadMillis = 90 * MINUTE;
    world.run(5 * MINUTE);
    assertThat(world.queries("A")).as("it was looked at").isPositive();
    assertThat(world.payment("A").outcome()).isNull();
    world.run(75 * MINUTE);
    assertThat(world.payment("A").outcome()).isEqualTo(Outcome.UNPAID);
  }

  @Test
  void a_page_that_was_pressed_after_such_a_jump_is_paid() {
    answered(world.page("A"));
    world.run(MINUTE);
    world.ledgerAheadMillis = 90 * MINUTE;
    world.run(5 * MINUTE);
    world.platform.press(world.shown("A"), true, 1000);
    world.run(45 * MINUTE);
    assertThat(world.payment("A").outcome()).isEqualTo(Outcome.PAID);
    assertThat(code(answered(world.sale("B")))).isEqualTo("C10");
  }

  /**
   * A press that was under way when the page was closed has its slack, whatever that clock says.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_ledger_whose_clock_jumps_ahead_ends_no_press(boolean dated) {
    world.dated = dated;
    answered(world.page("A"));
    world.run(MINUTE);
    world.platform.press(world.shown("A"), true, 1500);
    answered(world.expire("A"));
    world.ledgerAheadMillis = 2 * MINUTE;
    String first = code(answered(world.sale("B")));
    world.run(MINUTE);
    assertThat(world.platform.charges).hasSize(1);
    assertThat(first).isIn("C08", "C10");
    assertThat(world.payment("A").outcome()).isEqualTo(Outcome.PAID);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_page_that_was_closed_before_such_a_jump_gives_its_order_back_after_the_slack(
      boolean dated) {
    world.dated = dated;
    answered(world.page("A"));
    world.run(MINUTE);
    answered(world.expire("A"));
    world.ledgerAheadMillis = 2 * MINUTE;
    world.run(2 * PageStreet.SLACK_MILLIS);
    answered(world.sale("B"));
    world.run(2 * PageStreet.SLACK_MILLIS);
    assertThat(code(answered(world.sale("B")))).isEqualTo("S");
    assertThat(world.platform.charges).containsExactly("B");
  }
}
