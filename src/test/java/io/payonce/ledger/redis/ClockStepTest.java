package io.payonce.ledger.redis;

import static io.payonce.ledger.LedgerWords.await;
import static io.payonce.ledger.LedgerWords.begun;
import static io.payonce.ledger.LedgerWords.fresh;
import static io.payonce.ledger.LedgerWords.paid;
import static io.payonce.ledger.LedgerWords.refunded;
import static io.payonce.ledger.LedgerWords.released;
import static io.payonce.ledger.LedgerWords.sale;
import static io.payonce.ledger.LedgerWords.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.Inquiry;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.OutcomeLine;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.logs.Logs;
import io.payonce.model.Abilities;
import io.payonce.model.Lease;
import io.payonce.model.PaymentId;
import io.payonce.redis.SteppedLane;
import io.vertx.redis.client.Command;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The ledger after a failover to a Redis whose clock is behind. */
class ClockStepTest extends EmptyRedis {
  private static final long HOURS = 2 * 3_600_000;

  private final SteppedLane lane = new SteppedLane(redis.lane);
  private final LedgerSettings settings = settings(3_600_000, 86_400_000, 86_400_000, true);
  private final Ledger ledger = new RedisLedger(
      lane, new Sealer(TestRedis.KEY), settings, LocalClock.of(redis.vertx), Abilities.ALL);

  @Test
  void a_payer_is_asked_about_though_the_last_question_seems_to_be_to_come() {
    PaymentId id = fresh();
    await(ledger.settle(begun(ledger, sale(id, "ref:1")).intent().lease(), paid("T1")));
    assertThat(await(ledger.inquire(id, "ref:1"))).isEqualTo(Inquiry.ASK);
    lane.step(-HOURS);
    refunded(ledger, id);
    assertThat(await(ledger.inquire(id, "ref:1"))).isEqualTo(Inquiry.ASK);
  }

  /** What it forgot may be that this payment was refused, and its caller answered so. */
  @Test
  @Logs("the ledger has gone back in time")
  void what_began_by_the_former_clock_is_doubted_when_the_ledger_has_gone_back() {
    PaymentId id = fresh();
    begun(ledger, sale(id, "ref:1"));
    int shard = LedgerKeys.of(id).shard();
    await(ledger.due(shard, 1));
    redis.run(Command.DECR, LedgerKeys.epoch(shard));
    lane.step(-HOURS);
    Awaitility.await().until(() -> await(ledger.find(id)).isPresent() && isLearnt(shard));
    for (long left = 2 * HOURS; left >= 0; left -= HOURS) {
      assertThat(await(ledger.find(id)).orElseThrow().doubtedSinceMillis()).isPositive();
      lane.step(HOURS);
    }
  }

  private boolean isLearnt(int shard) {
    return redis.run(Command.EXISTS, LedgerKeys.lapse(shard)).toInteger() == 1;
  }

  @Test
  void who_waits_no_more_is_notified_of_a_refusal_though_it_seems_to_have_begun_later() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    lane.step(-HOURS);
    await(ledger.release(lease, released()));
    assertThat(redis.journal(id)).extracting(OutcomeLine::kind).containsExactly("released");
  }
}
