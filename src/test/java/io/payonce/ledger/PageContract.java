package io.payonce.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.model.ClosedPage;
import io.payonce.model.Lease;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.recovery.Stage;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every ledger does with hosted pages, and how their orders change hands. */
abstract class PageContract extends OutcomeContract {
  private static final String ORDER = "order-1";
  private static final String MADE = "1.1.0.sop";

  @Test
  void an_open_page_has_its_order() {
    PaymentId page = open(0);
    assertThat(begin(sale(other(page, "sale"), ORDER)))
        .isEqualTo(new BeginResult.OrderTaken(page.requestId()));
    assertThat(begin(create(other(page, "page-2"))))
        .isEqualTo(new BeginResult.OrderTaken(page.requestId()));
  }

  @Test
  void a_closed_page_is_noted_once_and_looked_at_soon() {
    PaymentId page = open(LEASE);
    ClosedPage shut = await(ledger.shut(page, 0, "EXPIRED")).orElseThrow();
    assertThat(shut.successor()).isNull();
    assertThat(await(ledger.due(LedgerKeys.of(page).shard(), 10))).contains(page);
    assertThat(await(ledger.shut(page, 0, "again"))).contains(shut);
    Payment noted = await(ledger.find(page)).orElseThrow();
    assertThat(noted.shut()).isEqualTo(shut);
    assertThat(noted.isSucceeded()).isFalse();
    assertThat(events(noted)).contains("EXPIRED").doesNotContain("again");
  }

  @Test
  void what_has_ended_or_is_unknown_is_not_noted_as_closed() {
    PaymentId page = fresh();
    assertThat(await(ledger.shut(page, 0, "EXPIRED"))).isEmpty();
    Lease lease = begun(ledger, create(page)).intent().lease();
    await(ledger.settle(lease, unpaid()));
    assertThat(await(ledger.shut(page, 0, "EXPIRED"))).isEmpty();
  }

  @Test
  void a_closed_page_hands_its_order_on_and_stays_due() {
    PaymentId page = open(LEASE);
    await(ledger.shut(page, LEASE, "EXPIRED"));
    PaymentId next = other(page, "sale");
    BeginResult.Begun begun = (BeginResult.Begun) begin(sale(next, ORDER).after(from(page, MADE)));
    assertThat(begun.intent().lease().order()).isEqualTo(ORDER);

    Payment handed = await(ledger.find(page)).orElseThrow();
    assertThat(handed.isEnded()).isFalse();
    assertThat(handed.shut().successor()).isEqualTo("sale");
    assertThat(events(handed)).contains("closed; its order is handed to sale");
    assertThat(await(ledger.due(LedgerKeys.of(page).shard(), 10))).contains(page);
    assertThat(begin(sale(other(page, "third"), ORDER)))
        .isEqualTo(new BeginResult.OrderTaken("sale"));
  }

  @Test
  void a_page_that_ends_after_its_order_was_handed_on_leaves_it_to_its_successor() {
    PaymentId page = open(LEASE);
    await(ledger.shut(page, LEASE, "EXPIRED"));
    begin(sale(other(page, "sale"), ORDER).after(from(page, MADE)));
    Lease late = await(ledger.claim(page)).orElseThrow().lease();
    await(ledger.settle(late, unpaid()));
    assertThat(begin(sale(other(page, "third"), ORDER)))
        .isEqualTo(new BeginResult.OrderTaken("sale"));
  }

  @Test
  void a_page_that_moves_another_amount_after_its_order_was_handed_on_is_among_its_payers() {
    PaymentId page = open(LEASE);
    await(ledger.shut(page, LEASE, "EXPIRED"));
    PaymentId next = other(page, "sale");
    BeginResult.Begun sale = (BeginResult.Begun) begin(sale(next, ORDER).after(from(page, MADE)));
    Stage asks = Stage.read("ATTENTION", "1.1.0.op");
    Lease late = await(ledger.takeOver(page, "now")).orElseThrow().lease();
    await(ledger.defer(late, new Deferral(asks, 0, null, 1, "600", null, "600 USD")));
    assertThat(await(ledger.standing(page, ORDER)))
        .isEqualTo(new OrderStanding("sale", List.of(page.requestId())));
    assertThat(needsReview(page) && needsReview(next)).isTrue();
    assertThat(await(
            ledger.recordIntent(sale.intent().lease(), Stage.first(), null, null, "once more")))
        .isEmpty();
    await(ledger.settle(sale.intent().lease(), unpaid()));
    assertThat(begin(sale(other(page, "third"), ORDER)))
        .isEqualTo(new BeginResult.OrderPaid(page.requestId()));
    await(ledger.settle(await(ledger.takeOver(page, "seen")).orElseThrow().lease(), unpaid()));
    assertThat(await(ledger.standing(page, ORDER)).payers()).as("decided").isEmpty();
    begun(ledger, sale(other(page, "third"), ORDER));
  }

  @Test
  void a_page_that_has_its_order_holds_it_for_another_amount() {
    PaymentId page = open(LEASE);
    Lease worker = await(ledger.takeOver(page, "now")).orElseThrow().lease();
    Stage asks = Stage.read("ATTENTION", "1.1.0.op");
    await(ledger.defer(worker, new Deferral(asks, 0, null, 1, "600", null, "600 USD")));
    assertThat(await(ledger.standing(page, ORDER)))
        .isEqualTo(new OrderStanding(page.requestId(), List.of()));
  }

  @Test
  void a_page_hands_nothing_on_that_is_not_as_it_was_seen() {
    PaymentId open = open(LEASE);
    assertThat(begin(sale(other(open, "sale"), ORDER).after(from(open, MADE))))
        .as("not closed")
        .isEqualTo(new BeginResult.OrderTaken(open.requestId()));

    await(ledger.shut(open, LEASE, "EXPIRED"));
    assertThat(begin(sale(other(open, "sale"), ORDER).after(from(open, "1.2.1.sop"))))
        .as("another copy of it has left")
        .isEqualTo(new BeginResult.OrderTaken(open.requestId()));
    assertThat(begin(
            sale(other(open, "sale"), ORDER).after(new Handover(other(open, "strange"), MADE, 0))))
        .as("another page")
        .isEqualTo(new BeginResult.OrderTaken(open.requestId()));

    PaymentId moved = fresh();
    Lease worker = begun(ledger, create(moved)).intent().lease();
    await(ledger.shut(moved, LEASE, "EXPIRED"));
    await(ledger.defer(
        worker,
        new Deferral(Stage.read("ATTENTION", MADE), LEASE, ANSWER, 1, "S", null, "600 USD")));
    assertThat(begin(sale(other(moved, "sale"), ORDER).after(from(moved, MADE))))
        .as("money moved for it")
        .isEqualTo(new BeginResult.OrderTaken("request"));

    PaymentId doubtful = fresh();
    Lease lease = begun(ledger, create(doubtful)).intent().lease();
    await(ledger.shut(doubtful, LEASE, "EXPIRED"));
    await(ledger.defer(
        lease, new Deferral(Stage.read("IN_DOUBT", MADE), LEASE, ANSWER, 1, "silence")));
    assertThat(begin(sale(other(doubtful, "sale"), ORDER).after(from(doubtful, MADE))))
        .as("it may be sent again")
        .isEqualTo(new BeginResult.OrderTaken("request"));
  }

  @Test
  void a_page_that_was_stopped_hands_its_order_on_all_the_same() {
    PaymentId page = open(LEASE);
    await(ledger.abort(page));
    await(ledger.shut(page, LEASE, "EXPIRED"));
    String seen = await(ledger.find(page)).orElseThrow().history().encode();
    assertThat(begin(sale(other(page, "sale"), ORDER).after(from(page, seen))))
        .isInstanceOf(BeginResult.Begun.class);
  }

  @Test
  void an_order_is_handed_on_once() {
    PaymentId page = open(LEASE);
    await(ledger.shut(page, LEASE, "EXPIRED"));
    Lease first = ((BeginResult.Begun)
            begin(sale(other(page, "sale"), ORDER).after(from(page, MADE))))
        .intent()
        .lease();
    assertThat(begin(sale(other(page, "late"), ORDER).after(from(page, MADE))))
        .isEqualTo(new BeginResult.OrderTaken("sale"));
    await(ledger.settle(first, unpaid()));
    assertThat(await(ledger.find(page)).orElseThrow().shut().successor()).isEqualTo("sale");
  }

  @Test
  void pages_that_take_no_lock_still_respect_a_paid_order() {
    LedgerSettings usual = settings(LEASE, KEEP, KEEP, true);
    Ledger allowing = ledger(usual.with(new LedgerSettings.Orders(true, Set.of(), false)));
    PaymentId page = fresh();
    assertThat(begun(allowing, create(page)).intent().lease().order()).isNull();
    begun(allowing, create(other(page, "page-2")));
    Lease sale = begun(allowing, sale(other(page, "sale"), ORDER)).intent().lease();
    begun(allowing, create(other(page, "page-3")));
    await(allowing.settle(sale, paid("T1")));
    assertThat(await(allowing.begin(create(other(page, "page-4")))))
        .isEqualTo(new BeginResult.OrderPaid("sale"));
  }

  private BeginResult begin(NewPayment payment) {
    return await(ledger.begin(payment));
  }

  private static Handover from(PaymentId page, String history) {
    return new Handover(page, history, 0);
  }

  private PaymentId open(long pauseMillis) {
    PaymentId page = fresh();
    Lease lease = begun(ledger, create(page)).intent().lease();
    await(ledger.defer(
        lease, new Deferral(Stage.read("OPEN", MADE), pauseMillis, ANSWER, 1, "made")));
    return page;
  }

  private static NewPayment create(PaymentId id) {
    return payment(id, Operation.CREATE_SESSION, ORDER, BODY);
  }

  private static PaymentId other(PaymentId id, String requestId) {
    return new PaymentId(id.merchantId(), requestId);
  }
}
