package io.payonce.ledger.redis;

import static io.payonce.ledger.LedgerWords.await;
import static io.payonce.ledger.LedgerWords.begun;
import static io.payonce.ledger.LedgerWords.fresh;
import static io.payonce.ledger.LedgerWords.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.payonce.ledger.BeginResult;
import io.payonce.ledger.CloseResult;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.LedgerWords;
import io.payonce.ledger.Outcome;
import io.payonce.model.Lease;
import io.payonce.model.PaymentId;
import io.payonce.recovery.Stage;
import io.payonce.sandbox.EmbeddedRedis;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With replicas demanded, nothing that could be lost is acted on or answered, except "paid". */
class ReplicatedLedgerTest {
  private TestRedis redis;
  private EmbeddedRedis replica;
  private RedisLedger ledger;

  @BeforeEach
  void start() {
    redis = new TestRedis();
    String port = String.valueOf(redis.redis.port());
    replica = EmbeddedRedis.start(
        EmbeddedRedis.Options.defaults().withArguments("--replicaof", "127.0.0.1", port));
    ledger = ledger(20_000, Duration.ofSeconds(20));
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> redis.run(Command.INFO, "replication").toString().contains("state=online"));
  }

  private RedisLedger ledger(long beginMillis, Duration replicaWait) {
    return redis.ledger(LedgerWords.beginsWithin(
        beginMillis,
        LedgerSettings.of(LedgerWords.LEASE, LedgerWords.KEEP, LedgerWords.KEEP)
            .with(new LedgerSettings.Durability(1, replicaWait))));
  }

  @AfterEach
  void stop() {
    replica.close();
    redis.close();
  }

  @Test
  void with_its_replica_the_ledger_works() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    assertThat(await(ledger.recordIntent(lease, Stage.first(), null, null, "resend")))
        .isPresent();
    assertThat(await(ledger.abort(id))).isPresent();
    assertThat(await(ledger.settle(lease, LedgerWords.unpaid())))
        .isInstanceOf(CloseResult.Closed.class);
    assertThat(await(ledger.find(id)).orElseThrow().outcome()).isEqualTo(Outcome.UNPAID);
    assertThat(await(ledger.begin(sale(id, "ref:1")))).isInstanceOf(BeginResult.Known.class);
    assertThat(await(ledger.find(fresh()))).isEmpty();
    await(ledger.safely(id, payment -> payment.outcome() == Outcome.UNPAID));
    assertUntold(ledger.safely(id, payment -> payment.outcome() == Outcome.PAID));
    assertUntold(ledger.safely(fresh(), payment -> true));
  }

  @Test
  void without_its_replica_nothing_begins_and_nothing_negative_is_answered() {
    PaymentId running = fresh();
    PaymentId unpaid = fresh();
    PaymentId paid = fresh();
    PaymentId busy = fresh();
    final Lease busyLease = begun(ledger, sale(busy, "ref:1")).intent().lease();
    final Lease lease = begun(ledger, sale(running, "ref:1")).intent().lease();
    await(
        ledger.settle(begun(ledger, sale(unpaid, "ref:1")).intent().lease(), LedgerWords.unpaid()));
    Lease payers = begun(ledger, sale(paid, "ref:1")).intent().lease();
    replica.kill();
    ledger = ledger(1_000, Duration.ofMillis(100));

    assertUntold(ledger.begin(sale(fresh(), "ref:1")));
    assertUntold(ledger.begin(sale(unpaid, "ref:1")));
    assertUntold(ledger.find(unpaid));
    assertUntold(ledger.find(fresh()));
    assertUntold(ledger.recordIntent(lease, Stage.first(), null, null, "resend"));
    assertUntold(ledger.abort(running));
    assertThat(await(ledger.find(running))).isPresent();
    assertThat(await(ledger.settle(payers, LedgerWords.paid("T1"))))
        .isInstanceOf(CloseResult.Closed.class);
    assertThat(await(ledger.find(paid)).orElseThrow().outcome()).isEqualTo(Outcome.PAID);
    assertUntold(ledger.safely(paid, payment -> true));
    assertUntold(ledger.settle(lease, LedgerWords.unpaid()));
    assertUntold(ledger.release(busyLease, LedgerWords.released()));
  }

  private static void assertUntold(Future<?> move) {
    assertThat(catchThrowableOfType(LedgerUnavailable.class, () -> await(move)).mayHaveRun())
        .isTrue();
  }
}
