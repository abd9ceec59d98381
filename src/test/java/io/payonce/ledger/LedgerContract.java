package io.payonce.ledger;

import static io.payonce.ledger.LedgerWords.notPaying;
import static io.payonce.ledger.LedgerWords.under;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.payonce.ledger.Claim.Claimed;
import io.payonce.ledger.redis.HomePlatform;
import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.ledger.redis.RedisLedger;
import io.payonce.model.Account;
import io.payonce.model.Amount;
import io.payonce.model.Intent;
import io.payonce.model.Lease;
import io.payonce.model.Leases;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;
import io.payonce.model.Reply;
import io.payonce.model.Shards;
import io.payonce.model.TimelineEvent;
import io.payonce.model.Whose;
import io.payonce.recovery.History;
import io.payonce.recovery.Mark;
import io.payonce.recovery.PlatformId;
import io.payonce.recovery.Stage;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every ledger does, move by move and word by word. */
public abstract class LedgerContract extends PageContract {
  /** Records end the moment they are settled; only their tombstones stay. */
  public static final LedgerSettings FORGETFUL = settings(LEASE, 0, KEEP, true);

  private static final LedgerSettings SPLITTING = settings(LEASE, KEEP, KEEP, false);

  /** Loses a payment's due time, and nothing else. */
  public abstract void loseDueTime(PaymentId id);

  // begin

  @Test
  void a_begun_payment_is_in_its_first_send() {
    PaymentId id = fresh();
    BeginResult.Begun begun = begun(ledger, sale(id, "ref:1"));
    Payment found = find(id);
    assertThat(found.stage()).isEqualTo(Stage.first());
    assertThat(found.history()).isEqualTo(History.FIRST);
    assertThat(found.outcome()).isNull();
    assertThat(found.operation()).isEqualTo(Operation.SALE);
    assertThat(found.order()).isEqualTo("ref:1");
    assertThat(found.begunAtMillis()).isEqualTo(begun.atMillis());
    assertThat(found.intentAtMillis()).isEqualTo(begun.atMillis());
    isStamped(found, begun.intent());
    assertThat(found.times().nowMillis()).isGreaterThanOrEqualTo(begun.atMillis());
    assertThat(found.times().waitMillis()).isEqualTo(20_000);
    assertThat(found.steps()).isZero();
    assertThat(found.answer()).isNull();
    assertThat(found.body()).isNull();
    assertThat(found.timeline()).isEqualTo(begun.atMillis() + " \tbegun\n");
    assertThat(begun.intent().lease().order()).isEqualTo("ref:1");
  }

  @Test
  void a_begun_payment_is_due_when_its_lease_is_over_and_not_before() {
    PaymentId leased = fresh();
    PaymentId overdue = new PaymentId(leased.merchantId(), "overdue");
    begun(ledger, sale(leased, "ref:1"));
    begun(expired, sale(overdue, "ref:2"));
    assertThat(due(leased)).containsExactly(overdue);
  }

  @Test
  void the_same_request_again_is_known_wherever_it_stands() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    assertThat(known(sale(id, "ref:1")).stage().word()).isEqualTo("SENDING");
    assertThat(known(sale(id, "ref:1")).body()).isNull();
    await(ledger.settle(lease, paid("T1")));
    assertThat(known(sale(id, "ref:1")).outcome()).isEqualTo(Outcome.PAID);
    assertThat(known(sale(id, "ref:1")).answer()).isEqualTo(ANSWER);
  }

  @Test
  void the_same_id_with_another_body_or_operation_is_not_the_same_request() {
    PaymentId id = fresh();
    begun(ledger, sale(id, "ref:1"));
    assertThat(begin(payment(id, Operation.SALE, "ref:1", "{other}")))
        .isInstanceOfSatisfying(
            BeginResult.OtherBody.class,
            other -> assertThat(other.first().stage().word()).isEqualTo("SENDING"));
    assertThat(begin(payment(id, Operation.AUTH, "ref:1", BODY)))
        .isInstanceOf(BeginResult.OtherBody.class);
    assertThat(begin(payment(id, Operation.SALE, "ref:2", "{other}")))
        .isInstanceOf(BeginResult.OtherBody.class);
    assertThat(await(ledger.recall(payment(id, Operation.SALE, "ref:1", "{other}"))))
        .containsInstanceOf(BeginResult.OtherBody.class);
  }

  @Test
  void the_same_request_is_known_by_its_fingerprint_whatever_its_bytes() {
    Ledger forgetful = ledger(FORGETFUL);
    PaymentId id = fresh();
    NewPayment first = sale(id, "ref:1");
    NewPayment written = NewPayment.plain(first.ref(), Operation.SALE, bytes("{ }"), 0);
    Lease lease = begun(forgetful, first).intent().lease();
    assertThat(known(written).stage().word()).isEqualTo("SENDING");
    assertThat(await(ledger.recall(written))).containsInstanceOf(BeginResult.Known.class);
    assertThat(await(forgetful.settle(lease, paid("T1")))).isInstanceOf(CloseResult.Closed.class);
    assertThat(begin(written)).isInstanceOf(BeginResult.Expired.class);
  }

  @Test
  void a_payment_of_another_platform_is_not_claimed_here_and_is_counted() {
    PaymentId id = fresh();
    begun(expired, sale(id, "ref:1"));
    HomePlatform home = new HomePlatform("other.example", 600_000, 15_000, System::nanoTime);
    Ledger other = ledger(at(home));
    assertThat(await(other.claim(id))).isEmpty();
    assertThat(await(other.find(id)).orElseThrow().stranger()).isNotNull();
    assertThat(home.strangers().values()).containsExactly(1L);
    assertThat(needsReview(id)).isFalse();
    assertThat(await(expired.claim(id))).isPresent();
  }

  private static HomePlatform with(String... accounts) {
    return new HomePlatform("platform", Set.of(accounts), 600_000, 15_000, System::nanoTime);
  }

  @Test
  void a_payment_keeps_its_account_and_a_pod_without_that_leaves_it_alone() {
    PaymentId id = fresh();
    Account north = new Account("north");
    Ledger both = ledger(LedgerSettings.of(0, KEEP, KEEP).with(with("north", "south")));
    assertThat(begun(both, under(north, sale(id, "ref:1"))).intent().lease().account())
        .isEqualTo(north);
    HomePlatform without = with("south", "nor");
    Ledger former = ledger(at(without));
    assertThat(await(former.claim(id))).isEmpty();
    assertThat(await(former.find(id)).orElseThrow().stranger()).isEqualTo("platform/north");
    assertThat(without.strangers()).containsExactly(Map.entry("platform/north", 1L));
    Claimed claimed = await(both.claim(id)).orElseThrow();
    assertThat(claimed.payment().account()).isEqualTo(north);
    assertThat(claimed.lease().account()).isEqualTo(north);
    await(both.settle(claimed.lease(), paid("T1")));
    assertThat(await(both.find(id)).orElseThrow().account()).isEqualTo(north);
    assertThat(await(former.find(id)).orElseThrow().isStrange()).isTrue();
  }

  @Test
  void what_is_left_of_a_payment_names_its_account() {
    PaymentId id = fresh();
    Account north = new Account("north");
    Ledger both = ledger(LedgerSettings.of(LEASE, 1, KEEP).with(with("north")));
    Lease lease = begun(both, under(north, sale(id, "ref:1"))).intent().lease();
    await(both.settle(lease, paid("T1")));
    eventually(() -> await(both.find(id)).isEmpty());
    assertThat(await(both.tombstone(id)).orElseThrow().account()).isEqualTo(north);
    assertThat(await(ledger(at(with())).tombstone(id)).orElseThrow().stranger())
        .isEqualTo("platform/north");
  }

  @Test
  void a_payment_of_another_platform_needs_review_at_its_deadline_till_it_goes_on() {
    PaymentId id = fresh();
    begun(expired, sale(id, "ref:1"));
    Ledger other = ledger(at(new HomePlatform("other.example", -1, 0, System::nanoTime)));
    eventually(() -> await(other.claim(id)).isEmpty() && needsReview(id));
    Lease lease = await(expired.claim(id)).orElseThrow().lease();
    await(ledger.settle(lease, paid("T1")));
    assertThat(needsReview(id)).isFalse();
  }

  @Test
  void a_worker_looks_past_the_payments_of_other_platforms() {
    PaymentId theirs = alone();
    begun(expired, sale(theirs, "ref:1"));
    Ledger other = ledger(at(new HomePlatform("other.example", 600_000, 60_000, System::nanoTime)));
    PaymentId own = new PaymentId(theirs.merchantId(), "own");
    begun(other, sale(own, "ref:2"));
    int shard = Shards.of(own.merchantId());
    assertThat(await(other.due(shard, 10))).contains(theirs);
    await(other.claim(theirs));
    assertThat(await(other.due(shard, 1))).containsExactly(own);
  }

  @Test
  void the_paid_order_of_a_merchant_who_splits_orders_takes_another_payment() {
    PaymentId id = fresh();
    Ledger splitting = ledger(LedgerSettings.of(LEASE, KEEP, KEEP)
        .with(new LedgerSettings.Orders(true, Set.of(id.merchantId()), true)));
    Lease lease = begun(splitting, sale(id, "ref:1")).intent().lease();
    await(splitting.settle(lease, paid("T1")));
    begun(splitting, sale(new PaymentId(id.merchantId(), "second"), "ref:1"));
    PaymentId whole = fresh();
    await(splitting.settle(begun(splitting, sale(whole, "ref:1")).intent().lease(), paid("T2")));
    assertThat(await(splitting.begin(sale(new PaymentId(whole.merchantId(), "second"), "ref:1"))))
        .isInstanceOf(BeginResult.OrderPaid.class);
  }

  private static LedgerSettings at(HomePlatform home) {
    return LedgerSettings.of(-1, KEEP, KEEP).with(home);
  }

  @Test
  void another_payment_of_a_taken_order_learns_who_holds_it_and_leaves_no_trace() {
    PaymentId id = fresh();
    PaymentId other = new PaymentId(id.merchantId(), "other");
    begun(ledger, sale(id, "ref:1"));
    assertThat(begin(sale(other, "ref:1"))).isEqualTo(new BeginResult.OrderTaken(id.requestId()));
    assertThat(await(ledger.find(other))).isEmpty();
  }

  @Test
  void a_payment_says_which_application_it_is_of_also_when_it_has_ended() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1").over(null, "app-7")).intent().lease();
    assertThat(find(id).appId("another")).isEqualTo("app-7");
    await(ledger.settle(lease, paid("T1")));
    assertThat(find(id).appId("another")).isEqualTo("app-7");
    PaymentId silent = fresh();
    begun(ledger, sale(silent, "ref:1"));
    assertThat(find(silent).appId("another")).isEqualTo("another");
    PaymentId scoped = new PaymentId(id.merchantId() + "~app-8", "id-1");
    begun(ledger, sale(scoped, "ref:1"));
    assertThat(find(scoped).appId("another")).isEqualTo("app-8");
  }

  @Test
  void an_order_belongs_to_its_merchant() {
    begun(ledger, sale(fresh(), "ref:1"));
    begun(ledger, sale(fresh(), "ref:1"));
  }

  @Test
  void a_payment_without_an_order_locks_nothing() {
    PaymentId id = fresh();
    BeginResult.Begun begun = begun(ledger, payment(id, Operation.CREATE_SESSION, null, BODY));
    begun(
        ledger,
        payment(new PaymentId(id.merchantId(), "other"), Operation.CREATE_SESSION, null, BODY));
    assertThat(find(id).order()).isNull();
    assertThat(await(ledger.settle(begun.intent().lease(), paid("T1"))))
        .isInstanceOf(CloseResult.Closed.class);
    assertThat(find(id).outcome()).isEqualTo(Outcome.PAID);
  }

  @Test
  void a_paid_order_refuses_another_payment_and_names_the_payer() {
    PaymentId id = settledPaid("ref:1");
    PaymentId other = new PaymentId(id.merchantId(), "other");
    assertThat(begin(sale(other, "ref:1"))).isEqualTo(new BeginResult.OrderPaid(id.requestId()));
    assertThat(await(ledger.find(other))).isEmpty();
  }

  @Test
  void what_does_not_pay_may_use_a_paid_order_and_leaves_it_paid() {
    PaymentId id = settledPaid("ref:1");
    PaymentId refund = new PaymentId(id.merchantId(), "refund");
    PaymentId other = new PaymentId(id.merchantId(), "other");
    Lease lease =
        begun(ledger, payment(refund, Operation.REFUND, "ref:1", BODY)).intent().lease();
    assertThat(begin(sale(other, "ref:1"))).isEqualTo(new BeginResult.OrderTaken("refund"));
    await(ledger.settle(lease, unpaid()));
    assertThat(begin(sale(other, "ref:1"))).isEqualTo(new BeginResult.OrderPaid(id.requestId()));
  }

  @Test
  void a_released_payment_leaves_a_paid_order_paid() {
    PaymentId id = settledPaid("ref:1");
    PaymentId refund = new PaymentId(id.merchantId(), "refund");
    Lease lease =
        begun(ledger, payment(refund, Operation.REFUND, "ref:1", BODY)).intent().lease();
    await(ledger.release(lease, released()));
    assertThat(begin(sale(new PaymentId(id.merchantId(), "other"), "ref:1")))
        .isEqualTo(new BeginResult.OrderPaid(id.requestId()));
  }

  @Test
  void merchants_who_split_orders_may_pay_one_twice() {
    Ledger splitting = ledger(SPLITTING);
    PaymentId id = fresh();
    Lease lease = begun(splitting, sale(id, "ref:1")).intent().lease();
    await(splitting.settle(lease, paid("T1")));
    begun(splitting, sale(new PaymentId(id.merchantId(), "other"), "ref:1"));
  }

  @Test
  void a_released_payment_begins_again_even_with_another_body() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    await(ledger.release(lease, released()));
    Lease again =
        begun(ledger, payment(id, Operation.SALE, "ref:2", "{other}")).intent().lease();
    assertThat(again.token()).isNotEqualTo(lease.token());
    Payment found = find(id);
    assertThat(found.stage()).isEqualTo(Stage.first());
    assertThat(found.outcome()).isNull();
    assertThat(found.answer()).isNull();
    assertThat(events(found)).containsExactly("begun", "busy", "begun");
    assertThat(await(ledger.defer(lease, deferral("IN_DOUBT", 0)))).isFalse();
  }

  @Test
  void a_forgotten_payment_leaves_its_outcome() {
    Ledger forgetful = ledger(FORGETFUL);
    PaymentId id = fresh();
    Lease lease = begun(forgetful, sale(id, "ref:1")).intent().lease();
    await(forgetful.settle(lease, paid("T1")));
    assertThat(await(forgetful.find(id))).isEmpty();
    assertThat(begin(sale(id, "ref:1")))
        .isEqualTo(new BeginResult.Expired(new Tombstone(Outcome.PAID, "platform-id")));
    assertThat(begin(payment(id, Operation.SALE, "ref:1", "{other}")))
        .isEqualTo(new BeginResult.OtherBody(null, new Tombstone(Outcome.PAID, "platform-id")));
    assertThat(begin(sale(new PaymentId(id.merchantId(), "other"), "ref:1")))
        .isEqualTo(new BeginResult.OrderPaid(id.requestId()));
  }

  @Test
  void what_stays_of_another_platforms_payment_says_whose_it_was() {
    HomePlatform home = new HomePlatform("other.example", 600_000, 15_000, System::nanoTime);
    home.first(HomePlatform.only().own());
    Ledger other = ledger(LedgerSettings.of(LEASE, -1, 2 * KEEP).with(home));
    PaymentId any = fresh();
    PaymentId tooLongToBeFiled = any.other("ö".repeat(40));
    for (PaymentId id : List.of(any, tooLongToBeFiled)) {
      Lease lease = begun(other, sale(id, id.requestId())).intent().lease();
      await(other.settle(lease, paid("T1")));
      assertThat(await(other.tombstone(id)).orElseThrow().isStrange()).isFalse();
      Tombstone seen = await(ledger.tombstone(id)).orElseThrow();
      assertThat(seen)
          .isEqualTo(new Tombstone(Outcome.PAID, "platform-id", Whose.stranger("other.example")));
      assertThat(begin(sale(id, id.requestId()))).isEqualTo(new BeginResult.Expired(seen));
      assertThat(begin(payment(id, Operation.SALE, "another", "{other}")))
          .isInstanceOf(BeginResult.OtherBody.class);
    }
  }

  @Test
  void a_name_that_an_ended_payment_has_stays_its_own() {
    PaymentId id = settledPaid("ref:1");
    PaymentId other = id.other("other");
    assertThat(await(ledger.findByAlias(id.owner(), "T1"))).contains(id);
    await(ledger.rememberAlias(other, "T1"));
    assertThat(await(ledger.findByAlias(id.owner(), "T1"))).contains(id);
    Lease lease = begun(ledger, sale(other, "ref:2")).intent().lease();
    await(ledger.settle(lease, paid("T1")));
    assertThat(await(ledger.findByAlias(id.owner(), "T1"))).contains(id);
  }

  @Test
  void two_platforms_may_give_two_payments_the_same_name() {
    HomePlatform home = new HomePlatform("other.example", 600_000, 15_000, System::nanoTime);
    home.first(HomePlatform.only().own());
    Ledger other = ledger(at(home));
    PaymentId id = fresh();
    PaymentId theirs = id.other("theirs");
    await(ledger.settle(begun(ledger, sale(id, "ref:1")).intent().lease(), paid("T1")));
    await(other.settle(begun(other, sale(theirs, "ref:2")).intent().lease(), paid("T1")));
    assertThat(await(ledger.findByAlias(id.owner(), "T1"))).contains(id);
    assertThat(await(other.findByAlias(id.owner(), "T1"))).contains(theirs);
    PaymentId refund = id.other("refund");
    BeginResult.Begun begun = begun(other, payment(refund, Operation.REFUND, "txn:T1", BODY));
    assertThat(begun.intent().lease().order()).isEqualTo("req:theirs");
  }

  @Test
  void a_tombstone_names_the_callers_own_id_where_the_platform_knows_the_payment_by_it() {
    Ledger forgetful = ledger(FORGETFUL);
    PaymentId id = fresh();
    Lease lease = begun(forgetful, sale(id, "ref:1")).intent().lease();
    String own = id.requestId();
    await(forgetful.settle(
        lease, new Settlement(Outcome.PAID, ANSWER, History.FIRST, null, own, true, "paid")));
    assertThat(begin(sale(id, "ref:1")))
        .isEqualTo(new BeginResult.Expired(new Tombstone(Outcome.PAID, own)));
  }

  @Test
  void what_may_be_repeated_leaves_no_tombstone_and_begins_anew() {
    Ledger forgetful = ledger(FORGETFUL);
    NewPayment session = payment(fresh(), Operation.CREATE_SESSION, null, BODY);
    Lease lease = begun(forgetful, session).intent().lease();
    await(forgetful.settle(
        lease, new Settlement(Outcome.PAID, ANSWER, History.FIRST, null, null, false, "done")));
    begun(forgetful, session);
  }

  @Test
  void the_platforms_id_of_a_payment_is_known_until_its_tombstone_ends() {
    PaymentId id = fresh();
    assertThat(await(ledger.platformId(id))).isEmpty();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    assertThat(await(ledger.platformId(id))).contains(id.requestId());
    assertThat(await(ledger.tombstone(id))).isEmpty();
    await(ledger.recordIntent(lease, Stage.read("SENDING", "2.2.1."), null, null, "reissued"));
    String reissued = PlatformId.of(id, 2);
    assertThat(await(ledger.platformId(id))).contains(reissued);
    await(ledger(FORGETFUL)
        .settle(
            lease,
            new Settlement(Outcome.PAID, ANSWER, History.FIRST, null, reissued, true, "paid")));
    assertThat(await(ledger.find(id))).isEmpty();
    assertThat(await(ledger.platformId(id))).contains(reissued);
    assertThat(await(ledger.tombstone(id))).contains(new Tombstone(Outcome.PAID, reissued));
    assertThat(await(ledger.platformId(new PaymentId(id.merchantId(), "other"))))
        .isEmpty();
  }

  @Test
  void without_tombstones_a_forgotten_payment_is_unknown() {
    Ledger forgetful = ledger(settings(LEASE, 1, 0, true));
    PaymentId id = fresh();
    Lease lease = begun(forgetful, sale(id, "ref:1")).intent().lease();
    await(forgetful.settle(lease, paid("T1")));
    eventually(() -> await(forgetful.find(id)).isEmpty());
    assertThat(await(forgetful.platformId(id))).isEmpty();
    begun(forgetful, sale(id, "ref:1"));
  }

  @Test
  void an_order_named_by_the_platforms_transaction_is_the_callers_original() {
    PaymentId id = settledPaid("ref:1");
    PaymentId byTransaction = new PaymentId(id.merchantId(), "refund1");
    PaymentId byRequest = new PaymentId(id.merchantId(), "refund2");
    String canonical = "req:" + id.requestId();
    BeginResult.Begun begun =
        begun(ledger, payment(byTransaction, Operation.REFUND, "txn:T1", BODY));
    assertThat(begun.intent().lease().order()).isEqualTo(canonical);
    assertThat(find(byTransaction).order()).isEqualTo(canonical);
    assertThat(begin(payment(byRequest, Operation.REFUND, canonical, BODY)))
        .isEqualTo(new BeginResult.OrderTaken("refund1"));
  }

  @Test
  void a_send_leaves_before_the_lease_is_over() {
    Intent intent = begun(ledger, sale(fresh(), "ref:1")).intent();
    Intent sooner = begun(ledger(settings(LEASE / 2, KEEP, KEEP, true)), sale(fresh(), "ref:1"))
        .intent();
    assertThat(intent.leavesBeforeNanos() - sooner.leavesBeforeNanos())
        .isLessThanOrEqualTo(LEASE / 2 * 1_000_000);
    assertThat(intent.stampedAtMillis()).isLessThanOrEqualTo(sooner.stampedAtMillis());
  }

  // aside

  @Test
  void a_payment_that_makes_workers_fail_goes_aside_at_the_third_time_with_its_order_taken() {
    PaymentId id = fresh();
    begun(expired, sale(id, "ref:1"));
    Lease lease = claimed(id).lease();
    assertThat(await(ledger.quarantine(lease, "bug"))).isFalse();
    assertThat(await(ledger.quarantine(lease, "bug")))
        .as("the lease is given back")
        .isFalse();
    assertThat(needsReview(id)).isFalse();
    assertThat(failAgain(id)).isFalse();
    assertThat(failAgain(id)).isTrue();
    assertThat(needsReview(id)).isTrue();
    assertThat(due(id)).isEmpty();
    assertThat(await(ledger.begin(sale(new PaymentId(id.merchantId(), "rival"), "ref:1"))))
        .isInstanceOf(BeginResult.OrderTaken.class);
    assertThat(events(find(id))).endsWith("bug", "bug", "bug");
  }

  @Test
  void a_payment_set_aside_that_can_be_worked_on_again_is_as_any_other() {
    PaymentId deferred = aside();
    assertThat(await(ledger.defer(lease(deferred), deferral("IN_DOUBT", -1)))).isTrue();
    assertThat(needsReview(deferred)).isFalse();
    assertThat(failAgain(deferred)).as("counted from the start").isFalse();
    PaymentId settled = aside();
    await(ledger.settle(lease(settled), unpaid()));
    assertThat(needsReview(settled)).isFalse();
    PaymentId released = aside();
    await(ledger.release(lease(released), released()));
    assertThat(needsReview(released)).isFalse();
    PaymentId asked = aside();
    await(ledger.defer(lease(asked), deferral("ATTENTION", -1)));
    assertThat(needsReview(asked)).isTrue();
  }

  /** Set aside, and overdue all the same. */
  private PaymentId aside() {
    PaymentId id = fresh();
    begun(expired, sale(id, "ref:1"));
    for (int i = 1; i < RedisLedger.MOST_FAILURES; i++) {
      assertThat(failAgain(id)).isFalse();
    }
    assertThat(failAgain(id)).isTrue();
    return id;
  }

  private boolean failAgain(PaymentId id) {
    return await(ledger.quarantine(lease(id), "bug"));
  }

  /** Waiting for the due time would take the test an hour. */
  private Lease lease(PaymentId id) {
    loseDueTime(id);
    return claimed(id).lease();
  }

  // settle

  @Test
  void a_settled_payment_keeps_its_answer_and_is_never_due() {
    PaymentId id = fresh();
    Lease lease = begun(expired, sale(id, "ref:1")).intent().lease();
    assertThat(await(ledger.settle(lease, paid("T1")))).isInstanceOf(CloseResult.Closed.class);
    Payment found = find(id);
    assertThat(found.isEnded()).isTrue();
    assertThat(found.stage()).isNull();
    assertThat(found.answer()).isEqualTo(ANSWER);
    assertThat(events(found)).containsExactly("begun", "paid");
    assertThat(due(id)).isEmpty();
    assertThat(await(ledger.claim(id))).isEmpty();
  }

  @Test
  void an_unpaid_order_is_free() {
    for (Settlement end : List.of(unpaid(), refused())) {
      PaymentId id = fresh();
      await(ledger.settle(begun(ledger, sale(id, "ref:1")).intent().lease(), end));
      assertThat(find(id).outcome()).isEqualTo(end.outcome());
      begun(ledger, sale(new PaymentId(id.merchantId(), "other"), "ref:1"));
    }
  }

  @Test
  void without_the_lease_only_paid_is_believed() {
    PaymentId id = fresh();
    Lease lost = begun(expired, sale(id, "ref:1")).intent().lease();
    claimed(id);
    assertThat(await(ledger.settle(lost, unpaid()))).isInstanceOf(CloseResult.Stale.class);
    assertThat(await(ledger.settle(lost, refused()))).isInstanceOf(CloseResult.Stale.class);
    assertThat(await(ledger.release(lost, released()))).isInstanceOf(CloseResult.Stale.class);
    assertThat(find(id).isEnded()).isFalse();
    PaymentRef seen = find(id).ref();
    for (Settlement other : List.of(unpaid(), refused())) {
      assertThat(await(ledger.settlePaid(seen, other))).isInstanceOf(CloseResult.Stale.class);
    }
    assertThat(find(id).isEnded()).isFalse();
    assertThat(await(ledger.settlePaid(seen, paid("T1")))).isInstanceOf(CloseResult.Closed.class);
    assertThat(find(id).outcome()).isEqualTo(Outcome.PAID);
  }

  @Test
  void a_fencing_token_without_a_lease_opens_nothing() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    await(ledger.defer(lease, deferral("IN_DOUBT", LEASE)));
    assertThat(await(ledger.settle(lease, unpaid()))).isInstanceOf(CloseResult.Stale.class);
    assertThat(await(ledger.settle(lease(id, ""), unpaid()))).isInstanceOf(CloseResult.Stale.class);
    assertThat(await(ledger.settle(lease(id, null), unpaid())))
        .isInstanceOf(CloseResult.Stale.class);
    assertThat(await(ledger.settle(lease(id, "-"), unpaid())))
        .isInstanceOf(CloseResult.Stale.class);
  }

  @Test
  void who_has_no_lease_does_not_say_how_often_it_was_sent() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    await(ledger.release(lease, released()));
    begun(ledger, sale(id, "ref:1"));
    Settlement stale = new Settlement(
        Outcome.PAID, ANSWER, History.decode("1.0.0."), "T1", "platform-id", true, "paid");
    await(ledger.settle(lease, stale));
    assertThat(find(id).outcome()).isEqualTo(Outcome.PAID);
    assertThat(find(id).history().sends()).isEqualTo(1);
  }

  @Test
  void a_settled_payment_stays_as_it_was_answered() {
    PaymentId id = settledPaid("ref:1");
    for (Settlement later : List.of(paid("T2"), unpaid(), refused())) {
      CloseResult close = await(ledger.settle(lease(id, "any"), later));
      assertThat(((CloseResult.Already) close).payment().outcome()).isEqualTo(Outcome.PAID);
    }
    assertThat(needsReview(id)).isFalse();
    assertThat(events(find(id))).containsExactly("begun", "paid");
  }

  @Test
  void paid_after_an_unpaid_answer_is_listed_for_review() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    await(ledger.settle(lease, unpaid()));
    CloseResult close = await(ledger.settle(lease, paid("T1")));
    assertThat(((CloseResult.Already) close).payment().outcome()).isEqualTo(Outcome.UNPAID);
    assertThat(needsReview(id)).isTrue();
    assertThat(events(find(id))).containsExactly("begun", "unpaid", "paid");
    assertThat(begin(sale(new PaymentId(id.merchantId(), "other"), "ref:1")))
        .isEqualTo(new BeginResult.OrderPaid(id.requestId()));
  }

  @Test
  void a_contradiction_does_not_take_the_order_from_who_has_it() {
    PaymentId id = fresh();
    PaymentId other = new PaymentId(id.merchantId(), "other");
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    await(ledger.settle(lease, unpaid()));
    begun(ledger, sale(other, "ref:1"));
    await(ledger.settle(lease, paid("T1")));
    assertThat(begin(sale(new PaymentId(id.merchantId(), "third"), "ref:1")))
        .isEqualTo(new BeginResult.OrderTaken("other"));
  }

  @Test
  void an_order_that_another_payment_has_paid_since_gets_no_further_send() {
    Lease doubted = doubtedOnAPaidOrder(ledger, Operation.SALE);
    assertThat(await(ledger.recordIntent(doubted, Stage.first(), null, null, "resend")))
        .isEmpty();
    Payment left = find(doubted.id());
    assertThat(left.stage().history().has(Mark.ABORTED)).isTrue();
    assertThat(left.outcome()).isNull();
    assertThat(left.timeline()).contains("paid by another payment").doesNotContain("resend");
    assertThat(await(ledger.settle(doubted, paid("T2")))).isInstanceOf(CloseResult.Closed.class);
  }

  @Test
  void what_does_not_pay_the_order_may_be_sent_again_though_it_is_paid() {
    Lease refund = doubtedOnAPaidOrder(ledger, Operation.REFUND);
    assertThat(await(ledger.recordIntent(refund, Stage.first(), null, null, "resend")))
        .isPresent();
    // What was marked before orders were split keeps nobody from it.
    Lease part = doubtedOnAPaidOrder(ledger, Operation.SALE);
    assertThat(await(ledger(SPLITTING).recordIntent(part, Stage.first(), null, null, "resend")))
        .isPresent();
  }

  /** Its order was free when it began; who had it before has paid it after all. */
  private Lease doubtedOnAPaidOrder(Ledger ledger, Operation operation) {
    PaymentId former = fresh();
    Lease ended = begun(ledger, sale(former, "order-1")).intent().lease();
    await(ledger.settle(ended, unpaid()));
    PaymentId id = new PaymentId(former.merchantId(), "other");
    Lease lease =
        begun(ledger, payment(id, operation, "order-1", BODY)).intent().lease();
    await(ledger.settle(ended, paid("T1")));
    return lease;
  }

  @Test
  void a_released_payment_can_still_turn_out_to_be_paid_and_then_marks_its_order() {
    PaymentId id = fresh();
    PaymentId other = new PaymentId(id.merchantId(), "other");
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    await(ledger.release(lease, released()));
    Lease others = begun(ledger, sale(other, "ref:1")).intent().lease();
    assertThat(await(ledger.settle(lease, paid("T1")))).isInstanceOf(CloseResult.Closed.class);
    assertThat(find(id).outcome()).isEqualTo(Outcome.PAID);
    await(ledger.settle(others, unpaid()));
    assertThat(begin(sale(new PaymentId(id.merchantId(), "third"), "ref:1")))
        .isEqualTo(new BeginResult.OrderPaid(id.requestId()));
  }

  @Test
  void a_released_payment_that_is_paid_needs_review_until_an_operator_has_seen_it() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    await(ledger.release(lease, released()));
    assertThat(needsReview(id)).isFalse();
    await(ledger.settle(lease, paid("T1")));
    assertThat(needsReview(id)).isTrue();
  }

  private boolean contradict(PaymentId id) {
    return await(ledger.contradict(id, "ref:1", true, "600 USD", "a query: S"))
        != Contradiction.UNSETTLED;
  }

  @Test
  void money_that_moved_for_a_released_payment_keeps_its_order_and_its_id() {
    PaymentId id = fresh();
    PaymentId other = new PaymentId(id.merchantId(), "other");
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    assertThat(contradict(id)).as("it has not ended").isFalse();
    await(ledger.release(lease, released()));
    assertThat(contradict(id)).isTrue();
    assertThat(needsReview(id)).isTrue();
    assertThat(find(id).otherAmount()).isEqualTo("600 USD");
    assertThat(events(find(id))).endsWith("a query: S");
    assertThat(begin(sale(other, "ref:1"))).isEqualTo(new BeginResult.OrderPaid(id.requestId()));
    assertThat(begin(sale(id, "ref:1"))).isInstanceOf(BeginResult.Known.class);
    assertThat(await(ledger.recall(sale(id, "ref:1")))).isPresent();
    await(ledger.settle(lease, paid("T1")));
    assertThat(find(id).outcome()).isEqualTo(Outcome.PAID);
    assertThat(contradict(id)).isTrue();
    assertThat(events(find(id))).endsWith("paid");
  }

  @Test
  void what_is_paid_and_charged_once_more_is_before_an_operator_and_stays_paid() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    assertThat(again(id)).as("it has not ended").isEqualTo(Contradiction.UNSETTLED);
    await(ledger.settle(lease, paid("T1")));
    Reply answered = find(id).answer();
    assertThat(contradict(id)).isTrue();
    assertThat(needsReview(id)).as("no other charge").isFalse();
    assertThat(again(id)).isEqualTo(Contradiction.NOTED);
    assertThat(needsReview(id)).isTrue();
    assertThat(find(id).outcome()).isEqualTo(Outcome.PAID);
    assertThat(find(id).answer()).isEqualTo(answered);
    assertThat(events(find(id))).endsWith("once more");
  }

  private Contradiction again(PaymentId id) {
    return await(ledger.paidAgain(id, "ref:1", "1000 USD as T2", "once more"));
  }

  @Test
  void money_that_moved_does_not_take_the_order_from_who_has_it() {
    PaymentId id = fresh();
    PaymentId other = new PaymentId(id.merchantId(), "other");
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    await(ledger.release(lease, released()));
    Lease others = begun(ledger, sale(other, "ref:1")).intent().lease();
    assertThat(contradict(id)).isTrue();
    assertThat(needsReview(other)).isTrue();
    await(ledger.settle(others, unpaid()));
    assertThat(begin(sale(new PaymentId(id.merchantId(), "third"), "ref:1")))
        .isEqualTo(new BeginResult.OrderPaid(id.requestId()));
  }

  @Test
  void money_that_moved_for_a_forgotten_payment_keeps_its_order() {
    PaymentId id = fresh();
    assertThat(contradict(id)).isTrue();
    assertThat(needsReview(id)).isTrue();
    assertThat(begin(sale(new PaymentId(id.merchantId(), "other"), "ref:1")))
        .isEqualTo(new BeginResult.OrderPaid(id.requestId()));
  }

  @Test
  void money_that_moved_for_a_forgotten_payment_is_an_operators_to_decide() {
    PaymentId id = fresh();
    assertThat(await(ledger.isUndecided(id))).isFalse();
    assertThat(contradict(id)).isTrue();
    assertThat(await(ledger.isUndecided(id))).isTrue();
  }

  @Test
  void
      what_was_answered_unpaid_and_forgotten_and_is_paid_needs_review_and_is_answered_to_late_comers() {
    Ledger forgetful = ledger(FORGETFUL);
    PaymentId id = fresh();
    Lease lease = begun(forgetful, sale(id, "ref:1")).intent().lease();
    await(forgetful.settle(lease, unpaid()));
    await(forgetful.settle(lease, unpaid()));
    assertThat(needsReview(id)).isFalse();
    assertThat(await(forgetful.settle(lease, paid("T1")))).isInstanceOf(CloseResult.Stale.class);
    assertThat(needsReview(id)).isTrue();
    assertThat(begin(sale(id, "ref:1")))
        .isEqualTo(new BeginResult.Expired(new Tombstone(Outcome.PAID, "platform-id")));
    assertThat(begin(sale(new PaymentId(id.merchantId(), "other"), "ref:1")))
        .isEqualTo(new BeginResult.OrderPaid(id.requestId()));
  }

  @Test
  void what_was_asked_for_and_what_moved_instead_are_kept_until_the_end() {
    PaymentId id = fresh();
    NewPayment plain = sale(id, "ref:1");
    NewPayment asked = new NewPayment(
        plain.ref(),
        plain.operation(),
        new Amount(1000L, "USD"),
        plain.bytes(),
        plain.claim(),
        plain.caller(),
        plain.begun());
    Lease lease = begun(ledger, asked).intent().lease();
    assertThat(find(id).amount()).isEqualTo(new Amount(1000L, "USD"));
    assertThat(find(id).otherAmount()).isNull();
    Stage moved = Stage.read("ATTENTION", "1.1.0.s").withOtherAmount();
    await(ledger.defer(lease, new Deferral(moved, 0, null, 1, "moved", null, "600 USD")));
    await(ledger.defer(claimed(id).lease(), new Deferral(moved, 0, null, 1, "again")));
    assertThat(find(id).otherAmount()).isEqualTo("600 USD");
    assertThat(find(id).stage()).isEqualTo(moved);
    await(ledger.settle(claimed(id).lease(), paid("T1")));
    assertThat(find(id).otherAmount()).isEqualTo("600 USD");
    assertThat(find(id).amount()).isEqualTo(new Amount(1000L, "USD"));
  }

  @Test
  void whoever_knows_more_of_a_payment_takes_it_over_from_its_holder() {
    PaymentId id = fresh();
    Lease holder = begun(ledger, sale(id, "ref:1")).intent().lease();
    Claimed taken = await(ledger.takeOver(id, "somebody knows more")).orElseThrow();
    assertThat(taken.payment().body()).isNotNull();
    assertThat(await(ledger.release(holder, released()))).isInstanceOf(CloseResult.Stale.class);
    await(ledger.settle(taken.lease(), unpaid()));
    assertThat(await(ledger.takeOver(id, "too late"))).isEmpty();
    assertThat(await(ledger.takeOver(fresh(), "nothing"))).isEmpty();
  }

  @Test
  void what_has_been_released_is_not_settled_as_unpaid() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    await(ledger.release(lease, released()));
    for (CloseResult close :
        List.of(await(ledger.settle(lease, unpaid())), await(ledger.release(lease, released())))) {
      assertThat(((CloseResult.Already) close).payment().outcome()).isEqualTo(Outcome.RELEASED);
    }
  }

  @Test
  void a_lost_record_cannot_be_settled() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    lose(id);
    assertThat(await(ledger.settle(lease, paid("T1")))).isInstanceOf(CloseResult.Stale.class);
    assertThat(await(ledger.release(lease, released()))).isInstanceOf(CloseResult.Stale.class);
    assertThat(await(ledger.defer(lease, deferral("IN_DOUBT", 0)))).isFalse();
    assertThat(await(ledger.recordIntent(lease, Stage.first(), null, null, "resend")))
        .isEmpty();
    assertThat(await(ledger.find(id))).isEmpty();
  }

  @Test
  void a_lease_with_another_order_is_a_fault_and_changes_nothing() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    String print = lease.payment().fingerprint();
    Lease wrong = Leases.of(id, "ref:2", lease.token(), print);
    assertThatThrownBy(() -> await(ledger.settlePaid(wrong.payment(), paid("T1"))))
        .hasMessageContaining("another order");
    assertThatThrownBy(() -> await(ledger.settle(wrong, paid("T1"))))
        .hasMessageContaining("another order");
    assertThatThrownBy(() -> await(ledger.release(wrong, released())))
        .hasMessageContaining("another order");
    assertThat(find(id).isEnded()).isFalse();
  }

  @Test
  void a_payment_is_found_by_the_platforms_transaction() {
    PaymentId id = settledPaid("ref:1");
    assertThat(await(ledger.findByAlias(id.merchantId(), "T1"))).contains(id);
    assertThat(await(ledger.findByAlias(id.merchantId(), "T2"))).isEmpty();
  }

  @Test
  void a_payment_is_found_by_what_the_platform_calls_it_long_before_it_ends() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    Stage open = Stage.read("OPEN", "1.1.0.op");
    await(ledger.defer(lease, new Deferral(open, 0, ANSWER, 1, "status I", "T1")));
    assertThat(await(ledger.findByAlias(id.merchantId(), "T1"))).contains(id);

    Lease claimed = claimed(id).lease();
    Stage again = Stage.read("SENDING", "2.2.1.");
    assertThat(await(ledger.recordIntent(claimed, again, null, "T2", "again"))).isPresent();
    assertThat(await(ledger.findByAlias(id.merchantId(), "T2"))).contains(id);
    assertThat(await(ledger.findByAlias(id.merchantId(), PlatformId.of(id, 2)))).contains(id);

    await(ledger.rememberAlias(id, "T3"));
    assertThat(await(ledger.findByAlias(id.merchantId(), "T3"))).contains(id);
  }

  @Test
  void a_worker_without_the_lease_names_nothing() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    Lease stale = Leases.of(id, "ref:1", "stale", lease.payment().fingerprint());
    Stage open = Stage.read("OPEN", "1.1.0.op");
    await(ledger.defer(stale, new Deferral(open, 0, ANSWER, 1, "status I", "T1")));
    await(ledger.recordIntent(stale, Stage.read("SENDING", "2.2.1."), null, "T1", "again"));
    assertThat(await(ledger.findByAlias(id.merchantId(), "T1"))).isEmpty();
    assertThat(await(ledger.findByAlias(id.merchantId(), PlatformId.of(id, 2)))).isEmpty();
  }

  @Test
  void a_name_does_not_take_a_follow_ups_lock() {
    PaymentId id = fresh();
    PaymentId early = new PaymentId(id.merchantId(), "early");
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    begun(ledger, payment(early, Operation.VOID, "txn:T1", BODY));
    await(ledger.rememberAlias(id, "T1"));
    await(ledger.defer(
        lease, new Deferral(Stage.read("OPEN", "1.1.0.op"), 0, ANSWER, 1, "status I", "T1")));
    assertThat(
            begin(payment(new PaymentId(id.merchantId(), "late"), Operation.VOID, "txn:T1", BODY)))
        .isEqualTo(new BeginResult.OrderTaken("early"));
  }

  @Test
  void a_follow_up_that_came_before_the_original_settled_keeps_its_lock() {
    PaymentId id = fresh();
    PaymentId early = new PaymentId(id.merchantId(), "early");
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    begun(ledger, payment(early, Operation.VOID, "txn:T1", BODY));
    await(ledger.settle(lease, paid("T1")));
    assertThat(
            begin(payment(new PaymentId(id.merchantId(), "late"), Operation.VOID, "txn:T1", BODY)))
        .isEqualTo(new BeginResult.OrderTaken("early"));
    assertThat(await(ledger.findByAlias(id.merchantId(), "T1"))).isEmpty();
  }

  @Test
  void an_order_paid_by_a_payment_that_was_lost_refuses_another() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    lose(id);
    assertThat(await(ledger.settle(lease, paid("T1")))).isInstanceOf(CloseResult.Stale.class);
    assertThat(await(ledger.begin(sale(new PaymentId(id.merchantId(), "rival"), "ref:1"))))
        .isEqualTo(new BeginResult.OrderPaid(id.requestId()));
  }

  // release

  @Test
  void a_released_payment_frees_its_order_and_can_be_read() {
    PaymentId id = fresh();
    Lease lease = begun(expired, sale(id, "ref:1")).intent().lease();
    assertThat(await(ledger.release(lease, released()))).isInstanceOf(CloseResult.Closed.class);
    Payment found = find(id);
    assertThat(found.outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(found.answer()).isEqualTo(ANSWER);
    assertThat(due(id)).isEmpty();
    begun(ledger, sale(new PaymentId(id.merchantId(), "other"), "ref:1"));
  }

  @Test
  void what_is_known_of_a_lost_request_is_not_true_of_another_under_its_id() {
    PaymentId id = fresh();
    Lease lost = begun(ledger, sale(id, "ref:1")).intent().lease();
    lose(id);
    BeginResult.Begun other = begun(
        ledger,
        NewPayment.plain(
            new PaymentRef(id, "ref:1", "another"), Operation.SALE, bytes("another"), 0));
    assertThat(await(ledger.settle(lost, paid("T1")))).isInstanceOf(CloseResult.Stale.class);
    assertThat(find(id).isEnded()).isFalse();
    assertThat(await(ledger.settle(other.intent().lease(), paid("T2"))))
        .isInstanceOf(CloseResult.Closed.class);
  }

  // the set of those who have paid an order

  @Test
  void a_late_payer_takes_the_order_from_no_other_and_stays_when_that_one_ends_unpaid() {
    PaymentId late = fresh();
    PaymentId next = new PaymentId(late.merchantId(), "next");
    Lease first = begun(ledger, sale(late, "ref:1")).intent().lease();
    await(ledger.release(first, released()));
    Lease holder = begun(ledger, sale(next, "ref:1")).intent().lease();
    await(ledger.settle(first, paid("T1")));
    assertThat(standing(late)).isEqualTo(new OrderStanding("next", List.of("request")));
    assertThat(needsReview(late) && needsReview(next)).isTrue();
    await(ledger.settle(holder, unpaid()));
    assertThat(begin(sale(new PaymentId(late.merchantId(), "third"), "ref:1")))
        .isEqualTo(new BeginResult.OrderPaid("request"));
  }

  @Test
  void an_order_paid_twice_is_free_when_neither_payer_is_left() {
    PaymentId late = fresh();
    PaymentId next = new PaymentId(late.merchantId(), "next");
    PaymentId third = new PaymentId(late.merchantId(), "third");
    Lease first = begun(ledger, sale(late, "ref:1")).intent().lease();
    await(ledger.release(first, released()));
    Lease second = begun(ledger, sale(next, "ref:1")).intent().lease();
    await(ledger.settle(first, paid("T1")));
    await(ledger.settle(second, paid("T2")));
    assertThat(standing(late)).isEqualTo(new OrderStanding(null, List.of("request", "next")));
    assertThat(await(ledger.giveBack(next, "ref:1", false))).isTrue();
    assertThat(begin(sale(third, "ref:1"))).isEqualTo(new BeginResult.OrderPaid("request"));
    assertThat(await(ledger.giveBack(late, "ref:1", false))).isTrue();
    begun(ledger, sale(third, "ref:1"));
  }

  @Test
  void who_has_paid_is_remembered_while_a_follow_up_holds_the_order() {
    PaymentId id = settledPaid("ref:1");
    PaymentId refund = new PaymentId(id.merchantId(), "refund");
    Lease lease =
        begun(ledger, payment(refund, Operation.REFUND, "ref:1", BODY)).intent().lease();
    assertThat(standing(id)).isEqualTo(new OrderStanding("refund", List.of("request")));
    assertThat(await(ledger.giveBack(id, "ref:1", false))).isTrue();
    await(ledger.settle(lease, unpaid()));
    assertThat(standing(id)).isEqualTo(OrderStanding.FREE);
  }

  @Test
  void a_payer_that_was_taken_out_is_not_marked_again_by_a_late_word() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    assertThat(await(ledger.giveBack(id, "ref:1", false))).isTrue();
    await(ledger.settle(lease, paid("T1")));
    assertThat(standing(id)).isEqualTo(OrderStanding.FREE);
    lose(id);
    await(ledger.settle(lease, paid("T1")));
    assertThat(standing(id)).isEqualTo(OrderStanding.FREE);
  }

  @Test
  void the_void_of_a_refund_takes_the_order_and_brings_its_payer_back() {
    PaymentId id = settledPaid("ref:1");
    assertThat(await(ledger.giveBack(id, "ref:1", true))).isTrue();
    Lease lease = begun(ledger, voiding(id)).intent().lease();
    PaymentId other = new PaymentId(id.merchantId(), "other");
    assertThat(begin(sale(other, "ref:1"))).isEqualTo(new BeginResult.OrderTaken("void"));
    await(ledger.settle(lease, notPaying()));
    assertThat(begin(sale(other, "ref:1"))).isEqualTo(new BeginResult.OrderPaid("request"));
    assertThat(await(ledger.giveBack(id, "ref:1", true)))
        .as("its refund is undone")
        .isFalse();
  }

  @Test
  void the_void_of_a_refund_respects_who_has_paid_since() {
    PaymentId id = settledPaid("ref:1");
    await(ledger.giveBack(id, "ref:1", true));
    PaymentId other = new PaymentId(id.merchantId(), "other");
    Lease lease = begun(ledger, sale(other, "ref:1")).intent().lease();
    assertThat(begin(voiding(id))).isEqualTo(new BeginResult.OrderTaken("other"));
    await(ledger.settle(lease, paid("T2")));
    assertThat(begin(voiding(id))).isEqualTo(new BeginResult.OrderPaid("other"));
  }

  @Test
  void a_refund_whose_void_has_begun_gives_nothing_back_until_that_has_failed() {
    for (boolean release : List.of(true, false)) {
      PaymentId id = settledPaid("ref:1");
      Lease lease = begun(ledger, voiding(id)).intent().lease();
      assertThat(await(ledger.inquire(id, "ref:1"))).isEqualTo(Inquiry.KEPT);
      assertThat(await(ledger.giveBack(id, "ref:1", true))).isFalse();
      await(release ? ledger.release(lease, released()) : ledger.settle(lease, unpaid()));
      assertThat(await(ledger.giveBack(id, "ref:1", true))).isTrue();
      assertThat(standing(id)).isEqualTo(OrderStanding.FREE);
    }
  }

  @Test
  void what_moved_money_and_has_no_record_begins_no_more() {
    PaymentId id = fresh();
    await(ledger.contradict(id, "ref:1", true, "600 USD", "seen"));
    assertThat(begin(sale(id, "ref:1"))).isEqualTo(new BeginResult.OrderPaid(id.requestId()));
    assertThat(await(ledger.giveBack(id, "ref:1", false))).isTrue();
    assertThat(begin(sale(id, "ref:1"))).isInstanceOf(BeginResult.Begun.class);
  }

  @Test
  void nothing_that_follows_on_a_payment_begins_while_that_is_under_way() {
    Lease original = begun(ledger, sale(fresh(), "ref:1")).intent().lease();
    PaymentId id = original.id();
    String lock = "req:" + id.requestId();
    for (Operation operation : List.of(Operation.REFUND, Operation.VOID, Operation.TIP_ADJUST)) {
      assertThat(tries(operation, lock, id)).isEqualTo(new BeginResult.OriginalOpen());
    }
    await(ledger.defer(original, deferral("OPEN", 0)));
    assertThat(tries(Operation.REFUND, lock, id)).isEqualTo(new BeginResult.OriginalOpen());
    await(ledger.settlePaid(original.payment(), paid("T1")));
    assertThat(tries(Operation.REFUND, lock, id)).isInstanceOf(BeginResult.Begun.class);
  }

  @Test
  void a_void_begins_where_its_original_has_moved_another_amount_than_asked_for() {
    Lease original = begun(ledger, sale(fresh(), "ref:1")).intent().lease();
    PaymentId id = original.id();
    String lock = "req:" + id.requestId();
    await(ledger.defer(original, moved("600 USD")));
    assertThat(tries(Operation.REFUND, lock, id)).isEqualTo(new BeginResult.OriginalOpen());
    assertThat(tries(Operation.VOID, lock, id)).isInstanceOf(BeginResult.Begun.class);
  }

  @Test
  void what_follows_on_a_payment_that_its_transaction_names_waits_for_it_as_well() {
    Lease original = begun(ledger, sale(fresh(), "ref:1")).intent().lease();
    PaymentId id = original.id();
    await(ledger.rememberAlias(id, "T1"));
    assertThat(tries(Operation.REFUND, "txn:T1", id)).isEqualTo(new BeginResult.OriginalOpen());
  }

  @Test
  void what_is_learned_by_asking_gives_nothing_back_while_a_follow_up_is_under_way() {
    PaymentId id = settledPaid("ref:1");
    PaymentId refund = new PaymentId(id.merchantId(), "refund");
    Lease lease = begun(ledger, payment(refund, Operation.REFUND, "req:request", BODY))
        .intent()
        .lease();
    assertThat(await(ledger.inquire(id, "ref:1"))).isEqualTo(Inquiry.BUSY);
    assertThat(await(ledger.giveBack(id, "ref:1", true))).isFalse();
    await(ledger.settle(lease, notPaying()));
    assertThat(await(ledger.giveBack(id, "ref:1", true))).isTrue();
  }

  @Test
  void a_payer_is_asked_about_once_in_a_few_seconds() {
    PaymentId id = settledPaid("ref:1");
    assertThat(await(ledger.inquire(id, "ref:1"))).isEqualTo(Inquiry.ASK);
    assertThat(await(ledger.inquire(id, "ref:1"))).isEqualTo(Inquiry.KEPT);
  }

  @Test
  void what_was_learned_of_a_payer_before_its_refund_says_nothing_of_it() {
    PaymentId id = settledPaid("ref:1");
    assertThat(await(ledger.inquire(id, "ref:1"))).isEqualTo(Inquiry.ASK);
    refunded(ledger, id);
    assertThat(await(ledger.inquire(id, "ref:1"))).isEqualTo(Inquiry.ASK);
    // Another's question may not have been answered yet.
    eventually(() -> await(ledger.inquire(id, "ref:1")) == Inquiry.BUSY);
  }

  @Test
  void a_refund_that_failed_is_no_reason_to_ask_anew() {
    PaymentId id = settledPaid("ref:1");
    PaymentId refund = new PaymentId(id.merchantId(), "refund");
    Lease lease = begun(ledger, payment(refund, Operation.REFUND, "req:request", BODY))
        .intent()
        .lease();
    assertThat(await(ledger.inquire(id, "ref:1"))).isEqualTo(Inquiry.BUSY);
    await(ledger.settle(lease, unpaid()));
    assertThat(await(ledger.inquire(id, "ref:1"))).isEqualTo(Inquiry.ASK);
    assertThat(await(ledger.inquire(id, "ref:1"))).isEqualTo(Inquiry.KEPT);
  }

  @Test
  void who_was_undone_is_gone_whatever_is_done_to_it_besides() {
    PaymentId id = settledPaid("ref:1");
    assertThat(await(ledger.giveBack(id, "ref:1", true))).isTrue();
    assertThat(await(ledger.inquire(id, "ref:1"))).isEqualTo(Inquiry.GONE);
    begun(
        ledger,
        payment(new PaymentId(id.merchantId(), "again"), Operation.REFUND, "req:request", BODY));
    assertThat(await(ledger.inquire(id, "ref:1"))).isEqualTo(Inquiry.GONE);
    assertThat(await(ledger.giveBack(id, "ref:1", true))).isTrue();
  }

  @Test
  void a_refusal_that_depends_on_an_unsettled_original_is_answered_otherwise_and_stops_it() {
    for (boolean stops : List.of(true, false)) {
      PaymentId original = fresh();
      PaymentId id = new PaymentId(original.merchantId(), "follow-up");
      Lease lease = begun(ledger, payment(id, Operation.VOID, "req:request", BODY))
          .intent()
          .lease();
      Lease sale = begun(ledger, sale(original, "ref:1")).intent().lease();
      Reply busy = Reply.json(bytes("{busy}"));
      Dependence on = new Dependence(original, busy, stops);
      assertThat(await(ledger.release(lease, released(), on)))
          .isInstanceOf(CloseResult.Already.class);
      assertThat(find(id).answer()).isEqualTo(busy);
      Stage next = Stage.read("SENDING", "1.2.2.");
      assertThat(await(ledger.recordIntent(sale, next, null, null, "again")).isEmpty())
          .isEqualTo(stops);
    }
  }

  @Test
  void a_refusal_that_depends_on_an_ended_original_is_answered_as_it_is() {
    PaymentId original = settledPaid("ref:1");
    PaymentId id = new PaymentId(original.merchantId(), "follow-up");
    Lease lease =
        begun(ledger, payment(id, Operation.VOID, "req:request", BODY)).intent().lease();
    Dependence on = new Dependence(original, Reply.json(bytes("{busy}")), true);
    assertThat(await(ledger.release(lease, released(), on))).isInstanceOf(CloseResult.Closed.class);
    assertThat(find(id).answer()).isEqualTo(ANSWER);
  }

  private static NewPayment voiding(PaymentId payer) {
    return new NewPayment(
        new PaymentRef(new PaymentId(payer.merchantId(), "void"), "ref:1", "voiding"),
        Operation.VOID,
        Amount.UNSAID,
        new NewPayment.Bytes(bytes(BODY), bytes(BODY)),
        new NewPayment.OrderClaim(new Voided(payer.requestId(), "refund"), null),
        new NewPayment.Caller(Account.DEFAULT, null, 20_000, null),
        TimelineEvent.of(TimelineEvent.Kind.BEGUN));
  }

  private OrderStanding standing(PaymentId of) {
    return await(ledger.standing(of, "ref:1"));
  }

  // defer

  @Test
  void a_deferred_payment_is_due_after_its_pause_and_its_lease_is_worth_nothing() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    Deferral open = new Deferral(Stage.read("OPEN", "1.1.0.op"), LEASE, ANSWER, 3, "status I");
    assertThat(await(ledger.defer(lease, open))).isTrue();
    Payment found = find(id);
    assertThat(found.stage()).isEqualTo(open.stage());
    assertThat(found.history()).isEqualTo(open.stage().history());
    assertThat(found.answer()).isEqualTo(ANSWER);
    assertThat(found.steps()).isEqualTo(3);
    assertThat(events(found)).containsExactly("begun", "status I");
    assertThat(due(id)).isEmpty();
    assertThat(await(ledger.defer(lease, open))).isFalse();
    assertThat(await(ledger.recordIntent(lease, Stage.first(), null, null, "resend")))
        .isEmpty();
    assertThat(find(id))
        .usingRecursiveComparison()
        .ignoringFields("times.nowMillis")
        .isEqualTo(found);
  }

  @Test
  void a_deferral_without_an_answer_keeps_the_one_there_is() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    await(ledger.defer(lease, new Deferral(Stage.read("OPEN", "1.1.0.op"), 0, ANSWER, 1, "I")));
    assertThat(due(id)).containsExactly(id);
    await(ledger.defer(claimed(id).lease(), deferral("OPEN", 0)));
    assertThat(find(id).answer()).isEqualTo(ANSWER);
  }

  @Test
  void a_payment_is_listed_for_review_as_long_as_it_needs_attention() {
    PaymentId id = fresh();
    await(
        ledger.defer(begun(ledger, sale(id, "ref:1")).intent().lease(), deferral("ATTENTION", 0)));
    assertThat(needsReview(id)).isTrue();
    await(ledger.defer(claimed(id).lease(), deferral("ATTENTION", 0)));
    assertThat(needsReview(id)).isTrue();
    await(ledger.defer(claimed(id).lease(), deferral("OPEN", 0)));
    assertThat(needsReview(id)).isFalse();
    await(ledger.defer(claimed(id).lease(), deferral("ATTENTION", 0)));
    await(ledger.settle(claimed(id).lease(), paid("T1")));
    assertThat(needsReview(id)).isFalse();
  }

  // claim

  @Test
  void a_due_payment_is_taken_over_once_with_its_body() {
    PaymentId id = fresh();
    Lease lost = begun(expired, sale(id, "ref:1")).intent().lease();
    Claimed claimed = claimed(id);
    assertThat(claimed.payment().body()).asString().isEqualTo(BODY);
    assertThat(claimed.payment().stage()).isEqualTo(Stage.first());
    assertThat(claimed.lease().order()).isEqualTo("ref:1");
    assertThat(claimed.lease().token()).isNotEqualTo(lost.token());
    assertThat(await(ledger.claim(id))).isEmpty();
    assertThat(due(id)).isEmpty();
    assertThat(await(ledger.defer(lost, deferral("IN_DOUBT", 0)))).isFalse();
    assertThat(await(ledger.recordIntent(lost, Stage.first(), null, null, "resend")))
        .isEmpty();
    assertThat(await(ledger.defer(claimed.lease(), deferral("IN_DOUBT", 0)))).isTrue();
  }

  @Test
  void what_is_not_due_or_unknown_is_not_claimed() {
    PaymentId id = fresh();
    assertThat(await(ledger.claim(id))).isEmpty();
    begun(ledger, sale(id, "ref:1"));
    assertThat(await(ledger.claim(id))).isEmpty();
  }

  private static final Map<Account, Long> OFF = Map.of(Account.DEFAULT, 60_000L);
  private static final Claim PUT_OFF = new Claim.PutOff(Account.DEFAULT);

  private Claimed taken(Future<Claim> claim) {
    return Claimed.class.cast(await(claim));
  }

  @Test
  void of_what_may_be_looked_at_the_account_is_returned_and_its_due_time_stands() {
    PaymentId id = fresh();
    await(ledger.defer(begun(ledger, sale(id, "ref:1")).intent().lease(), deferral("IN_DOUBT", 0)));
    for (int look = 0; look < 2; look++) {
      assertThat(await(ledger.claim(id, Map.of(Account.DEFAULT, 0L)))).isEqualTo(PUT_OFF);
      assertThat(due(id)).contains(id);
    }
    taken(ledger.claim(id, Map.of()));
  }

  @Test
  void while_one_account_is_not_asked_about_another_is() {
    Account eu = new Account("eu");
    Ledger two =
        ledger(at(new HomePlatform("platform", Set.of("eu"), 600_000, 15_000, System::nanoTime)));
    PaymentId id = fresh();
    NewPayment plain = sale(id, "ref:1");
    NewPayment european = new NewPayment(
        plain.ref(),
        Operation.SALE,
        plain.amount(),
        plain.bytes(),
        NewPayment.OrderClaim.NONE,
        new NewPayment.Caller(eu, null, 20_000, null),
        plain.begun());
    await(two.defer(begun(two, european).intent().lease(), deferral("IN_DOUBT", 0)));
    Lease lease = taken(two.claim(id, OFF)).lease();
    await(two.defer(lease, deferral("IN_DOUBT", 0)));
    assertThat(await(two.claim(id, Map.of(eu, 60_000L))))
        .as("not by all that it names")
        .isEqualTo(new Claim.PutOff(eu));
  }

  @Test
  void without_confirms_what_can_only_be_confirmed_waits_and_keeps_its_due_time() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    for (String stage : List.of("IN_DOUBT", "OPEN", "ATTENTION")) {
      await(ledger.defer(lease, deferral(stage, 0)));
      assertThat(await(ledger.claim(id, OFF))).as(stage).isEqualTo(PUT_OFF);
      assertThat(due(id)).as("not now").isEmpty();
      await(ledger.expedite(id, "asked for"));
      assertThat(await(ledger.claim(id, Map.of(Account.DEFAULT, 1L))))
          .as("for a moment")
          .isEqualTo(PUT_OFF);
      eventually(() -> due(id).contains(id));
      lease = claimed(id).lease();
    }
  }

  @Test
  void without_confirms_what_needs_none_is_taken_all_the_same() {
    PaymentId sending = fresh();
    begun(expired, sale(sending, "ref:1"));
    taken(ledger.claim(sending, OFF));
    PaymentId held = fresh();
    await(ledger.defer(begun(ledger, sale(held, "ref:2")).intent().lease(), deferral("HELD", 0)));
    taken(ledger.claim(held, OFF));
    PaymentId page = fresh();
    NewPayment session = payment(page, Operation.CREATE_SESSION, "ref:3", BODY);
    await(ledger.defer(begun(ledger, session).intent().lease(), deferral("IN_DOUBT", 0)));
    taken(ledger.claim(page, OFF));
  }

  @Test
  void without_confirms_what_must_be_listed_for_review_is_taken() {
    Ledger late = ledger(at(new HomePlatform("platform", -1, 15_000, System::nanoTime)));
    PaymentId id = fresh();
    await(ledger.defer(begun(ledger, sale(id, "ref:1")).intent().lease(), deferral("IN_DOUBT", 0)));
    Lease lease = taken(late.claim(id, OFF)).lease();
    await(ledger.defer(lease, deferral("ATTENTION", 0)));
    assertThat(await(late.claim(id, OFF))).as("it is before one").isEqualTo(PUT_OFF);
  }

  @Test
  void a_claim_clears_away_what_is_left_of_a_lost_record() {
    PaymentId id = fresh();
    await(
        ledger.defer(begun(ledger, sale(id, "ref:1")).intent().lease(), deferral("ATTENTION", 0)));
    lose(id);
    assertThat(due(id)).containsExactly(id);
    assertThat(await(ledger.claim(id))).isEmpty();
    assertThat(due(id)).isEmpty();
    assertThat(needsReview(id)).isFalse();
  }

  private int next;

  private Lease tip(String original) {
    return begun(ledger, payment(fresh(), Operation.TIP_ADJUST, original, BODY))
        .intent()
        .lease();
  }

  private BeginResult tries(Operation operation, String original, PaymentId like) {
    PaymentId id = new PaymentId(like.merchantId(), "next-" + original + operation + ++next);
    return await(ledger.begin(payment(id, operation, original, BODY)));
  }

  @Test
  void tips_of_an_original_wait_for_one_another_and_hold_up_nothing_else() {
    Lease tip = tip("req:orig");
    assertThat(tries(Operation.TIP_ADJUST, "req:orig", tip.id()))
        .isEqualTo(new BeginResult.OrderTaken(tip.id().requestId()));
    assertThat(tries(Operation.REFUND, "req:orig", tip.id())).isInstanceOf(BeginResult.Begun.class);
    await(ledger.settle(tip, paid(null)));
    assertThat(tries(Operation.TIP_ADJUST, "req:orig", tip.id()))
        .isInstanceOf(BeginResult.Begun.class);
  }

  @Test
  void a_tip_that_was_sent_again_keeps_others_waiting_after_its_success() {
    Lease tip = tip("req:orig");
    await(ledger.recordIntent(tip, Stage.read("SENDING", "1.2.2."), null, null, "again"));
    await(ledger.settle(tip, paid(null)));
    assertThat(tries(Operation.TIP_ADJUST, "req:orig", tip.id()))
        .isEqualTo(new BeginResult.OrderTaken(tip.id().requestId()));
    assertThat(tries(Operation.REFUND, "req:orig", tip.id())).isInstanceOf(BeginResult.Begun.class);
  }

  @Test
  void a_tip_that_was_sent_again_keeps_others_waiting_after_its_failure() {
    Lease tip = tip("req:orig");
    await(ledger.recordIntent(tip, Stage.read("SENDING", "1.2.2."), null, null, "again"));
    await(ledger.settle(tip, unpaid()));
    assertThat(tries(Operation.TIP_ADJUST, "req:orig", tip.id()))
        .isEqualTo(new BeginResult.OrderTaken(tip.id().requestId()));
  }

  @Test
  void a_tip_whose_refused_send_was_repeated_keeps_no_other_waiting() {
    Lease tip = tip("req:orig");
    await(ledger.recordIntent(tip, Stage.read("SENDING", "1.2.1."), null, null, "again"));
    await(ledger.settle(tip, paid(null)));
    assertThat(tries(Operation.TIP_ADJUST, "req:orig", tip.id()))
        .isInstanceOf(BeginResult.Begun.class);
  }

  @Test
  void an_original_named_by_its_transaction_has_the_tips_of_the_one_named_by_its_request() {
    PaymentId sale = fresh();
    Lease paid = begun(ledger, sale(sale, "ref:1")).intent().lease();
    await(ledger.settle(paid, paid("T1")));
    NewPayment first = payment(
        new PaymentId(sale.merchantId(), "tip-1"),
        Operation.TIP_ADJUST,
        "req:" + sale.requestId(),
        BODY);
    begun(ledger, first);
    assertThat(tries(Operation.TIP_ADJUST, "txn:T1", sale))
        .isEqualTo(new BeginResult.OrderTaken("tip-1"));
  }

  /** The send's own time is kept beside the ledger's. */
  private static void isStamped(Payment found, Intent intent) {
    assertThat(found.intentAtMillis() + found.times().platformAheadMillis())
        .isEqualTo(intent.stampedAtMillis());
  }

  // attempt

  @Test
  void an_attempt_is_an_intent_and_a_new_lease() {
    PaymentId id = fresh();
    Lease lease = begun(expired, sale(id, "ref:1")).intent().lease();
    Stage next = Stage.read("SENDING", "1.2.2.");
    Optional<Intent> intent = await(ledger.recordIntent(lease, next, ANSWER, null, "resend"));
    assertThat(intent).isPresent();
    assertThat(intent.get().lease()).isEqualTo(lease);
    Payment found = find(id);
    assertThat(found.stage()).isEqualTo(next);
    assertThat(found.answer()).isEqualTo(ANSWER);
    assertThat(found.intentAtMillis()).isGreaterThanOrEqualTo(found.begunAtMillis());
    isStamped(found, intent.get());
    assertThat(events(found)).containsExactly("begun", "resend");
    assertThat(due(id)).isEmpty();
  }

  @Test
  void an_ended_payment_gives_no_intent() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    await(ledger.settle(lease, paid("T1")));
    assertThat(await(ledger.recordIntent(lease, Stage.first(), null, null, "resend")))
        .isEmpty();
    assertThat(await(ledger.defer(lease, deferral("IN_DOUBT", 0)))).isFalse();
    PaymentId back = fresh();
    Lease released = begun(ledger, sale(back, "ref:1")).intent().lease();
    await(ledger.release(released, released()));
    assertThat(await(ledger.recordIntent(released, Stage.first(), null, null, "resend")))
        .isEmpty();
  }

  @Test
  void a_released_payment_gives_no_intent() {
    Lease lease = begun(ledger, sale(fresh(), "ref:1")).intent().lease();
    await(ledger.release(lease, released()));
    assertThat(await(ledger.recordIntent(lease, Stage.first(), null, null, "resend")))
        .isEmpty();
  }

  // abort

  @Test
  void an_aborted_payment_gives_no_intent_any_more_and_says_so() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    Payment noted = await(ledger.abort(id)).orElseThrow();
    assertThat(noted.stage()).isEqualTo(Stage.first().aborted());
    assertThat(noted.history().has(Mark.ABORTED)).isTrue();
    assertThat(await(ledger.recordIntent(lease, Stage.first(), null, null, "resend")))
        .isEmpty();
    assertThat(await(ledger.defer(lease, deferral("IN_DOUBT", 0)))).isTrue();
    assertThat(find(id).stage().history().has(Mark.ABORTED)).isTrue();
    assertThat(events(find(id))).containsExactly("begun", "abort asked for", "deferred");
  }

  @Test
  void an_ended_or_unknown_payment_cannot_be_aborted() {
    PaymentId id = settledPaid("ref:1");
    assertThat(await(ledger.abort(id)).orElseThrow().history().has(Mark.ABORTED))
        .isFalse();
    assertThat(await(ledger.abort(fresh()))).isEmpty();
  }

  @Test
  void a_released_payment_that_begins_again_is_not_aborted() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    await(ledger.abort(id));
    await(ledger.release(lease, released()));
    assertThat(find(id).history().has(Mark.ABORTED)).isTrue();
    begun(ledger, sale(id, "ref:1"));
    assertThat(find(id).history().has(Mark.ABORTED)).isFalse();
  }

  // expedite

  @Test
  void an_expedited_payment_is_due_now_unless_it_is_leased() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    await(ledger.defer(lease, deferral("IN_DOUBT", LEASE)));
    assertThat(due(id)).isEmpty();
    await(ledger.expedite(id, "webhook"));
    assertThat(due(id)).containsExactly(id);
    Lease next = await(ledger.claim(id)).orElseThrow().lease();
    await(ledger.expedite(id, "again"));
    assertThat(due(id)).isEmpty();
    assertThat(await(ledger.claim(id))).isEmpty();
    assertThat(await(ledger.defer(next, deferral("IN_DOUBT", LEASE)))).isTrue();
    assertThat(events(find(id)))
        .containsExactly("begun", "deferred", "webhook", "again", "deferred");
  }

  @Test
  void what_another_of_its_ids_moved_stays_listed_for_review_when_the_payment_is_paid() {
    for (String ends : List.of("T1", "T-old", "person", "plain")) {
      PaymentId id = fresh();
      Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
      String moved = ends.equals("plain") ? "600 USD" : "600 USD as T-old";
      await(ledger.defer(lease, moved(moved)));
      Lease second = await(ledger.takeOver(id, "again")).orElseThrow().lease();
      await(ledger.defer(second, moved("700 USD")));
      assertThat(find(id).otherAmount()).isEqualTo(ends.equals("plain") ? "700 USD" : moved);
      Settlement paid = paid(ends.equals("T-old") ? "T-old" : "T1");
      String decided = TimelineEvent.of(TimelineEvent.Kind.PERSON)
          .with(TimelineEvent.Field.SAYS, "paid")
          .with(TimelineEvent.Field.BY, "ann")
          .encode();
      Settlement end = ends.equals("person") ? said(paid, decided) : paid;
      assertThat(await(ledger.settlePaid(second.payment(), end)))
          .isInstanceOf(CloseResult.Closed.class);
      assertThat(find(id).outcome()).isEqualTo(Outcome.PAID);
      assertThat(needsReview(id)).as(ends).isEqualTo(ends.equals("T1"));
      assertThat(kinds(id))
          .as(ends)
          .isEqualTo(
              ends.equals("T1")
                  ? List.of("settled PAID ", "contradicted PAID PAID")
                  : List.of("settled PAID "));
      if (ends.equals("T1")) {
        assertThat(journal(id).get(0).otherAmount()).isEmpty();
        assertThat(journal(id).get(1).otherAmount()).isEqualTo("600 USD");
        assertThat(journal(id).get(1).transactionId()).isEqualTo("T-old");
      }
    }
  }

  private static Deferral moved(String amount) {
    return new Deferral(
        Stage.read("ATTENTION", "2.2.1."), LEASE, null, 1, "another amount", null, amount);
  }

  private static Settlement said(Settlement end, String event) {
    return new Settlement(
        end.outcome(),
        end.answer(),
        end.history(),
        end.transactionId(),
        end.platformId(),
        end.paysOrder(),
        event);
  }

  @Test
  void what_was_hurried_under_a_lease_is_due_once_it_is_put_off_and_only_that_time() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    await(ledger.expedite(id, "webhook"));
    await(ledger.defer(lease, deferral("IN_DOUBT", LEASE)));
    eventually(() -> due(id).contains(id));
    Lease next = await(ledger.takeOver(id, "an operator asks")).orElseThrow().lease();
    await(ledger.defer(next, deferral("IN_DOUBT", LEASE)));
    assertThat(isDueOnceAnother(id)).isFalse();
  }

  @Test
  void what_was_hurried_under_a_lease_that_ended_is_looked_at_once_by_the_next_worker() {
    PaymentId id = fresh();
    begun(expired, sale(id, "ref:1"));
    await(ledger.expedite(id, "webhook"));
    Lease next = await(ledger.claim(id)).orElseThrow().lease();
    await(ledger.defer(next, deferral("IN_DOUBT", LEASE)));
    assertThat(isDueOnceAnother(id)).isFalse();
  }

  /** Whether it is due by the time that another is, which was put off later, by one millisecond. */
  private boolean isDueOnceAnother(PaymentId id) {
    PaymentId other = new PaymentId(id.merchantId(), "other");
    await(ledger.defer(
        begun(ledger, sale(other, "ref:2")).intent().lease(), deferral("IN_DOUBT", 1)));
    eventually(() -> due(id).contains(other));
    return due(id).contains(id);
  }

  @Test
  void a_hurried_payment_that_was_overdue_stays_as_overdue_as_it_was() {
    PaymentId id = fresh();
    PaymentId other = new PaymentId(id.merchantId(), "other");
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    await(ledger.expedite(id, "webhook"));
    await(ledger.defer(lease, deferral("IN_DOUBT", -30_000)));
    await(ledger.defer(
        begun(ledger, sale(other, "ref:2")).intent().lease(), deferral("OPEN", -10_000)));
    assertThat(due(id)).containsExactly(id, other);
  }

  @Test
  void an_ended_or_unknown_payment_cannot_be_hurried() {
    PaymentId id = settledPaid("ref:1");
    await(ledger.expedite(id, "webhook"));
    await(ledger.expedite(new PaymentId(id.merchantId(), "unknown"), "webhook"));
    assertThat(due(id)).isEmpty();
    assertThat(events(find(id))).containsExactly("begun", "paid");
  }

  // due

  @Test
  void the_most_overdue_comes_first() {
    PaymentId first = alone();
    PaymentId second = new PaymentId(first.merchantId(), "second");
    PaymentId third = new PaymentId(first.merchantId(), "third");
    await(ledger.defer(
        begun(ledger, sale(first, "ref:1")).intent().lease(), deferral("OPEN", -10_000)));
    await(ledger.defer(
        begun(ledger, sale(second, "ref:2")).intent().lease(), deferral("OPEN", -30_000)));
    await(ledger.defer(
        begun(ledger, sale(third, "ref:3")).intent().lease(), deferral("OPEN", -20_000)));
    assertThat(due(first)).containsExactly(second, third, first);
    assertThat(await(ledger.due(LedgerKeys.of(first).shard(), 2))).containsExactly(second, third);
  }

  @Test
  void a_glance_names_the_shards_that_have_anything_due() {
    List<Integer> all = IntStream.range(0, Shards.COUNT).boxed().toList();
    List<Integer> others = await(ledger.glance(all)); // of other tests' payments
    PaymentId first = elsewhere(others);
    int shard = Shards.of(first.merchantId());
    Lease lease = begun(ledger, sale(first, "ref:1")).intent().lease();
    PaymentId later = elsewhere(Stream.concat(others.stream(), Stream.of(shard)).toList());
    begun(ledger, sale(later, "ref:1"));
    assertThat(await(ledger.glance(all))).doesNotContain(shard, Shards.of(later.merchantId()));
    await(ledger.defer(lease, deferral("OPEN", -10_000)));
    assertThat(await(ledger.glance(all)))
        .contains(shard)
        .doesNotContain(Shards.of(later.merchantId()));
    assertThat(await(ledger.glance(List.of(Shards.of(later.merchantId()), shard))))
        .containsExactly(shard);
    assertThat(await(ledger.glance(List.of()))).isEmpty();
  }

  // names

  @Test
  void names_may_hold_what_callers_write() {
    PaymentId id = new PaymentId(fresh().merchantId(), "Zahlung ü:1 {x}");
    Lease lease =
        begun(expired, sale(id, "ref:Bestellung {s1}:paid:x/y")).intent().lease();
    assertThat(due(id)).containsExactly(id);
    await(ledger.settle(
        lease,
        new Settlement(
            Outcome.PAID,
            new Reply("text/plain", "ü\n\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
            History.FIRST,
            "T:1",
            "p",
            true,
            "paid")));
    assertThat(find(id).answer().body()).asString().isEqualTo("ü\n\n");
    assertThat(await(ledger.findByAlias(id.merchantId(), "T:1"))).contains(id);
    assertThat(begin(sale(new PaymentId(id.merchantId(), "b"), "ref:Bestellung {s1}:paid:x/y")))
        .isEqualTo(new BeginResult.OrderPaid(id.requestId()));
  }

  private Claimed claimed(PaymentId id) {
    return await(ledger.claim(id)).orElseThrow();
  }

  private Payment find(PaymentId id) {
    return await(ledger.find(id)).orElseThrow();
  }

  private Lease lease(PaymentId id, String token) {
    return Leases.of(id, "ref:1", token, find(id).fingerprint());
  }

  /**
   * A fresh one whose shard has nothing due of other tests': merchants' names meet in a shard by
   * chance.
   */
  protected final PaymentId alone() {
    return Stream.generate(LedgerWords::fresh)
        .filter(id -> await(ledger.due(LedgerKeys.of(id).shard(), 1)).isEmpty())
        .findFirst()
        .orElseThrow();
  }

  private List<PaymentId> due(PaymentId like) {
    return await(ledger.due(LedgerKeys.of(like).shard(), 1000)).stream()
        .filter(id -> id.merchantId().equals(like.merchantId()))
        .toList();
  }

  public BeginResult begin(NewPayment payment) {
    return await(ledger.begin(payment));
  }

  public Payment known(NewPayment payment) {
    return ((BeginResult.Known) begin(payment)).payment();
  }

  private PaymentId settledPaid(String order) {
    PaymentId id = fresh();
    await(ledger.settle(begun(ledger, sale(id, order)).intent().lease(), paid("T1")));
    return id;
  }
}
