package io.payonce.ledger.redis;

import static io.payonce.ledger.LedgerWords.await;
import static io.payonce.ledger.LedgerWords.begun;
import static io.payonce.ledger.LedgerWords.fresh;
import static io.payonce.ledger.LedgerWords.sale;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.LedgerWords;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.Abilities;
import io.payonce.model.PaymentId;
import io.payonce.model.Shards;
import io.payonce.redis.ForwardingLane;
import io.payonce.redis.RedisLane;
import io.vertx.redis.client.Command;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One shard that answers an error hides nothing of the others. */
class GlanceApartTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_shard_that_fails_hides_nothing_of_its_neighbours(boolean spans) {
    try (TestRedis redis = new TestRedis()) {
      LedgerSettings settings =
          LedgerSettings.of(LedgerWords.LEASE, LedgerWords.KEEP, LedgerWords.KEEP);
      PaymentId id = fresh();
      int shard = Shards.of(id.merchantId());
      int broken = (shard + 1) % Shards.COUNT;
      begun(redis.ledger(settings), sale(id, "ref:1"));
      redis.run(Command.ZADD, LedgerKeys.due(shard), "1", id.toString());
      redis.run(Command.DEL, LedgerKeys.due(broken));
      redis.run(Command.SET, LedgerKeys.due(broken), "no set");
      RedisLane lane = new ForwardingLane() {
        @Override
        public RedisLane lane() {
          return redis.lane;
        }

        @Override
        public boolean spansSlots() {
          return spans;
        }
      };
      RedisLedger ledger = new RedisLedger(
          lane, new Sealer(TestRedis.KEY), settings, LocalClock.of(redis.vertx), Abilities.ALL);
      List<Integer> all = IntStream.range(0, Shards.COUNT).boxed().toList();
      assertThat(await(ledger.glance(all))).containsExactly(shard);
    }
  }
}
