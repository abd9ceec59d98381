package io.payonce.worker;

import static io.payonce.ledger.LedgerWords.await;
import static io.payonce.ledger.LedgerWords.begun;
import static io.payonce.ledger.LedgerWords.fresh;
import static io.payonce.ledger.LedgerWords.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.payonce.ledger.maintenance.Audit.Repair;
import io.payonce.ledger.maintenance.Auditor;
import io.payonce.ledger.redis.EmptyRedis;
import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.model.PaymentId;
import io.vertx.redis.client.Command;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** One walk through a ledger of which nearly all has ended. */
class AuditWalkTest extends EmptyRedis {
  private static final int ENDED = 20_000;

  private final LedgerSettings settings = LedgerSettings.of(15_000, 86_400_000, 604_800_000);
  private final Auditor auditor = new Auditor(redis.lane, settings);
  private final List<Repair> repairs = new CopyOnWriteArrayList<>();

  private void many() {
    redis.run(
        Command.EVAL,
        "for i = 1, ARGV[1] do redis.call('SET', 'payonce:{s1}:ended:M/i' .. i, 'x') end",
        "0",
        String.valueOf(ENDED));
  }

  @Test
  void a_walk_finds_the_one_that_lost_its_due_time_among_all_that_have_ended() {
    many();
    PaymentId lost = fresh();
    begun(redis.ledger(settings), sale(lost, "o1"));
    redis.run(Command.ZREM, LedgerKeys.of(lost).due(), lost.toString());
    await(walk(() -> false).go());
    assertThat(repairs).containsExactly(Repair.NO_DUE_TIME);
    assertThat(redis.run(Command.ZSCORE, LedgerKeys.of(lost).due(), lost.toString()))
        .isNotNull();
  }

  @Test
  void who_is_to_stop_stops_after_a_slice() {
    many();
    redis.run(Command.CONFIG, "RESETSTAT");
    await(walk(() -> true).go());
    assertThat(redis.run(Command.INFO, "commandstats").toString())
        .contains("cmdstat_scan:calls=1,");
  }

  /** Else no audit would come after it. */
  @Test
  void a_bug_ends_the_walk() {
    many();
    assertThatThrownBy(() -> await(walk(() -> {
              throw new IllegalStateException("a bug");
            })
            .go()))
        .hasMessage("a bug");
  }

  private AuditWalk walk(BooleanSupplier stopping) {
    return new AuditWalk(
        redis.vertx, auditor, await(auditor.nodes()).get(0), repairs::add, stopping);
  }
}
