package io.payonce.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.model.Amount;
import io.payonce.model.Lease;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import io.payonce.model.TimelineEvent;
import io.payonce.recovery.History;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every ledger writes down of how payments end, and what their callers are to be told. */
abstract class OutcomeContract extends LedgerWords {
  private static final String URL = "https://shop.example/hook?of=order-1";

  /** What the journal has of a payment, the oldest first. */
  public abstract List<OutcomeLine> journal(PaymentId id);

  /** What the payment's caller is to be told, the oldest first; none when it is not due. */
  public abstract List<NoticeLine> notices(PaymentId id);

  /** Loses a payment's record, as a failover may, and nothing else. */
  public abstract void lose(PaymentId id);

  // the journal

  @Test
  void the_journal_says_who_ended_how_with_what_names_and_by_which_rule() {
    PaymentId id = fresh();
    String rule = TimelineEvent.of(TimelineEvent.Kind.HEARD)
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
  void the_journal_names_both_words_where_what_was_told_is_contradicted_and_once() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    await(ledger.settle(lease, unpaid()));
    await(ledger.settle(lease, paid("T1")));
    await(ledger.settle(lease, paid("T1")));
    assertThat(kinds(id)).containsExactly("settled UNPAID ", "contradicted PAID UNPAID");
    assertThat(journal(id).get(1).transactionId()).isEqualTo("T1");
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
  void without_a_journal_none_is_written_and_callers_are_told_all_the_same() {
    PaymentId id = fresh();
    Ledger silent = ledger(settings(LEASE, KEEP, KEEP, true).journalling(0));
    await(silent.settle(leased(asked(id, new Road(URL))), paid("T1")));
    assertThat(journal(id)).isEmpty();
    assertThat(notices(id)).hasSize(1);
  }

  // what callers are to be told

  @Test
  void a_record_says_where_its_caller_wants_to_hear() {
    PaymentId id = fresh();
    begun(expired, asked(id, new Road(URL)));
    assertThat(find(id).road()).isEqualTo(new Road(URL));
    assertThat(await(expired.claim(id)).orElseThrow().road()).isEqualTo(new Road(URL));
    PaymentId nowhere = fresh();
    begun(ledger, asked(nowhere, new Road(null)));
    assertThat(find(nowhere).road()).isEqualTo(new Road(null));
    PaymentId past = fresh();
    begun(ledger, asked(past, null));
    assertThat(find(past).road()).isNull();
  }

  @Test
  void a_caller_is_told_how_it_ended_and_with_what_was_answered() {
    PaymentId id = fresh();
    Lease lease = leased(asked(id, new Road(URL)));
    assertThat(notices(id)).isEmpty();
    await(ledger.settle(lease, paid("T1")));
    await(ledger.settle(lease, paid("T1")));
    assertThat(notices(id))
        .containsExactly(new NoticeLine(1, "settled", "PAID", "{\"code\":\"0\"}", URL));
  }

  @Test
  void who_named_no_place_or_hears_from_the_platform_is_not_told() {
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
  void who_was_told_otherwise_is_told_what_is_true_after_that() {
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
  void who_was_told_otherwise_is_told_also_when_the_record_is_gone() {
    PaymentId id = fresh();
    Lease lease = leased(asked(id, new Road(URL)));
    await(ledger.settle(lease, unpaid()));
    lose(id);
    await(ledger.settle(lease, paid("T1")));
    assertThat(notices(id)).extracting(NoticeLine::outcome).containsExactly("UNPAID", "PAID");
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
