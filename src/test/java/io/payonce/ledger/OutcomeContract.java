package io.payonce.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.payonce.model.Amount;
import io.payonce.model.Lease;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;
import io.payonce.model.Reply;
import io.payonce.model.TimelineEvent;
import io.payonce.recovery.History;
import io.payonce.recovery.Stage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every ledger writes down of how payments end, and what their callers are to be notified of.
 */
abstract class OutcomeContract extends LedgerWords {
  private static final String URL = "https://shop.example/hook?of=order-1";

  /** What the journal has of a payment, the oldest first. */
  public abstract List<OutcomeLine> journal(PaymentId id);

  /** What the payment's caller is to be notified of, the oldest first; none when it is not due. */
  public abstract List<NoticeLine> notices(PaymentId id);

  /** Whether the payment is listed for an operator. */
  public abstract boolean needsReview(PaymentId id);

  /** The timeline of money that moved for what has no record. */
  public abstract String left(PaymentId id);

  /** Loses a payment's record, as a failover may, and nothing else. */
  public abstract void lose(PaymentId id);

  /**
   * What an operator does who has seen why an ended payment is listed for review.
   *
   * @param disowned the order that it has not paid, as he decided; else null
   */
  public abstract boolean decides(PaymentId id, String disowned, String event);

  // the journal

  @Test
  void the_journal_says_who_ended_how_with_what_names_and_by_which_rule() {
    PaymentId id = fresh();
    String rule = TimelineEvent.of(TimelineEvent.Kind.ANSWERED)
        .with(TimelineEvent.Field.STATUS, "S")
        .with(TimelineEvent.Field.RULE, "the platform says paid")
        .encode();
    Settlement paid = new Settlement(
        Outcome.PAID, ANSWER, History.decode("2.3.1."), "T1", "request~2", true, rule);
    await(ledger.settle(leased(asked(id, null)), paid));
    assertThat(journal(id))
        .containsExactly(new OutcomeLine(
            "settled",
            id,
            Operation.SALE,
            "ref:1",
            Amount.UNSAID.encode(),
            "",
            "PAID",
            "",
            "2.3.1.",
            "T1",
            "request~2",
            "platform",
            "app-1",
            "the platform says paid"));
  }

  @Test
  void what_ends_is_in_the_journal_once_however_often_and_by_whomever_it_is_settled() {
    PaymentId id = fresh();
    Lease first = begun(expired, sale(id, "ref:1")).intent().lease();
    Lease second = await(expired.claim(id)).orElseThrow().lease();
    await(ledger.settle(first, unpaid()));
    assertThat(journal(id)).isEmpty();
    await(ledger.settle(second, unpaid()));
    await(ledger.settle(second, unpaid()));
    await(ledger.settle(first, refused()));
    assertThat(kinds(id)).containsExactly("settled UNPAID ");
  }

  @Test
  void the_journal_names_both_outcomes_where_an_answer_is_contradicted_and_once() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    await(ledger.settle(lease, unpaid()));
    await(ledger.settlePaid(lease.payment(), paid("T1")));
    await(ledger.settle(lease, paid("T1")));
    assertThat(kinds(id)).containsExactly("settled UNPAID ", "contradicted PAID UNPAID");
    assertThat(journal(id).get(1).transactionId()).isEqualTo("T1");
    assertThat(events(await(ledger.find(id)).orElseThrow()))
        .containsOnlyOnce(paid("T1").event());
    assertThat(decides(id, null, "seen")).isTrue();
    await(ledger.settlePaid(lease.payment(), paid("T1")));
    assertThat(needsReview(id)).as("said once more, an operator has seen it").isFalse();
    assertThat(await(ledger.begin(sale(id.other("rival"), "ref:1"))))
        .isEqualTo(new BeginResult.OrderPaid(id.requestId()));
  }

  @Test
  void each_id_that_is_paid_after_an_unpaid_answer_is_in_the_journal_once() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    await(ledger.settle(lease, unpaid()));
    for (int i = 0; i < 2; i++) {
      for (String platformId : List.of("first", "second", id.requestId())) {
        await(ledger.settlePaid(lease.payment(), as(platformId, paid("T-" + platformId))));
      }
    }
    assertThat(journal(id))
        .extracting(OutcomeLine::kind, OutcomeLine::transactionId)
        .containsExactly(
            tuple("settled", ""),
            tuple("contradicted", "T-first"),
            tuple("contradicted", "T-second"),
            tuple("contradicted", "T-" + id.requestId()));
  }

  @Test
  void what_is_said_again_of_money_that_moved_leaves_no_second_line() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    await(ledger.settle(lease, unpaid()));
    for (int i = 0; i < 2; i++) {
      assertThat(await(ledger.contradict(id, "ref:1", true, "600 USD", "shown")))
          .isEqualTo(Contradiction.NOTED);
    }
    assertThat(events(await(ledger.find(id)).orElseThrow())).containsOnlyOnce("shown");
    assertThat(needsReview(id)).isTrue();
    PaymentId forgotten = fresh();
    for (int i = 0; i < 2; i++) {
      assertThat(await(ledger.contradict(forgotten, "ref:1", true, "600 USD", "shown")))
          .isEqualTo(Contradiction.NOTED);
    }
    assertThat(left(forgotten)).containsOnlyOnce("shown");
  }

  @Test
  void money_that_moved_for_a_lost_payment_is_in_the_journal() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    lose(id);
    await(ledger.settle(lease, unpaid()));
    assertThat(journal(id)).isEmpty();
    await(ledger.settle(lease, paid("T1")));
    assertThat(kinds(id)).containsExactly("contradicted PAID ");
    await(ledger.settle(lease, paid("T1")));
    await(ledger.settlePaid(lease.payment(), paid("T1")));
    assertThat(kinds(id)).as("seen again, it is no news").hasSize(1);
    assertThat(notices(id).size()).isLessThanOrEqualTo(1);
    await(ledger.settlePaid(lease.payment(), as("another-id", paid("T2"))));
    assertThat(kinds(id)).as("another of its ids").hasSize(2);
  }

  /** A failover has lost the record, and its id has been begun again with another request. */
  @Test
  void money_that_moved_for_a_request_whose_id_is_another_ones_by_now_is_known_everywhere() {
    for (String order : List.of("ref:1", "ref:2")) {
      PaymentId id = fresh();
      Lease lost = begun(ledger, sale(id, "ref:1")).intent().lease();
      lose(id);
      Lease live = begun(ledger, other(id, order)).intent().lease();
      assertThat(await(ledger.settle(lost, unpaid()))).isInstanceOf(CloseResult.Stale.class);
      assertThat(await(ledger.release(lost, released()))).isInstanceOf(CloseResult.Stale.class);
      assertThat(journal(id)).isEmpty();
      for (int i = 0; i < 2; i++) {
        assertThat(await(ledger.settle(lost, paid("T1")))).isInstanceOf(CloseResult.Stale.class);
        assertThat(await(ledger.settlePaid(lost.payment(), paid("T1"))))
            .isInstanceOf(CloseResult.Stale.class);
      }
      assertThat(kinds(id)).containsExactly("contradicted PAID ");
      assertThat(journal(id).get(0).transactionId()).isEqualTo("T1");
      assertThat(needsReview(id)).isTrue();
      Payment stands = await(ledger.find(id)).orElseThrow();
      assertThat(stands.isEnded()).isFalse();
      assertThat(stands.timeline()).containsOnlyOnce("another request of this id is paid: T1");
      assertThat(await(ledger.recordIntent(live, Stage.first(), null, null, "again")))
          .as("the platform has one transaction under one id")
          .isEmpty();
      assertThat(await(ledger.standing(id, order)).holder()).isEqualTo(id.requestId());
      Stage asked = Stage.read("ATTENTION", "1.1.0.");
      await(ledger.defer(live, new Deferral(asked, 0, null, 1, "asks", null)));
      await(ledger.settle(await(ledger.takeOver(id, "again")).orElseThrow().lease(), unpaid()));
      assertThat(await(ledger.begin(sale(id.other("rival"), "ref:1"))))
          .isEqualTo(new BeginResult.OrderPaid(id.requestId()));
      assertThat(kinds(id)).containsExactly("contradicted PAID ", "settled UNPAID ");
      assertThat(needsReview(id)).isTrue();
    }
  }

  @Test
  void what_is_released_stays_listed_when_another_request_of_its_id_is_paid() {
    PaymentId id = fresh();
    Lease lost = begun(ledger, sale(id, "ref:1")).intent().lease();
    lose(id);
    Lease live = begun(ledger, other(id, "ref:1")).intent().lease();
    await(ledger.settle(lost, paid("T1")));
    await(ledger.quarantine(live, "a cause"));
    Lease taken = await(ledger.takeOver(id, "again")).orElseThrow().lease();
    await(ledger.release(taken, released()));
    assertThat(needsReview(id)).isTrue();
    assertThat(await(ledger.standing(id, "ref:1")).payers()).containsExactly(id.requestId());
  }

  @Test
  void what_has_ended_keeps_its_answer_though_another_request_of_its_id_is_paid() {
    for (Settlement end : List.of(paid("T2"), unpaid(), released())) {
      PaymentId id = fresh();
      Lease lost = begun(ledger, sale(id, "ref:1")).intent().lease();
      lose(id);
      Lease live = begun(ledger, other(id, "ref:2")).intent().lease();
      await(
          end.outcome() == Outcome.RELEASED ? ledger.release(live, end) : ledger.settle(live, end));
      await(ledger.settle(lost, paid("T1")));
      Payment stands = await(ledger.find(id)).orElseThrow();
      assertThat(stands.outcome()).isEqualTo(end.outcome());
      assertThat(stands.timeline()).contains("another request of this id is paid: T1");
      assertThat(needsReview(id)).isTrue();
      assertThat(kinds(id)).contains("contradicted PAID ");
      assertThat(await(ledger.standing(id, "ref:1")).payers()).containsExactly(id.requestId());
    }
  }

  private static NewPayment other(PaymentId id, String order) {
    return NewPayment.plain(
        new PaymentRef(id, order, "another"),
        Operation.SALE,
        "another".getBytes(StandardCharsets.UTF_8),
        0);
  }

  private static Settlement as(String platformId, Settlement paid) {
    return new Settlement(
        paid.outcome(),
        paid.answer(),
        paid.history(),
        paid.transactionId(),
        platformId,
        paid.paysOrder(),
        paid.event());
  }

  @Test
  void money_that_moved_for_a_forgotten_payment_is_in_the_journal_once() {
    PaymentId id = fresh();
    Lease lease =
        begun(ledger(LedgerContract.FORGETFUL), sale(id, "ref:1")).intent().lease();
    await(ledger(LedgerContract.FORGETFUL).settle(lease, unpaid()));
    await(ledger.settle(lease, paid("T1")));
    await(ledger.settle(lease, paid("T1")));
    assertThat(kinds(id)).containsExactly("settled UNPAID ", "contradicted PAID UNPAID");
  }

  @Test
  void a_forgotten_payment_that_was_paid_is_no_news_when_it_is_seen_paid() {
    PaymentId id = fresh();
    Lease lease =
        begun(ledger(LedgerContract.FORGETFUL), sale(id, "ref:1")).intent().lease();
    await(ledger(LedgerContract.FORGETFUL).settle(lease, paid("T1")));
    await(ledger.settle(lease, paid("T1")));
    assertThat(kinds(id)).containsExactly("settled PAID ");
  }

  @Test
  void without_a_journal_none_is_written_and_callers_are_notified_all_the_same() {
    PaymentId id = fresh();
    Ledger silent = ledger(LedgerWords.journalling(settings(LEASE, KEEP, KEEP, true), 0));
    await(silent.settle(leased(asked(id, new Road(URL))), paid("T1")));
    assertThat(journal(id)).isEmpty();
    assertThat(notices(id)).hasSize(1);
  }

  @Test
  void a_release_is_in_the_journal_if_its_caller_was_not_answered_with_it() {
    PaymentId direct = fresh();
    await(ledger.release(leased(sale(direct, "ref:1")), released()));
    assertThat(journal(direct)).isEmpty();
    PaymentId deferred = fresh();
    Lease lease = begun(expired, sale(deferred, "ref:1")).intent().lease();
    await(expired.defer(lease, deferral("HELD", 0)));
    await(ledger.release(lease, released()));
    assertThat(journal(deferred)).isEmpty();
    await(ledger.release(await(expired.claim(deferred)).orElseThrow().lease(), released()));
    assertThat(kinds(deferred)).containsExactly("released RELEASED ");
    PaymentId takenOver = fresh();
    begun(expired, sale(takenOver, "ref:1"));
    await(ledger.release(await(expired.claim(takenOver)).orElseThrow().lease(), released()));
    assertThat(kinds(takenOver)).containsExactly("released RELEASED ");
    PaymentId slow = fresh();
    NewPayment async =
        NewPayment.plain(new PaymentRef(slow, "ref:1", "print"), Operation.SALE, bytes(BODY), 0);
    await(ledger.release(leased(async), released()));
    assertThat(kinds(slow)).containsExactly("released RELEASED ");
  }

  @Test
  void what_was_released_and_is_paid_after_all_has_ended_once() {
    PaymentId id = fresh();
    Lease lease = deferred(id, null);
    await(ledger.release(lease, released()));
    await(ledger.settle(lease, paid("T1")));
    assertThat(kinds(id)).containsExactly("released RELEASED ", "settled PAID RELEASED");
  }

  @Test
  void an_id_that_begins_again_shows_its_whole_story() {
    PaymentId id = fresh();
    await(ledger.release(deferred(id, null), released()));
    await(ledger.settle(leased(asked(id, null)), paid("T1")));
    assertThat(kinds(id)).containsExactly("released RELEASED ", "settled PAID ");
  }

  @Test
  void another_amount_that_moved_is_in_the_journal_once_each() {
    PaymentId id = fresh();
    Lease lease = leased(sale(id, "ref:1"));
    await(ledger.contradict(id, "ref:1", true, "90 USD", "early"));
    await(ledger.settle(lease, unpaid()));
    await(ledger.contradict(id, "ref:1", true, "90 USD", "a query shows 90 USD"));
    await(ledger.contradict(id, "ref:1", true, "90 USD", "again"));
    await(ledger.contradict(id, "ref:1", true, "80 USD", "another"));
    assertThat(kinds(id))
        .containsExactly("settled UNPAID ", "contradicted PAID UNPAID", "contradicted PAID UNPAID");
    assertThat(journal(id))
        .extracting(OutcomeLine::otherAmount)
        .containsExactly("", "90 USD", "80 USD");
    assertThat(journal(id).get(1).why()).isEqualTo("a query shows 90 USD");
  }

  /** Who reads the journal must be able to read this above all. */
  @Test
  void a_second_charge_is_in_the_journal_once_with_its_sum_and_its_own_name() {
    PaymentId id = fresh();
    await(ledger.settle(leased(sale(id, "ref:1")), paid("T1")));
    await(ledger.paidAgain(id, "ref:1", "1000 USD, 1200 in all as T2", "once more"));
    await(ledger.paidAgain(id, "ref:1", "1000 USD, 1200 in all as T2", "heard again"));
    await(ledger.paidAgain(id, "ref:1", " as T3", "and again"));
    assertThat(kinds(id))
        .containsExactly("settled PAID ", "contradicted PAID PAID", "contradicted PAID PAID");
    assertThat(journal(id))
        .extracting(OutcomeLine::transactionId, OutcomeLine::otherAmount)
        .containsExactly(tuple("T1", ""), tuple("T2", "1000 USD, 1200 in all"), tuple("T3", ""));
  }

  /** Readers take the field for an amount: what is none makes the whole entry unreadable. */
  @Test
  void what_an_operator_decides_of_a_second_charge_is_in_the_journal_with_its_sum() {
    PaymentId id = fresh();
    await(ledger.settle(leased(sale(id, "ref:1")), paid("T1")));
    await(ledger.paidAgain(id, "ref:1", "1000 USD as T2", "once more"));
    assertThat(decides(id, null, "an operator")).isTrue();
    assertThat(kinds(id)).endsWith("decided PAID PAID");
    assertThat(journal(id).get(2).otherAmount()).isEqualTo("1000 USD");
  }

  @Test
  void another_amount_that_moved_for_a_forgotten_payment_is_in_the_journal_once() {
    PaymentId id = fresh();
    await(ledger.contradict(id, null, false, "90 USD", "seen"));
    await(ledger.contradict(id, null, false, "90 USD", "again"));
    assertThat(kinds(id)).containsExactly("contradicted PAID ");
    assertThat(journal(id).get(0).otherAmount()).isEqualTo("90 USD");
  }

  @Test
  void what_an_operator_decides_after_the_end_is_in_the_journal_with_their_words() {
    PaymentId id = fresh();
    Lease lease = leased(asked(id, new Road(URL)));
    String words = TimelineEvent.of(TimelineEvent.Kind.PERSON)
        .with(TimelineEvent.Field.SAYS, "paid")
        .with(TimelineEvent.Field.BY, "ann")
        .with(TimelineEvent.Field.NOTE, "goods are gone")
        .encode();
    await(ledger.settle(lease, unpaid()));
    assertThat(decides(id, null, words)).isFalse();
    await(ledger.settlePaid(lease.payment(), paid("T1")));
    assertThat(decides(id, null, words)).isTrue();
    assertThat(decides(id, null, words)).isFalse();
    assertThat(kinds(id))
        .containsExactly("settled UNPAID ", "contradicted PAID UNPAID", "decided UNPAID UNPAID");
    assertThat(journal(id).get(2).why()).isEqualTo("ann says paid: goods are gone");
    assertThat(notices(id)).as("nothing is new to his caller").hasSize(2);
  }

  @Test
  void what_an_operator_decides_of_a_forgotten_payment_is_in_the_journal() {
    PaymentId id = fresh();
    await(ledger.contradict(id, null, false, "90 USD", "seen"));
    assertThat(decides(id, null, "an operator")).isTrue();
    assertThat(kinds(id)).containsExactly("contradicted PAID ", "decided PAID ");
    await(ledger.contradict(id, null, true, "80 USD", "seen"));
    assertThat(decides(id, "ref:1", "an operator")).isTrue();
    assertThat(kinds(id)).endsWith("contradicted PAID ", "decided UNPAID ");
  }

  @Test
  void what_an_operator_decides_of_what_has_left_a_tombstone_says_what_that_one_says() {
    PaymentId id = fresh();
    Ledger forgetful = ledger(LedgerContract.FORGETFUL);
    Lease lease = begun(forgetful, sale(id, "ref:1")).intent().lease();
    await(forgetful.settle(lease, unpaid()));
    await(ledger.settlePaid(lease.payment(), paid("T1")));
    assertThat(decides(id, null, "an operator")).isTrue();
    assertThat(kinds(id)).endsWith("decided PAID PAID");
  }

  // what callers are to be notified of

  @Test
  void who_was_notified_that_it_is_paid_after_all_is_notified_when_an_operator_says_it_is_not() {
    PaymentId id = fresh();
    Lease lease = leased(asked(id, new Road(URL)));
    await(ledger.settle(lease, unpaid()));
    await(ledger.settlePaid(lease.payment(), paid("T1")));
    decides(id, "ref:1", "an operator");
    assertThat(notices(id))
        .extracting(NoticeLine::kind, NoticeLine::outcome)
        .containsExactly(
            tuple("settled", "UNPAID"), tuple("contradicted", "PAID"), tuple("decided", "UNPAID"));
  }

  /** The order counts as paid again by it, so its caller's last word must not be "unpaid". */
  @Test
  void what_is_seen_paid_once_more_after_an_operator_said_no_is_notified_and_journalled_again() {
    PaymentId id = fresh();
    Lease lease = leased(asked(id, new Road(URL)));
    await(ledger.settle(lease, unpaid()));
    await(ledger.settlePaid(lease.payment(), paid("T1")));
    decides(id, "ref:1", "an operator");
    await(ledger.settlePaid(lease.payment(), paid("T1")));
    await(ledger.settlePaid(lease.payment(), paid("T1")));
    assertThat(kinds(id)).hasSize(4).last().isEqualTo("contradicted PAID UNPAID");
    assertThat(notices(id))
        .extracting(NoticeLine::outcome)
        .containsExactly("UNPAID", "PAID", "UNPAID", "PAID");
  }

  @Test
  void who_was_not_notified_of_another_amount_is_not_notified_of_its_end() {
    PaymentId id = fresh();
    await(ledger.settle(leased(asked(id, new Road(URL))), unpaid()));
    await(ledger.contradict(id, "ref:1", true, "90 USD", "seen"));
    assertThat(decides(id, "ref:1", "an operator")).isTrue();
    assertThat(notices(id)).hasSize(1);
  }

  @Test
  void who_was_answered_to_wait_is_notified_of_a_release_and_of_what_follows() {
    PaymentId id = fresh();
    await(ledger.release(deferred(id, new Road(URL)), released()));
    assertThat(notices(id))
        .containsExactly(new NoticeLine(1, "released", "RELEASED", "{\"code\":\"0\"}", URL));
    await(ledger.settle(leased(asked(id, new Road(URL + "&again"))), paid("T1")));
    assertThat(notices(id))
        .extracting(NoticeLine::kind, NoticeLine::callersUrl)
        .containsExactly(tuple("released", URL + "&again"), tuple("settled", URL + "&again"));
  }

  @Test
  void a_release_of_what_depends_on_an_open_original_returns_what_repeats_are_answered() {
    PaymentId original = fresh();
    PaymentId id = new PaymentId(original.merchantId(), "void");
    Lease lease =
        deferred(payment(id, Operation.VOID, "req:request", BODY).over(new Road(URL), null));
    begun(ledger, sale(original, "ref:1"));
    Reply otherwise = Reply.json(bytes("{open}"));
    await(ledger.release(lease, released(), new Dependence(original, otherwise, true)));
    assertThat(notices(id)).extracting(NoticeLine::answer).containsExactly("{open}");
  }

  @Test
  void another_amount_is_an_operators_to_judge_before_a_caller_is_notified() {
    PaymentId id = fresh();
    await(ledger.settle(leased(asked(id, new Road(URL))), unpaid()));
    await(ledger.contradict(id, "ref:1", true, "90 USD", "seen"));
    assertThat(notices(id)).hasSize(1);
  }

  @Test
  void a_record_says_where_its_caller_wants_to_be_notified() {
    PaymentId id = fresh();
    begun(expired, asked(id, new Road(URL)));
    assertThat(find(id).road()).isEqualTo(new Road(URL));
    assertThat(await(expired.claim(id)).orElseThrow().payment().road()).isEqualTo(new Road(URL));
    PaymentId nowhere = fresh();
    begun(ledger, asked(nowhere, new Road(null)));
    assertThat(find(nowhere).road()).isEqualTo(new Road(null));
    PaymentId past = fresh();
    begun(ledger, asked(past, null));
    assertThat(find(past).road()).isNull();
  }

  @Test
  void a_caller_is_notified_how_it_ended_and_with_what_was_answered() {
    PaymentId id = fresh();
    Lease lease = leased(asked(id, new Road(URL)));
    assertThat(notices(id)).isEmpty();
    await(ledger.settle(lease, paid("T1")));
    await(ledger.settle(lease, paid("T1")));
    assertThat(notices(id))
        .containsExactly(new NoticeLine(1, "settled", "PAID", "{\"code\":\"0\"}", URL));
  }

  @Test
  void who_named_no_hook_or_is_notified_by_the_platform_is_not_notified_by_us() {
    for (Road road : new Road[] {new Road(null), null}) {
      PaymentId id = fresh();
      Lease lease = leased(asked(id, road));
      await(ledger.settle(lease, unpaid()));
      await(ledger.settle(lease, paid("T1")));
      assertThat(kinds(id)).hasSize(2);
      assertThat(notices(id)).isEmpty();
    }
  }

  @Test
  void who_was_answered_otherwise_is_notified_of_what_is_true_after_that() {
    PaymentId id = fresh();
    Lease lease = leased(asked(id, new Road(URL)));
    await(ledger.settle(lease, unpaid()));
    Settlement late = new Settlement(
        Outcome.PAID, Reply.json(bytes("{late}")), History.FIRST, "T1", null, true, "late");
    await(ledger.settle(lease, late));
    await(ledger.settle(lease, late));
    assertThat(notices(id))
        .containsExactly(
            new NoticeLine(1, "settled", "UNPAID", "{\"code\":\"0\"}", URL),
            new NoticeLine(2, "contradicted", "PAID", "{late}", URL));
  }

  @Test
  void who_was_answered_otherwise_is_notified_also_when_the_record_is_gone() {
    PaymentId id = fresh();
    Lease lease = leased(asked(id, new Road(URL)));
    await(ledger.settle(lease, unpaid()));
    lose(id);
    await(ledger.settle(lease, paid("T1")));
    assertThat(notices(id)).extracting(NoticeLine::outcome).containsExactly("UNPAID", "PAID");
  }

  private Lease deferred(PaymentId id, Road road) {
    return deferred(asked(id, road));
  }

  private Lease deferred(NewPayment payment) {
    await(expired.defer(begun(expired, payment).intent().lease(), deferral("HELD", 0)));
    return await(expired.claim(payment.id())).orElseThrow().lease();
  }

  final Lease leased(NewPayment payment) {
    return begun(ledger, payment).intent().lease();
  }

  final NewPayment asked(PaymentId id, Road road) {
    return sale(id, "ref:1").over(road, "app-1");
  }

  final List<String> kinds(PaymentId id) {
    return journal(id).stream()
        .map(line -> line.kind() + " " + line.outcome() + " " + line.told())
        .toList();
  }

  private Payment find(PaymentId id) {
    return await(ledger.find(id)).orElseThrow();
  }
}
