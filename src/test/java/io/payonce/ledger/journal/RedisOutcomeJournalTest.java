package io.payonce.ledger.journal;

import static io.payonce.ledger.LedgerWords.await;
import static io.payonce.ledger.journal.Journals.add;
import static io.payonce.ledger.journal.Journals.sale;
import static io.payonce.ledger.journal.Journals.walk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.redis.EmptyRedis;
import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.model.Amount;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Shards;
import io.payonce.outcome.OutcomeBatch;
import io.payonce.outcome.OutcomeCursor;
import io.payonce.outcome.OutcomeEntry;
import io.payonce.outcome.OutcomeJournal;
import io.payonce.outcome.OutcomeKind;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All outcomes of all shards, in one order, none left out and none twice. */
class RedisOutcomeJournalTest extends EmptyRedis {
  private static final long LONG_AGO = 1_764_400_000_000L;

  private static OutcomeJournal journal;

  @BeforeAll
  static void open() {
    journal = Journals.journal(redis.lane);
  }

  private static long redisTime() {
    var time = redis.run(Command.TIME);
    return time.get(0).toLong() * 1000 + time.get(1).toLong() / 1000;
  }

  private static void write(int shard, String id, String requestId) {
    add(redis.lane, shard, id, sale("M" + shard, requestId));
  }

  private static List<String> ids(List<OutcomeEntry> entries) {
    return entries.stream().map(entry -> entry.id().requestId()).toList();
  }

  private static OutcomeEntry only(Map<String, String> fields) {
    add(redis.lane, 3, LONG_AGO + "-0", fields);
    List<OutcomeEntry> all = walk(journal, OutcomeCursor.START, 10);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static Map<String, String> with(String... more) {
    Map<String, String> fields = sale("M3", "r1");
    for (int i = 0; i < more.length; i += 2) {
      fields.put(more[i], more[i + 1]);
    }
    return fields;
  }

  @Test
  void an_entry_is_read_with_all_that_it_says() {
    OutcomeEntry entry = only(with("h", "2.3.1.", "oa", "700 USD, 900 in all", "pf", "other"));
    assertThat(entry.isReadable()).isTrue();
    assertThat(entry.cursor()).hasToString(LONG_AGO + "-3-0");
    assertThat(entry.id()).isEqualTo(new PaymentId("M3", "r1"));
    OutcomeEntry.Facts facts = entry.facts();
    assertThat(facts.kind()).isEqualTo(OutcomeKind.SETTLED);
    assertThat(facts.operation()).isEqualTo(Operation.SALE);
    assertThat(facts.names().order()).isEqualTo("ORDER-r1");
    assertThat(facts.names().original()).isNull();
    assertThat(facts.outcome()).isEqualTo(Outcome.PAID);
    assertThat(facts.money().asked()).isEqualTo(new Amount(1000L, "USD"));
    assertThat(facts.sum()).isEqualTo(900);
    assertThat(facts.names().platformIds()).hasSize(2).startsWith("r1");
    assertThat(facts.names().transactionId()).isEqualTo("Tr1");
    assertThat(facts.names().appId()).isEqualTo("app-1");
    assertThat(facts.course().platform()).isEqualTo("other");
    assertThat(facts.course().rule()).isEqualTo("status S");
    assertThat(facts.course().sends()).isEqualTo(3);
    assertThat(facts.course().begunAtMillis()).isEqualTo(LONG_AGO);
  }

  @Test
  void a_follow_up_names_what_it_was_done_to() {
    OutcomeEntry entry = only(with("is", "1 1764400000000 20000 refund print req:r0"));
    assertThat(entry.facts().names().order()).isNull();
    assertThat(entry.facts().names().original()).isEqualTo("req:r0");
  }

  /** What an operator ends may have no record any more. */
  @Test
  void an_entry_without_a_record_says_what_is_left() {
    OutcomeEntry entry = only(Map.of(
        "v", "1", "k", "decided", "p", "M3/r1", "out", "UNPAID", "why", "an operator says unpaid"));
    assertThat(entry.isReadable()).isTrue();
    assertThat(entry.facts().operation()).isNull();
    assertThat(entry.facts().money().asked()).isEqualTo(Amount.UNSAID);
    assertThat(entry.facts().course().rule()).isEqualTo("an operator says unpaid");
  }

  @ParameterizedTest
  @CsvSource({
    "v, 2",
    "v, ''",
    "k, unheard-of",
    "p, nobody",
    "out, MAYBE",
    "is, 2 something else",
    "is, broken",
    "is, 1 1764400000000 20000 teleport print order",
    "h, 1.1.1.Z",
    "am, 10 20 30",
    "oa, much"
  })
  void what_cannot_be_read_is_reported_as_such(String field, String value) {
    OutcomeEntry entry = only(with(field, value));
    assertThat(entry.isReadable()).isFalse();
    assertThat(entry.unreadable()).isNotEmpty();
    assertThat(entry.cursor()).hasToString(LONG_AGO + "-3-0");
    assertThat(entry.id()).isEqualTo(field.equals("p") ? null : new PaymentId("M3", "r1"));
  }

  /** Fields may come without a new version; who does not know them passes them over. */
  @Test
  void fields_of_later_versions_are_passed_over() {
    assertThat(only(with("zz", "new", "v", "1")).isReadable()).isTrue();
  }

  @Test
  void all_shards_are_one_list_whatever_the_parts() {
    Random random = new Random(7);
    List<String> written = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      int shard = random.nextInt(3) == 0 ? random.nextInt(Shards.COUNT) : 17;
      write(shard, (LONG_AGO + i / 4) + "-" + i, "r" + i);
      written.add("r" + i);
    }
    for (int most : new int[] {19, 399, 400, 401, OutcomeJournal.MOST}) {
      List<OutcomeEntry> seen = walk(journal, OutcomeCursor.START, most);
      assertThat(ids(seen)).as("parts of %s", most).containsExactlyInAnyOrderElementsOf(written);
      assertThat(seen).extracting(OutcomeEntry::cursor).isSorted();
    }
  }

  @Test
  void a_busy_shard_is_read_on_before_others_are_reported() {
    IntStream.range(0, 1500).forEach(i -> write(9, (LONG_AGO + i) + "-0", "busy" + i));
    write(200, (LONG_AGO + 1499) + "-0", "quiet");
    OutcomeBatch first = await(journal.read(OutcomeCursor.START, 1500));
    assertThat(ids(first.entries())).hasSize(1500).endsWith("busy1498", "busy1499");
    assertThat(first.hasMore()).isTrue();
    OutcomeBatch second = await(journal.read(first.next(), 1500));
    assertThat(ids(second.entries())).containsExactly("quiet");
    assertThat(second.hasMore()).isFalse();
  }

  @Test
  void events_of_one_millisecond_are_reported_once_each() {
    for (int shard : new int[] {0, 5, 255}) {
      for (int i = 0; i < 4; i++) {
        write(shard, LONG_AGO + "-" + i, shard + "n" + i);
      }
    }
    write(5, LONG_AGO + "-18446744073709551615", "last");
    write(5, (LONG_AGO + 1) + "-0", "after");
    for (int most : new int[] {1, 2, 3, 5}) {
      assertThat(ids(walk(journal, OutcomeCursor.START, most)))
          .containsExactly(
              "0n0", "0n1", "0n2", "0n3", "5n0", "5n1", "5n2", "5n3", "last", "255n0", "255n1",
              "255n2", "255n3", "after");
    }
  }

  /** Another shard may still get an entry of that very time. */
  @Test
  void what_is_too_young_waits() {
    long now = redisTime();
    write(1, (now - 60_000) + "-0", "old");
    write(2, (now + 60_000) + "-0", "young");
    write(1, (now + 120_000) + "-0", "younger");
    write(3, "18446744073709551615-0", "never");
    OutcomeBatch batch = await(journal.read(OutcomeCursor.START, 10));
    assertThat(ids(batch.entries())).containsExactly("old");
    assertThat(batch.hasMore()).isFalse();
    assertThat(batch.completeUntilMillis())
        .isBetween(now - 1000, redisTime() - RedisOutcomeJournal.MARGIN_MILLIS);
    assertThat(await(journal.read(batch.next(), 10)).next()).isEqualTo(batch.next());
  }

  /** One server's clock is a minute behind: what it has yet to write comes before the others'. */
  @Test
  void the_slowest_clock_says_how_far_the_journal_goes() {
    long now = redisTime();
    write(1, (now - 30_000) + "-0", "ahead");
    OutcomeJournal apart =
        Journals.journal(new SkewedLane(redis.lane, shard -> shard == 77 ? -60_000 : 0));
    OutcomeBatch before = await(apart.read(OutcomeCursor.START, 10));
    assertThat(before.entries()).isEmpty();
    assertThat(before.apartMillis()).isBetween(45_000L, 75_000L);
    write(77, (now - 59_000) + "-0", "behind");
    assertThat(ids(walk(journal, before.next(), 10))).containsExactly("behind", "ahead");
  }

  @Test
  void what_is_written_while_it_is_read_is_reported_once() {
    Random random = new Random(11);
    List<OutcomeEntry> seen = new ArrayList<>();
    List<String> written = new ArrayList<>();
    OutcomeCursor next = OutcomeCursor.START;
    for (int round = 0; round < 40; round++) {
      Future<OutcomeBatch> reading = journal.read(next, 1 + random.nextInt(40));
      for (int i = 0; i < 10; i++) {
        String name = round + "n" + i;
        write(random.nextInt(4), "*", name);
        written.add(name);
      }
      OutcomeBatch batch = await(reading);
      seen.addAll(batch.entries());
      next = batch.next();
    }
    OutcomeCursor from = next;
    List<OutcomeEntry> rest = new ArrayList<>();
    Awaitility.await().until(() -> {
      rest.addAll(walk(journal, rest.isEmpty() ? from : last(rest), 50));
      return seen.size() + rest.size() >= written.size();
    });
    seen.addAll(rest);
    assertThat(ids(seen)).containsExactlyInAnyOrderElementsOf(written);
    assertThat(seen).extracting(OutcomeEntry::cursor).isSorted();
  }

  private static OutcomeCursor last(List<OutcomeEntry> entries) {
    return entries.get(entries.size() - 1).cursor();
  }

  /** The platform's number of an order names all its attempts, also those that let go of it. */
  @Test
  void the_ended_payments_of_an_order_are_found_the_latest_first() {
    PaymentId any = new PaymentId("M1", "");
    int shard = Shards.of("M1");
    for (int i = 0; i < 700; i++) {
      Map<String, String> fields = sale("M1", "r" + i);
      fields.put("is", "1 1764400000000 20000 sale print " + (i % 300 == 5 ? "WANTED" : "OTHER"));
      add(redis.lane, shard, (LONG_AGO + i / 7) + "-" + i, fields);
    }
    Map<String, String> others = sale("M1~app", "another");
    others.put("is", "1 1764400000000 20000 sale print WANTED");
    add(redis.lane, shard, (LONG_AGO + 5000) + "-0", others);
    assertThat(await(journal.ofOrder(any, "WANTED"))).containsExactly("r605", "r305", "r5");
    assertThat(await(journal.ofOrder(any, "NOBODYS"))).isEmpty();
  }

  @Test
  void what_was_trimmed_is_passed_over() {
    IntStream.range(0, 50).forEach(i -> write(4, (LONG_AGO + i) + "-0", "r" + i));
    OutcomeBatch first = await(journal.read(OutcomeCursor.START, 10));
    redis.run(Command.XTRIM, LedgerKeys.outcomes(4), "MINID", (LONG_AGO + 40) + "-0");
    assertThat(ids(walk(journal, first.next(), 7)))
        .containsExactlyElementsOf(
            IntStream.range(40, 50).mapToObj(i -> "r" + i).toList());
  }

  /** Its server's clock answers, and its stream does not. */
  @Test
  void a_shard_whose_stream_is_unavailable_fails_the_call() {
    OutcomeJournal broken =
        Journals.journal(SkewedLane.withoutStream(redis.lane, LedgerKeys.outcomes(140)));
    assertThatThrownBy(() -> await(broken.read(OutcomeCursor.START, 10)))
        .isInstanceOf(LedgerUnavailable.class);
  }

  @Test
  void a_shard_that_does_not_answer_fails_the_call() {
    write(1, LONG_AGO + "-0", "here");
    OutcomeJournal broken =
        Journals.journal(SkewedLane.without(redis.lane, LedgerKeys.outcomes(140)));
    assertThatThrownBy(() -> await(broken.read(OutcomeCursor.START, 10)))
        .isInstanceOf(LedgerUnavailable.class);
  }
}
