package io.payonce.ledger.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.Cursor;
import io.payonce.ledger.LedgerAdmin;
import io.payonce.ledger.LedgerAdmin.Listing;
import io.payonce.ledger.LedgerAdmin.Page;
import io.payonce.ledger.LedgerWords;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.Abilities;
import io.payonce.model.PaymentId;
import io.payonce.model.Shards;
import io.vertx.redis.client.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What operators see of the ledger, where its lists are awkward. */
class RedisLedgerAdminTest extends EmptyRedis {
  /** Longer than any test. */
  private static final long HOUR = 3_600_000;

  private static LedgerAdmin admin;

  @BeforeAll
  static void open() {
    LedgerSettings settings = LedgerSettings.of(15_000, 60_000, 60_000);
    admin = new RedisLedgerAdmin(redis.lane, new Sealer(TestRedis.KEY), settings, Abilities.ALL);
  }

  private static void list(String merchant, String id, long score) {
    PaymentId name = new PaymentId(merchant, id);
    redis.run(Command.ZADD, LedgerKeys.of(name).attention(), Long.toString(score), name.toString());
  }

  private static List<String> walk(int limit) {
    List<String> seen = new ArrayList<>();
    Cursor from = Cursor.START;
    while (from != null) {
      Page page = LedgerWords.await(admin.page(Listing.ATTENTION, Cursor.parse(from + ""), limit));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      page.items().forEach(item -> seen.add(item.id().requestId()));
      from = page.next();
    }
    return seen;
  }

  @Test
  void payments_of_the_same_millisecond_are_listed_once_each() {
    String[] names = {"SAME%d", "same%d", "same-%d", "same_%d", "sameÄ%d"};
    for (String name : names) {
      IntStream.range(0, 5).forEach(i -> list("M1", name.formatted(i), 1_700_000_000_000L));
    }
    for (int limit : new int[] {1, 2, 7, 24, 25, 26}) {
      assertThat(walk(limit)).hasSize(25).doesNotHaveDuplicates().isSorted();
    }
  }

  @Test
  void every_shard_is_walked_and_the_totals_agree() {
    IntStream.range(0, 300).forEach(i -> list("M" + i, "id" + i, 1_700_000_000_000L + i));
    assertThat(walk(50)).hasSize(300).doesNotHaveDuplicates();
    assertThat(LedgerWords.await(admin.totals())).isEqualTo(new LedgerAdmin.Totals(0, 300, 0));
    assertThat(
            LedgerWords.await(admin.page(Listing.UNRESOLVED, Cursor.START, 5)).items())
        .isEmpty();
  }

  private static void due(String merchant, int number, String stage, long inMillis) {
    PaymentId name = new PaymentId(merchant, "pay" + number);
    long at = System.currentTimeMillis() + inMillis;
    redis.run(Command.ZADD, LedgerKeys.of(name).due(), Long.toString(at), name.toString());
    redis.run(Command.HSET, LedgerKeys.of(name).payment(), "st", stage);
  }

  @Test
  void in_doubt_is_what_is_unknown_or_overdue_and_not_what_runs() {
    IntStream.range(0, 40).forEach(i -> due("M" + i, i, "SENDING", HOUR));
    IntStream.range(40, 60).forEach(i -> due("M" + i, i, "OPEN", HOUR));
    assertThat(LedgerWords.await(admin.totals())).isEqualTo(new LedgerAdmin.Totals(60, 0, 0));
    IntStream.range(60, 67).forEach(i -> due("M1", i, "IN_DOUBT", HOUR));
    IntStream.range(67, 70).forEach(i -> due("M2", i, "ATTENTION", HOUR));
    redis.run(
        Command.ZADD,
        LedgerKeys.of(new PaymentId("M1", "x")).due(),
        "-1",
        Canary.of(Shards.of("M1")));
    due("M3", 70, "OPEN", -3_600_000);
    due("M3", 71, "SENDING", -3_600_000);
    assertThat(LedgerWords.await(admin.totals())).isEqualTo(new LedgerAdmin.Totals(72, 0, 12));
  }

  @Test
  void beyond_the_sample_in_doubt_is_estimated() {
    IntStream.range(0, 1500).forEach(i -> due("M" + i % 7, i, "IN_DOUBT", HOUR));
    IntStream.range(1500, 3000).forEach(i -> due("M" + i % 7, i, "SENDING", HOUR));
    LedgerAdmin.Totals totals = LedgerWords.await(admin.totals());
    assertThat(totals.unresolved()).isEqualTo(3000);
    // Six times the deviation of a random sample of a thousand.
    assertThat(totals.inDoubt()).isBetween(1200L, 1800L);
  }

  @Test
  void a_page_goes_on_after_payments_that_have_left_the_list() {
    IntStream.range(0, 6).forEach(i -> list("M1", "id" + i, 1_700_000_000_000L + i));
    Page first = LedgerWords.await(admin.page(Listing.ATTENTION, Cursor.START, 3));
    PaymentId gone = first.items().get(2).id();
    redis.run(Command.ZREM, LedgerKeys.of(gone).attention(), gone.toString());
    Page second = LedgerWords.await(admin.page(Listing.ATTENTION, first.next(), 3));
    assertThat(second.items())
        .extracting(item -> item.id().requestId())
        .containsExactly("id3", "id4", "id5");
  }

  @Test
  void what_is_listed_but_forgotten_can_be_taken_off_the_list() {
    list("M1", "lost", 1_700_000_000_000L);
    PaymentId lost = new PaymentId("M1", "lost");
    assertThat(LedgerWords.await(admin.inspect(lost)).orElseThrow().payment()).isNull();
    assertThat(LedgerWords.await(admin.acknowledge(lost, "an operator"))).isTrue();
    assertThat(LedgerWords.await(admin.acknowledge(lost, "an operator"))).isFalse();
    assertThat(LedgerWords.await(admin.inspect(lost))).isEmpty();
  }

  @Test
  void a_contradicted_payment_expires_once_an_operator_has_seen_it() {
    list("M1", "told-unpaid", 1_700_000_000_000L);
    PaymentId id = new PaymentId("M1", "told-unpaid");
    String key = LedgerKeys.of(id).payment();
    redis.run(Command.HSET, key, "st", "SETTLED", "out", "UNPAID");
    assertThat(LedgerWords.await(admin.acknowledge(id, "an operator"))).isTrue();
    assertThat(redis.run(Command.PTTL, key).toLong()).isBetween(1L, 60_000L);
    redis.run(Command.PEXPIRE, key, "20000");
    list("M1", "told-unpaid", 1_700_000_000_000L);
    assertThat(LedgerWords.await(admin.acknowledge(id, "an operator"))).isTrue();
    assertThat(redis.run(Command.PTTL, key).toLong()).isBetween(1L, 20_000L);
  }

  @Test
  void a_record_that_cannot_be_read_is_shown_as_such_and_hides_no_other() {
    list("M1", "poison", 1_700_000_000_000L);
    list("M1", "sound", 1_700_000_000_001L);
    redis.run(Command.HSET, LedgerKeys.of(new PaymentId("M1", "poison")).payment(), "st", "NOVEL");
    Page page = LedgerWords.await(admin.page(Listing.ATTENTION, Cursor.START, 10));
    assertThat(page.items()).hasSize(2);
    assertThat(page.items().get(0).unreadable()).contains("cannot be read");
  }
}
