package io.payonce.ledger.maintenance;

import static io.payonce.ledger.LedgerWords.await;
import static io.payonce.ledger.LedgerWords.begun;
import static io.payonce.ledger.LedgerWords.fresh;
import static io.payonce.ledger.LedgerWords.sale;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.BeginResult;
import io.payonce.ledger.Deferral;
import io.payonce.ledger.Handover;
import io.payonce.ledger.LedgerWords;
import io.payonce.ledger.NewPayment;
import io.payonce.ledger.Settlement;
import io.payonce.ledger.maintenance.Audit.Repair;
import io.payonce.ledger.redis.EmptyRedis;
import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.ledger.redis.RedisLedger;
import io.payonce.model.Lease;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.recovery.Stage;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each fault that a hand, a bug or a failover can leave is found, mended once, and counted. */
class AuditorTest extends EmptyRedis {
  private static final String ORDER = "o1";

  private Auditor auditor;
  private RedisLedger ledger;
  private PaymentId id;
  private LedgerKeys keys;
  private Lease lease;

  @BeforeEach
  void onePayment() {
    LedgerSettings settings =
        LedgerWords.settings(LedgerWords.LEASE, LedgerWords.KEEP, LedgerWords.KEEP, true);
    auditor = new Auditor(redis.lane, settings);
    ledger = redis.ledger(settings);
    id = fresh();
    keys = LedgerKeys.of(id);
    lease = begun(ledger, sale(id, ORDER)).intent().lease();
  }

  @Test
  void a_sound_ledger_is_left_alone_in_every_stage() {
    assertThat(audit()).isEmpty();
    await(ledger.defer(lease, LedgerWords.deferral("ATTENTION", 60_000)));
    for (Settlement end :
        List.of(LedgerWords.paid("T"), LedgerWords.unpaid(), LedgerWords.refused())) {
      PaymentId other = fresh();
      await(ledger.settle(begun(ledger, sale(other, ORDER)).intent().lease(), end));
    }
    Lease released = begun(ledger, sale(fresh(), ORDER)).intent().lease();
    await(ledger.release(released, LedgerWords.released()));
    begun(ledger, sale(fresh(), null));
    String before = everything();
    assertThat(audit()).isEmpty();
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void a_page_that_has_handed_its_order_on_contests_none() {
    PaymentId page = new PaymentId(id.merchantId(), "page");
    Lease lease = begun(
            ledger,
            LedgerWords.payment(page, Operation.CREATE_SESSION, "order-2", LedgerWords.BODY))
        .intent()
        .lease();
    await(ledger.defer(
        lease, new Deferral(Stage.read("OPEN", "1.1.0.sop"), 60_000, null, 1, "made")));
    await(ledger.shut(page, 60_000, "EXPIRED"));
    NewPayment next = sale(new PaymentId(id.merchantId(), "next"), "order-2");
    begun(ledger, next.after(new Handover(page, "1.1.0.sop", 0)));
    assertThat(audit()).isEmpty();
  }

  @Test
  void a_payment_without_due_time_is_due_now() {
    redis.run(Command.ZREM, keys.due(), id.toString());
    assertThat(audit()).containsExactly(Repair.NO_DUE_TIME);
    assertThat(await(ledger.due(keys.shard(), 10))).containsExactly(id);
    assertThat(await(ledger.find(id)).orElseThrow().timeline()).contains("audit: [no-due-time]");
    assertThat(audit()).isEmpty();
  }

  @Test
  void a_lost_due_set_is_built_anew() {
    PaymentId second = new PaymentId(id.merchantId(), "second");
    begun(ledger, sale(second, "o2"));
    redis.run(Command.DEL, keys.due());
    assertThat(audit()).containsExactly(Repair.NO_DUE_TIME, Repair.NO_DUE_TIME);
    assertThat(await(ledger.due(keys.shard(), 10))).containsExactlyInAnyOrder(id, second);
  }

  @Test
  void a_due_time_beyond_all_pauses_is_brought_forward() {
    redis.run(Command.ZADD, keys.due(), "99999999999999", id.toString());
    assertThat(audit()).containsExactly(Repair.FAR_DUE_TIME);
    assertThat(await(ledger.due(keys.shard(), 10))).containsExactly(id);
  }

  @Test
  void an_unsettled_payment_takes_its_order_again() {
    redis.run(Command.DEL, keys.order(ORDER));
    assertThat(audit()).containsExactly(Repair.ORDER_UNTAKEN);
    assertThat(order()).isEqualTo("held:request");
    assertThat(audit()).isEmpty();
  }

  @Test
  void an_order_left_by_a_paid_payment_is_paid_and_by_another_free() {
    await(ledger.settle(lease, LedgerWords.paid("T")));
    redis.run(Command.SET, keys.order(ORDER), "held:request");
    assertThat(audit()).containsExactly(Repair.ORDER_LEFT);
    assertThat(order()).isEqualTo("paid:request");
    assertThat(redis.run(Command.PTTL, keys.order(ORDER)).toLong()).isPositive();

    PaymentId unpaid = fresh();
    LedgerKeys its = LedgerKeys.of(unpaid);
    await(ledger.settle(begun(ledger, sale(unpaid, ORDER)).intent().lease(), LedgerWords.unpaid()));
    redis.run(Command.SET, its.order(ORDER), "held:request");
    assertThat(audit()).containsExactly(Repair.ORDER_LEFT);
    assertThat(redis.run(Command.GET, its.order(ORDER))).isNull();

    redis.run(Command.DEL, its.payment());
    redis.run(Command.SET, its.order(ORDER), "held:request");
    assertThat(audit()).as("its tombstone proves that it ended").containsExactly(Repair.ORDER_LEFT);
    assertThat(redis.run(Command.GET, its.order(ORDER))).isNull();
  }

  @Test
  void an_order_of_which_only_the_lock_is_left_stays_taken_and_needs_review_once() {
    redis.run(Command.DEL, keys.payment());
    redis.run(Command.ZREM, keys.due(), id.toString());
    assertThat(audit()).containsExactly(Repair.ORDER_WITHOUT_PAYMENT);
    assertThat(order()).isEqualTo("held:request");
    assertThat(redis.run(Command.ZSCORE, keys.attention(), id.toString())).isNotNull();
    assertThat(audit()).isEmpty();
    assertThat(await(ledger.begin(sale(new PaymentId(id.merchantId(), "rival"), ORDER))))
        .isInstanceOf(BeginResult.OrderTaken.class);
    assertThat(await(ledger.begin(sale(id, ORDER))))
        .as("the same payment may take it up again")
        .isInstanceOf(BeginResult.Begun.class);
  }

  @Test
  void two_payments_on_one_order_need_review() {
    redis.run(Command.SET, keys.order(ORDER), "paid:somebody");
    assertThat(audit()).containsExactly(Repair.ORDER_CONTESTED);
    assertThat(order()).isEqualTo("paid:somebody");
    assertThat(audit()).isEmpty();
  }

  @Test
  void what_is_unsettled_never_ends_by_itself() {
    redis.run(Command.PEXPIRE, keys.payment(), "3600000");
    redis.run(Command.PEXPIRE, keys.order(ORDER), "3600000");
    assertThat(audit()).containsExactly(Repair.EXPIRY);
    assertThat(redis.run(Command.PTTL, keys.payment()).toLong()).isEqualTo(-1);
    assertThat(redis.run(Command.PTTL, keys.order(ORDER)).toLong()).isEqualTo(-1);
  }

  @Test
  void what_is_no_record_needs_review_and_a_newer_record_is_not_touched() {
    redis.run(Command.DEL, keys.payment());
    redis.run(Command.SET, keys.payment(), "no hash");
    assertThat(audit()).containsExactly(Repair.BROKEN_RECORD);
    assertThat(audit()).isEmpty();
    PaymentId newer = fresh();
    begun(ledger, sale(newer, ORDER));
    redis.run(Command.HSET, LedgerKeys.of(newer).payment(), "is", "3 of another shape");
    redis.run(Command.ZREM, LedgerKeys.of(newer).due(), newer.toString());
    assertThat(audit()).isEmpty();
  }

  @Test
  void a_long_walk_meets_every_payment_and_one_pod_walks_at_a_time() {
    for (int i = 0; i < 200; i++) {
      PaymentId other = fresh();
      begun(ledger, sale(other, ORDER));
      redis.run(Command.ZREM, LedgerKeys.of(other).due(), other.toString());
    }
    assertThat(audit()).hasSize(200);
    int node = await(auditor.nodes()).get(0);
    assertThat(await(auditor.lease(node, 60_000))).isTrue();
    assertThat(await(auditor.lease(node, 60_000))).isFalse();
  }

  private List<Repair> audit() {
    assertThat(await(auditor.nodes())).hasSize(1);
    int node = await(auditor.nodes()).get(0);
    List<Repair> found = new ArrayList<>();
    String next = "0";
    while (next != null) {
      Auditor.Slice slice = await(auditor.walk(node, next, 50));
      found.addAll(slice.repairs());
      next = slice.next();
    }
    return found;
  }

  private String order() {
    return redis.run(Command.GET, keys.order(ORDER)).toString();
  }

  private static String everything() {
    StringBuilder all = new StringBuilder();
    for (Response key : redis.run(Command.KEYS, "*")) {
      all.append(redis.run(Command.TYPE, key.toString()))
          .append(' ')
          .append(key)
          .append('\n');
    }
    return all.toString();
  }
}
