package io.payonce.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.Cursor;
import io.payonce.ledger.LedgerWords;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.redis.EmptyRedis;
import io.payonce.ledger.redis.HomePlatform;
import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.ledger.redis.TestRedis;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.Abilities;
import io.payonce.model.Account;
import io.payonce.model.Amount;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import io.payonce.outcome.Notice;
import io.payonce.outcome.Outbox;
import io.payonce.outcome.Outbox.Redelivery;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Leases, order, pauses and what is given up, on a real Redis. */
class RedisOutboxTest extends EmptyRedis {
  private static final String URL = "https://hooks.example.com/paid?key=secret";
  private static final long LEASE = 20_000;
  private static final Sealer SEALER = new Sealer(TestRedis.KEY);
  private static final LedgerSettings SETTINGS = LedgerSettings.of(1000, 60_000, 60_000);

  private final RedisOutbox outbox =
      new RedisOutbox(redis.lane, SEALER, SETTINGS, Abilities.ALL, 60_000);

  private final PaymentId id = new PaymentId("M1", "id-1");
  private final LedgerKeys keys = LedgerKeys.of(id);

  @Test
  void it_is_given_to_one_at_a_time_with_all_that_is_to_be_said() {
    settled(1, "PAID", 1);
    Notice notice = claim().orElseThrow();
    assertThat(notice.url()).isEqualTo(URL);
    assertThat(notice.ending().outcome()).isEqualTo(Outcome.PAID);
    assertThat(new String(notice.ending().answer().body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"n\":1}");
    assertThat(notice.ending().operation()).isEqualTo(Operation.SALE);
    assertThat(notice.ending().order()).isEqualTo("order 1");
    assertThat(notice.ending().asked()).isEqualTo(new Amount(1000L, "USD"));
    assertThat(notice.ending().transactionId()).isEqualTo("T1");
    assertThat(notice.tries().failed()).isZero();
    assertThat(notice.tries().sinceMillis())
        .isEqualTo(1)
        .isEqualTo(notice.tries().atMillis());
    assertThat(notice.toString()).doesNotContain("secret", "hooks");

    assertThat(claim()).isEmpty();
    assertThat(look().due()).isEmpty();
    assertThat(look().pending()).isEqualTo(1);
    assertThat(look().waitedMillis()).isZero();
    assertThat(look().nextMillis()).as("its lease").isBetween(1L, LEASE);
  }

  @Test
  void it_says_under_whose_key_its_payment_was_sent() {
    settled(1, "PAID", 1);
    assertThat(claim().orElseThrow().account()).isEqualTo(Account.DEFAULT);
    leaseEnds();
    redis.run(Command.HSET, keys.notice(), "pf", "platform/north");
    assertThat(claim().orElseThrow().account()).as("this pod has no such key").isNull();
    leaseEnds();
    LedgerSettings north = SETTINGS.with(
        new HomePlatform("platform", Set.of("north"), 600_000, 15_000, System::nanoTime));
    RedisOutbox other = new RedisOutbox(redis.lane, SEALER, north, Abilities.ALL, 60_000);
    assertThat(await(other.claim(id, LEASE)).orElseThrow().account())
        .isEqualTo(new Account("north"));
  }

  @Test
  void whose_lease_is_over_has_it_no_longer_and_the_next_one_gets_it_under_the_same_name() {
    settled(1, "PAID", 1);
    Notice first = claim().orElseThrow();
    leaseEnds();
    assertThat(look().due()).containsExactly(id);
    assertThat(claim().orElseThrow().uuid()).isEqualTo(first.uuid());
  }

  @Test
  void what_is_delivered_is_forgotten_and_known_on_the_timeline() {
    settled(1, "PAID", 1);
    assertThat(await(outbox.delivered(claim().orElseThrow(), "notification taken")))
        .isFalse();
    assertThat(redis.run(Command.EXISTS, keys.notice()).toInteger()).isZero();
    assertThat(look()).isEqualTo(new Outbox.Shard(List.of(), 0, 0, 0, -1));
    assertThat(redis.run(Command.HGET, keys.payment(), "log").toString())
        .matches("\\d+ notification taken\n");
  }

  @Test
  void who_took_no_success_can_be_notified_of_one_when_the_record_is_gone() {
    settled(1, "UNPAID", 1);
    assertThat(await(outbox.delivered(claim().orElseThrow(), "notification taken")))
        .isFalse();
    assertThat(look()).isEqualTo(new Outbox.Shard(List.of(), 0, 0, 0, -1));
    assertThat(redis.run(Command.HEXISTS, keys.notice(), "1").toInteger()).isZero();
    assertThat(redis.run(Command.HEXISTS, keys.notice(), "url").toInteger()).isEqualTo(1);
    assertThat(redis.run(Command.PTTL, keys.notice()).toLong()).isPositive();
    redis.run(Command.DEL, keys.payment());
    put(id, 2, "PAID", 2);
    Notice late = claim().orElseThrow();
    assertThat(late.ending().outcome()).isEqualTo(Outcome.PAID);
    assertThat(late.ending().operation()).isEqualTo(Operation.SALE);
    assertThat(await(outbox.delivered(late, "e"))).isFalse();
    assertThat(redis.run(Command.EXISTS, keys.notice()).toInteger()).isZero();
  }

  @Test
  void a_later_word_waits_until_the_earlier_one_is_taken_and_has_a_name_of_its_own() {
    settled(1, "UNPAID", 1);
    Notice first = claim().orElseThrow();
    settled(2, "PAID", 2);
    assertThat(claim()).isEmpty();
    assertThat(await(outbox.delivered(first, "e"))).isTrue();
    Notice second = claim().orElseThrow();
    assertThat(second.number()).isEqualTo(2);
    assertThat(second.ending().outcome()).isEqualTo(Outcome.PAID);
    assertThat(second.uuid()).isNotEqualTo(first.uuid());

    assertThat(await(outbox.delivered(first, "e"))).isFalse();
    assertThat(redis.run(Command.HEXISTS, keys.notice(), "2").toInteger())
        .as("who comes late with an earlier one takes nothing away")
        .isEqualTo(1);
  }

  @Test
  void of_several_the_oldest_is_had_also_beyond_nine() {
    for (int number = 12; number > 1; number--) {
      settled(number, "PAID", number);
    }
    assertThat(claim().orElseThrow().number()).isEqualTo(2);
  }

  @Test
  void a_failed_try_is_counted_and_due_after_its_pause() {
    settled(1, "PAID", 5);
    Notice first = claim().orElseThrow();
    await(outbox.again(first, 60_000, "HTTP 500"));
    assertThat(claim()).isEmpty();
    assertThat(score(keys.outbox()) - first.tries().nowMillis()).isBetween(59_000L, 120_000L);
    assertThat(look().waitedMillis()).as("since it came to be").isGreaterThan(1_000_000);

    leaseEnds();
    Notice again = claim().orElseThrow();
    assertThat(again.tries().failed()).isEqualTo(1);
    assertThat(again.tries().lastWhy()).isEqualTo("HTTP 500");
    await(outbox.postpone(again, 0));
    assertThat(claim().orElseThrow().tries().failed()).as("nobody has tried").isEqualTo(1);
    await(outbox.delivered(again, "e"));
    assertThat(look().waitedMillis()).isZero();
  }

  @Test
  void what_is_given_up_is_listed_without_its_url_and_sent_again_when_an_operator_wants_it() {
    settled(1, "PAID", 7);
    await(outbox.again(claim().orElseThrow(), 0, "TIMEOUT"));
    Notice notice = claim().orElseThrow();
    assertThat(await(outbox.giveUp(notice, "HTTP 500", "given up"))).isFalse();
    assertThat(look()).isEqualTo(new Outbox.Shard(List.of(), 0, 1, 0, -1));
    Outbox.Undelivered listed = undelivered().items().get(0);
    assertThat(listed)
        .isEqualTo(new Outbox.Undelivered(
            id, 7, listed.givenUpAtMillis(), 2, "HTTP 500", "hooks.example.com"));

    assertThat(await(outbox.redeliver(id, "ada wants it"))).isEqualTo(Redelivery.DUE);
    assertThat(undelivered()).isEqualTo(new Outbox.UndeliveredPage(List.of(), null, 0));
    Notice again = claim().orElseThrow();
    assertThat(again.uuid()).isEqualTo(notice.uuid());
    assertThat(again.tries().failed()).isZero();
    assertThat(again.tries().nowMillis() - again.tries().sinceMillis()).isBetween(0L, 60_000L);
    assertThat(redis.run(Command.HGET, keys.payment(), "log").toString())
        .contains("given up\n", "ada wants it\n");
  }

  @Test
  void an_earlier_word_is_never_sent_after_a_later_one() {
    settled(1, "UNPAID", 1);
    Notice first = claim().orElseThrow();
    settled(2, "PAID", 2);
    assertThat(await(outbox.giveUp(first, "HTTP 500", "e"))).isTrue();
    assertThat(await(outbox.redeliver(id, "e"))).isEqualTo(Redelivery.PENDING);
    Notice second = claim().orElseThrow();
    assertThat(second.number()).isEqualTo(2);
    assertThat(undelivered().total()).isEqualTo(1);

    await(outbox.delivered(second, "e"));
    assertThat(undelivered().total()).isZero();
    assertThat(await(outbox.redeliver(id, "e"))).isEqualTo(Redelivery.UNKNOWN);
    assertThat(claim()).isEmpty();
  }

  @Test
  void what_is_tried_is_not_forgotten_and_what_was_given_up_long_ago_leaves_the_list() {
    settled(1, "PAID", 1);
    redis.run(Command.PEXPIRE, keys.notice(), "30000");
    Notice notice = claim().orElseThrow();
    assertThat(redis.run(Command.PTTL, keys.notice()).toLong()).isGreaterThan(30_000);
    await(outbox.giveUp(notice, "DNS", "e"));
    assertThat(look().undelivered()).isEqualTo(1);
    redis.run(Command.ZADD, LedgerKeys.undelivered(keys.shard()), "1", id.toString());
    for (int i = 0; i < 25; i++) {
      String other = id.other("over-" + i).toString();
      redis.run(Command.ZADD, LedgerKeys.undelivered(keys.shard()), "2", other);
    }
    for (int looks = 0; looks < 3; looks++) {
      assertThat(look().undelivered()).isZero();
    }
    assertThat(redis.run(Command.EXISTS, LedgerKeys.undelivered(keys.shard())).toLong())
        .isZero();
    assertThat(undelivered().total()).isZero();
  }

  @Test
  void the_last_that_was_given_up_stands_for_all() {
    settled(1, "UNPAID", 1);
    Notice first = claim().orElseThrow();
    settled(2, "PAID", 2);
    await(outbox.giveUp(first, "TIMEOUT", "e"));
    await(outbox.giveUp(claim().orElseThrow(), "REFUSED", "e"));
    assertThat(undelivered().items()).singleElement().satisfies(one -> {
      assertThat(one.atMillis()).isEqualTo(2);
      assertThat(one.why()).isEqualTo("REFUSED");
    });
    assertThat(await(outbox.redeliver(id, "e"))).isEqualTo(Redelivery.DUE);
    assertThat(claim().orElseThrow().ending().outcome()).isEqualTo(Outcome.PAID);
  }

  @Test
  void pages_follow_each_other_and_pass_over_what_is_forgotten() {
    for (int i = 0; i < 5; i++) {
      PaymentId each = new PaymentId("M" + i, "id");
      put(each, 1, "PAID", 1);
      await(outbox.giveUp(await(outbox.claim(each, LEASE)).orElseThrow(), "DNS", "e"));
    }
    Outbox.UndeliveredPage first = await(outbox.undelivered(Cursor.START, 3));
    Outbox.UndeliveredPage second = await(outbox.undelivered(first.next(), 3));
    assertThat(first.total()).isEqualTo(5);
    assertThat(first.items()).hasSize(3);
    assertThat(second.items()).hasSize(2).doesNotContainAnyElementsOf(first.items());
    assertThat(second.next()).isNull();

    redis.run(Command.DEL, LedgerKeys.of(first.items().get(0).id()).notice());
    assertThat(undelivered().items()).hasSize(4);
    assertThat(undelivered().total()).isEqualTo(4);
  }

  @Test
  void what_is_left_of_a_notification_that_has_expired_leaves_the_outbox() {
    settled(1, "PAID", 1);
    redis.run(Command.DEL, keys.notice());
    assertThat(claim()).isEmpty();
    assertThat(look().pending()).isZero();
  }

  @Test
  void what_cannot_be_read_is_shown_as_that_and_delays_no_other() {
    settled(1, "PAID", 1);
    RedisOutbox stranger = new RedisOutbox(
        redis.lane,
        new Sealer(new byte[] {
          1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0,
          1, 2
        }),
        SETTINGS,
        Abilities.ALL,
        60_000);
    assertThat(await(stranger.claim(id, LEASE)).orElseThrow().url()).isNull();

    leaseEnds();
    redis.run(Command.HSET, keys.notice(), "1", "of another form");
    Notice strange = claim().orElseThrow();
    assertThat(strange.url()).isNull();
    assertThat(strange.ending().outcome()).isNull();
    await(outbox.giveUp(strange, "UNREADABLE", "e"));
    assertThat(undelivered().items().get(0).atMillis()).isZero();
  }

  @Test
  void the_most_overdue_come_first_and_no_more_than_asked_for() {
    for (int i = 1; i <= 3; i++) {
      PaymentId each = id.other("id-" + i);
      put(each, 1, "PAID", 4 - i);
    }
    assertThat(await(outbox.look(keys.shard(), 2)).due())
        .containsExactly(id.other("id-3"), id.other("id-2"));
    assertThat(await(outbox.look(keys.shard(), 2)).pending()).isEqualTo(3);
  }

  private void settled(int number, String outcome, long atMillis) {
    put(id, number, outcome, atMillis);
    redis.run(Command.HSET, keys.payment(), "st", "SETTLED", "log", "");
  }

  /** As the script that settles a payment writes it. */
  private static void put(PaymentId id, int number, String outcome, long atMillis) {
    LedgerKeys keys = LedgerKeys.of(id);
    byte[] head = ("settled " + outcome + " " + atMillis + " ").getBytes(StandardCharsets.UTF_8);
    byte[] answer = SEALER.sealReply(
        id, Reply.json(("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8)));
    byte[] said = new byte[head.length + answer.length];
    System.arraycopy(head, 0, said, 0, head.length);
    System.arraycopy(answer, 0, said, head.length, answer.length);
    Request hset = Request.cmd(Command.HSET)
        .arg(keys.notice())
        .arg("n")
        .arg(number)
        .arg("url")
        .arg(SEALER.seal(id, "nu", URL.getBytes(StandardCharsets.UTF_8)))
        .arg(number)
        .arg(said)
        .arg("is")
        .arg("1 1 1 sale print order 1")
        .arg("am")
        .arg("1000 USD")
        .arg("txn")
        .arg("T1");
    await(redis.lane.send("any", hset));
    redis.run(Command.ZADD, keys.outbox(), "NX", "" + atMillis, id.toString());
  }

  private Optional<Notice> claim() {
    return await(outbox.claim(id, LEASE));
  }

  private void leaseEnds() {
    redis.run(Command.ZADD, keys.outbox(), "1", id.toString());
  }

  private long score(String key) {
    Response score = redis.run(Command.ZSCORE, key, id.toString());
    return (long) Double.parseDouble(score.toString());
  }

  private Outbox.Shard look() {
    return await(outbox.look(keys.shard(), 10));
  }

  private Outbox.UndeliveredPage undelivered() {
    return await(outbox.undelivered(Cursor.START, 10));
  }

  private static <T> T await(Future<T> future) {
    return LedgerWords.await(future);
  }
}
