package io.payonce.ledger.redis;

import static io.payonce.ledger.LedgerWords.KEEP;
import static io.payonce.ledger.LedgerWords.LEASE;
import static io.payonce.ledger.LedgerWords.await;
import static io.payonce.ledger.LedgerWords.begun;
import static io.payonce.ledger.LedgerWords.fresh;
import static io.payonce.ledger.LedgerWords.paid;
import static io.payonce.ledger.LedgerWords.payment;
import static io.payonce.ledger.LedgerWords.refused;
import static io.payonce.ledger.LedgerWords.released;
import static io.payonce.ledger.LedgerWords.sale;
import static io.payonce.ledger.LedgerWords.settings;
import static io.payonce.ledger.LedgerWords.unpaid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.payonce.ledger.BeginResult;
import io.payonce.ledger.Contradiction;
import io.payonce.ledger.LedgerAdmin;
import io.payonce.ledger.LedgerAdmin.Buried;
import io.payonce.ledger.NoticeLine;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.OutcomeLine;
import io.payonce.ledger.Road;
import io.payonce.ledger.Settlement;
import io.payonce.ledger.Tombstone;
import io.payonce.ledger.UnreadableRecord;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.logs.Logs;
import io.payonce.model.Abilities;
import io.payonce.model.Ability;
import io.payonce.model.Lease;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Of a payment that has ended and whose record cannot be read: what is known to be paid is written
 * beside it, nothing of it changes, and an operator sees it as soon as anybody has met it.
 */
@Logs(value = "the platform reports PAID; needs review", maybe = true)
@Logs(value = "money moved that was answered otherwise", maybe = true)
@Logs(value = "paid twice", maybe = true)
class TornRecordTest extends EmptyRedis {
  private static final List<String> TORN = List.of("\1torn", "", "x");
  private static final String LATER = "\2later";

  private final LedgerSettings settings = settings(LEASE, KEEP, KEEP, true);
  private RedisLedger ledger;
  private PaymentId id;
  private LedgerKeys keys;

  @BeforeEach
  void onePayment() {
    ledger = redis.ledger(settings);
    id = fresh();
    keys = LedgerKeys.of(id);
  }

  private LedgerAdmin admin() {
    return new RedisLedgerAdmin(redis.lane, new Sealer(TestRedis.KEY), settings, Abilities.ALL);
  }

  /** A payment that ended so, of whose record these bytes are left. */
  private Lease ended(Settlement end, String bytes) {
    onePayment();
    Lease lease = begun(ledger, sale(id, "o-1")).intent().lease();
    await(ledger.settle(lease, end));
    redis.run(Command.SET, keys.ended(), bytes, "KEEPTTL");
    return lease;
  }

  private void isUnreadable(Supplier<Future<?>> move) {
    assertThatThrownBy(() -> await(move.get())).isInstanceOf(UnreadableRecord.class);
  }

  private boolean isListed() {
    return redis.run(Command.ZSCORE, keys.attention(), id.toString()) != null;
  }

  private long life(String key) {
    return redis.run(Command.PTTL, key).toLong();
  }

  private void stands(String bytes) {
    assertThat(redis.run(Command.GET, keys.ended())).hasToString(bytes);
    assertThat(redis.run(Command.EXISTS, keys.payment()).toLong()).isZero();
  }

  private List<OutcomeLine> journal() {
    return redis.journal(id);
  }

  private BeginResult rival() {
    return await(ledger.begin(sale(id.other("rival"), "o-1")));
  }

  @Test
  void what_was_answered_unpaid_and_is_paid_is_in_the_journal_and_listed_and_keeps_its_order() {
    for (Settlement end : List.of(unpaid(), refused())) {
      for (String bytes : List.of(TORN.get(0), TORN.get(1), TORN.get(2), LATER)) {
        Lease lease = ended(end, bytes);
        isUnreadable(() -> ledger.settle(lease, paid("T1")));
        isUnreadable(() -> ledger.settlePaid(lease.payment(), paid("T1")));
        String told = end.outcome().word();
        assertThat(journal())
            .extracting(OutcomeLine::kind, OutcomeLine::outcome, OutcomeLine::told)
            .containsExactly(tuple("settled", told, ""), tuple("contradicted", "PAID", told));
        assertThat(isListed()).isTrue();
        assertThat(rival()).isEqualTo(new BeginResult.OrderPaid(id.requestId()));
        stands(bytes);
        assertThat(life(keys.ended()) == -1)
            .as("stays for the operator")
            .isEqualTo(!bytes.equals(LATER));
      }
    }
  }

  @Test
  void a_caller_with_a_hook_is_notified_while_its_place_is_known() {
    Lease lease = begun(ledger, sale(id, "o-1").over(new Road("https://shop.example/"), null))
        .intent()
        .lease();
    await(ledger.settle(lease, unpaid()));
    redis.run(Command.SET, keys.ended(), TORN.get(0), "KEEPTTL");
    isUnreadable(() -> ledger.settle(lease, paid("T1")));
    isUnreadable(() -> ledger.settle(lease, paid("T1")));
    assertThat(redis.notices(id))
        .extracting(NoticeLine::kind, NoticeLine::outcome)
        .containsExactly(tuple("settled", "UNPAID"), tuple("contradicted", "PAID"));
  }

  @Test
  void what_is_paid_already_is_no_news_and_is_listed_where_it_cannot_be_read() {
    for (String bytes : TORN) {
      Lease lease = ended(paid("T1"), bytes);
      isUnreadable(() -> ledger.settle(lease, paid("T1")));
      assertThat(journal()).extracting(OutcomeLine::kind).containsExactly("settled");
      assertThat(isListed()).isTrue();
      assertThat(rival()).isEqualTo(new BeginResult.OrderPaid(id.requestId()));
    }
    Lease lease = ended(paid("T1"), LATER);
    isUnreadable(() -> ledger.settle(lease, paid("T1")));
    assertThat(isListed()).as("newer pods read it").isFalse();
  }

  @Test
  void where_no_tombstone_says_how_it_ended_it_is_in_the_journal_once() {
    LedgerSettings forgetful = settings(LEASE, KEEP, 0, true);
    ledger = redis.ledger(forgetful);
    Lease lease = begun(ledger, sale(id, "o-1")).intent().lease();
    await(ledger.settle(lease, unpaid()));
    redis.run(Command.SET, keys.ended(), TORN.get(0), "KEEPTTL");
    isUnreadable(() -> ledger.settle(lease, paid("T1")));
    isUnreadable(() -> ledger.settle(lease, paid("T1")));
    assertThat(journal())
        .extracting(OutcomeLine::kind, OutcomeLine::outcome, OutcomeLine::told)
        .containsExactly(tuple("settled", "UNPAID", ""), tuple("contradicted", "PAID", ""));
    assertThat(isListed()).isTrue();
    assertThat(rival()).isEqualTo(new BeginResult.OrderPaid(id.requestId()));
  }

  @Test
  void what_is_not_paid_changes_nothing() {
    for (Settlement end : List.of(unpaid(), refused())) {
      Lease lease = ended(paid("T1"), TORN.get(0));
      isUnreadable(() -> ledger.settle(lease, end));
      isUnreadable(() -> ledger.release(lease, released()));
      assertThat(journal()).extracting(OutcomeLine::kind).containsExactly("settled");
      assertThat(rival()).isEqualTo(new BeginResult.OrderPaid(id.requestId()));
      stands(TORN.get(0));
    }
  }

  @Test
  void a_torn_hash_is_the_same() {
    RedisLedger hashes = redis.ledger(settings, ability -> ability != Ability.PACKED);
    Lease lease = begun(hashes, sale(id, "o-1")).intent().lease();
    await(hashes.settle(lease, unpaid()));
    redis.run(Command.HSET, keys.payment(), "is", "torn", "nu", "torn");
    isUnreadable(() -> ledger.settle(lease, paid("T1")));
    assertThat(journal())
        .extracting(OutcomeLine::kind, OutcomeLine::outcome, OutcomeLine::told)
        .containsExactly(tuple("settled", "UNPAID", ""), tuple("contradicted", "PAID", "UNPAID"));
    assertThat(isListed()).isTrue();
    assertThat(life(keys.payment())).isEqualTo(-1);
    assertThat(redis.run(Command.HGET, keys.payment(), "out")).hasToString("UNPAID");
  }

  @Test
  void what_a_torn_hash_still_says_to_be_paid_is_no_news() {
    RedisLedger hashes =
        redis.ledger(settings(LEASE, KEEP, 0, true), ability -> ability != Ability.PACKED);
    Lease lease = begun(hashes, sale(id, "o-1")).intent().lease();
    await(hashes.settle(lease, paid("T1")));
    redis.run(Command.HSET, keys.payment(), "is", "torn");
    isUnreadable(() -> hashes.settle(lease, paid("T1")));
    assertThat(journal()).extracting(OutcomeLine::kind).containsExactly("settled");
    assertThat(isListed()).isTrue();
  }

  /** Its worker sets it aside, and its order is held until an operator has decided. */
  @Test
  void what_has_not_ended_holds_its_order_on() {
    Lease lease = begun(ledger, sale(id, "o-1")).intent().lease();
    redis.run(Command.HSET, keys.payment(), "is", "torn");
    isUnreadable(() -> ledger.settle(lease, paid("T1")));
    isUnreadable(() -> ledger.settle(lease, unpaid()));
    isUnreadable(() -> ledger.release(lease, released()));
    isUnreadable(() -> ledger.contradict(id, "o-1", true, "600 USD", "shown"));
    isUnreadable(() -> ledger.find(id));
    assertThat(journal()).isEmpty();
    assertThat(isListed()).as("a cause may pass").isFalse();
    assertThat(redis.run(Command.GET, keys.order("o-1"))).hasToString("held:" + id.requestId());
    assertThat(redis.run(Command.ZSCORE, keys.due(), id.toString())).isNotNull();
  }

  private List<Supplier<Future<?>>> readers() {
    return List.of(
        () -> ledger.find(id),
        () -> ledger.begin(sale(id, "o-1")),
        () -> ledger.begin(sale(id, "o-2")),
        () -> ledger.recall(sale(id, "o-1")),
        () -> ledger.platformId(id),
        () -> ledger.abort(id));
  }

  @Test
  void whoever_meets_it_lists_it() {
    for (String bytes : TORN) {
      for (int reader = 0; reader < readers().size(); reader++) {
        ended(unpaid(), bytes);
        isUnreadable(readers().get(reader));
        assertThat(isListed()).as("reader " + reader).isTrue();
        assertThat(life(keys.ended())).isEqualTo(-1);
        stands(bytes);
      }
    }
  }

  @Test
  void what_other_pods_can_read_is_not_listed() {
    ended(unpaid(), LATER);
    readers().forEach(this::isUnreadable);
    assertThat(isListed()).isFalse();
    assertThat(life(keys.ended())).isPositive();

    onePayment();
    RedisLedger hashes = redis.ledger(settings, ability -> ability != Ability.PACKED);
    await(hashes.settle(begun(hashes, sale(id, "o-1")).intent().lease(), unpaid()));
    String is = redis.run(Command.HGET, keys.payment(), "is").toString();
    redis.run(Command.HSET, keys.payment(), "is", is.replaceAll("(?i) sale ", " later "));
    readers().forEach(this::isUnreadable);
    assertThat(isListed()).as("of an operation that is new").isFalse();
  }

  @Test
  void money_that_moved_otherwise_is_noted_beside_it_until_an_operator_has_decided() {
    for (String bytes : List.of(TORN.get(0), LATER)) {
      Lease lease = ended(unpaid(), bytes);
      for (int i = 0; i < 2; i++) {
        assertThat(await(ledger.contradict(id, "o-1", true, "600 USD", "shown")))
            .isEqualTo(Contradiction.NOTED);
      }
      assertThat(journal())
          .extracting(OutcomeLine::kind, OutcomeLine::otherAmount, OutcomeLine::told)
          .containsExactly(tuple("settled", "", ""), tuple("contradicted", "600 USD", "UNPAID"));
      assertThat(isListed()).isTrue();
      assertThat(rival()).isEqualTo(new BeginResult.OrderPaid(id.requestId()));
      stands(bytes);
      assertThat(lease.order()).isEqualTo("o-1");
    }
    ended(unpaid(), TORN.get(0));
    assertThat(await(admin().salvage(id)).state().otherAmount()).isNull();
    await(ledger.contradict(id, "o-1", true, "600 USD", "shown"));
    assertThat(await(admin().salvage(id)).state().otherAmount()).isEqualTo("600 USD");
    redis.run(Command.HSET, keys.wreck(), "od", "600 USD");
    assertThat(await(admin().salvage(id)).state().otherAmount()).as("decided").isNull();
    redis.run(Command.HDEL, keys.wreck(), "od");
    assertThat(await(admin().bury(await(admin().salvage(id)), Outcome.UNPAID, null, false, "seen")))
        .isEqualTo(Buried.BURIED);
    assertThat(await(ledger.contradict(id, "o-1", true, "600 USD", "shown")))
        .isEqualTo(Contradiction.DECIDED);
    assertThat(await(ledger.isUndecided(id))).isFalse();
  }

  @Test
  void another_amount_is_no_news_of_what_is_paid_and_a_second_charge_is() {
    ended(paid("T1"), TORN.get(0));
    assertThat(await(ledger.contradict(id, "o-1", true, "600 USD", "shown")))
        .isEqualTo(Contradiction.NOTED);
    assertThat(journal()).extracting(OutcomeLine::kind).containsExactly("settled");
    assertThat(isListed()).isTrue();
    await(ledger.paidAgain(id, "o-1", "5 USD as T2", "shown"));
    assertThat(journal())
        .extracting(OutcomeLine::kind, OutcomeLine::told, OutcomeLine::transactionId)
        .contains(tuple("contradicted", "PAID", "T2"));
  }

  /** An operator is not to say otherwise than callers were answered. */
  @Test
  void how_it_ended_its_tombstone_says_and_that_stays_as_it_is() {
    for (Settlement end : List.of(paid("T1"), unpaid(), refused())) {
      ended(end, TORN.get(0));
      assertThat(await(admin().salvage(id)).outcome()).isEqualTo(end.outcome());
      await(admin().bury(await(admin().salvage(id)), end.outcome(), null, false, "seen"));
      assertThat(await(ledger.begin(sale(id, "o-1"))))
          .isEqualTo(new BeginResult.Expired(new Tombstone(end.outcome(), "platform-id")));
      assertThat(await(ledger.begin(payment(id, Operation.SALE, "o-1", "{\"another\":1}"))))
          .isInstanceOf(BeginResult.OtherBody.class);
      assertThat(rival() instanceof BeginResult.OrderPaid).isEqualTo(end.outcome() == Outcome.PAID);
    }
  }

  @Test
  void after_an_operators_decision_late_comers_get_it() {
    Lease lease = ended(unpaid(), TORN.get(0));
    isUnreadable(() -> ledger.settle(lease, paid("T1")));
    await(admin().bury(await(admin().salvage(id)), Outcome.PAID, null, true, "seen"));
    assertThat(isListed()).isFalse();
    assertThat(await(ledger.begin(sale(id, "o-1"))))
        .isInstanceOfSatisfying(
            BeginResult.Expired.class,
            late -> assertThat(late.tombstone().outcome()).isEqualTo(Outcome.PAID));
    assertThat(rival()).isInstanceOf(BeginResult.OrderPaid.class);
  }
}
