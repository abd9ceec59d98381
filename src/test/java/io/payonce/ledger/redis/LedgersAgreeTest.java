package io.payonce.ledger.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.BeginResult;
import io.payonce.ledger.Claim.Claimed;
import io.payonce.ledger.CloseResult;
import io.payonce.ledger.Deferral;
import io.payonce.ledger.FakeLedger;
import io.payonce.ledger.FakeStore;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerWords;
import io.payonce.ledger.NoticeLine;
import io.payonce.ledger.OutcomeLine;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Road;
import io.payonce.ledger.Settlement;
import io.payonce.logs.Logs;
import io.payonce.model.Ability;
import io.payonce.model.Intent;
import io.payonce.model.Lease;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import io.payonce.recovery.PlatformId;
import io.payonce.recovery.Stage;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The fake and the real ledger give the same answers to the same moves, whatever their order: the
 * fake may stand for the real one in every other test. {@code -Dseed=} makes others.
 */
@Logs(value = "its id is another request's by now", maybe = true)
@Logs(value = "money moved that was answered otherwise", maybe = true)
@Logs(value = "answered refused for now, then", maybe = true)
@Logs(value = "answered UNPAID, platform reports PAID", maybe = true)
class LedgersAgreeTest {
  private static final int RUNS = 60;
  private static final int MOVES = 60;
  private static final List<String> ORDERS = List.of("ref:1", "ref:1", "ref:1", "txn:T1", "req:a");
  private static final List<String> STAGES =
      List.of("SENDING", "HELD", "IN_DOUBT", "OPEN", "ATTENTION");
  private static final List<Operation> OPERATIONS =
      List.of(Operation.SALE, Operation.REFUND, Operation.CREATE_SESSION);
  private static final Set<Ability> FORMS = Set.of(Ability.PACKED, Ability.ARCHIVE, Ability.EVENTS);
  private static TestRedis redis;

  private final AtomicLong clock = new AtomicLong(1_800_000_000_000L);

  @BeforeAll
  static void start() {
    redis = new TestRedis();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @Test
  void fake_and_real_ledger_give_the_same_answers_to_any_sequence_of_moves() {
    agree("run", redis::ledger);
  }

  /** As while pods of former versions come and go: what has ended has each form, in each move. */
  @Test
  void so_they_do_while_forms_of_what_has_ended_come_and_go() {
    Random random = new Random(20261130L);
    agree(
        "mixed",
        settings ->
            redis.ledger(settings, ability -> !FORMS.contains(ability) || random.nextBoolean()));
  }

  private void agree(String name, Function<LedgerSettings, Ledger> ledgers) {
    long seed = Long.getLong("seed", 20261130L);
    Random random = new Random(seed);
    for (int run = 0; run < RUNS; run++) {
      String merchant = name + run;
      Pair pair = new Pair(ledgers);
      List<String> answered = new ArrayList<>();
      for (int move = 0; move < MOVES; move++) {
        long moveSeed = random.nextLong();
        clock.incrementAndGet();
        List<String> answers = pair.move(merchant, moveSeed);
        answered.add(answers.get(0));
        assertThat(answers.get(1))
            .as("seed %d, run %d, moves so far: %s", seed, run, answered)
            .isEqualTo(answers.get(0));
      }
    }
  }

  /** Two worlds in which the same moves are made. */
  private final class Pair {
    private final FakeStore store = new FakeStore(clock::get);
    private final World fake = new World(
        settings -> new FakeLedger(store, settings),
        id -> store.journal().stream().filter(line -> line.id().equals(id)).toList(),
        id -> store.notices().getOrDefault(id, List.of()),
        store::lose);
    private final World real;

    private Pair(Function<LedgerSettings, Ledger> ledgers) {
      real = new World(
          ledgers,
          redis::journal,
          redis::notices,
          id -> redis.run(
              Command.DEL, LedgerKeys.of(id).payment(), LedgerKeys.of(id).ended()));
    }

    private List<String> move(String merchant, long seed) {
      return List.of(fake.move(merchant, new Random(seed)), real.move(merchant, new Random(seed)));
    }
  }

  /** A ledger seen by pods of several settings, and every lease they ever got. */
  private static final class World {
    private final List<Ledger> pods = new ArrayList<>();
    private final List<Lease> leases = new ArrayList<>();

    private final Function<PaymentId, List<OutcomeLine>> journal;
    private final Function<PaymentId, List<NoticeLine>> notices;
    private final Consumer<PaymentId> lose;

    private World(
        Function<LedgerSettings, Ledger> ledger,
        Function<PaymentId, List<OutcomeLine>> journal,
        Function<PaymentId, List<NoticeLine>> notices,
        Consumer<PaymentId> lose) {
      this.journal = journal;
      this.notices = notices;
      this.lose = lose;
      pods.add(ledger.apply(LedgerWords.settings(3_600_000, 86_400_000, 86_400_000, true)));
      pods.add(ledger.apply(LedgerWords.settings(-1, 86_400_000, 86_400_000, true)));
      pods.add(ledger.apply(LedgerWords.settings(-1, 0, 86_400_000, true)));
      pods.add(ledger.apply(LedgerWords.settings(-1, 86_400_000, 0, false)));
    }

    private String move(String merchant, Random random) {
      Ledger pod = pods.get(random.nextInt(20) < 17 ? random.nextInt(2) : 2 + random.nextInt(2));
      PaymentId id = new PaymentId(merchant, String.valueOf((char) ('a' + random.nextInt(4))));
      int lease = random.nextInt();
      return switch (random.nextInt(16)) {
        case 0, 1, 2 -> begin(pod, id, random);
        case 3, 11 -> "settle " + withLease(lease, random, one -> pod.settle(one, end(random)));
        case 13 ->
          "contradict " + id
              + answered(pod.contradict(id, "ref:1", true, "9" + random.nextInt(2), "moved"));
        case 12 ->
          "settlePaid "
              + withLease(lease, random, one -> pod.settlePaid(one.payment(), end(random)));
        case 4 -> "release " + withLease(lease, random, one -> pod.release(one, end(random)));
        case 5, 6 -> "defer " + withLease(lease, random, one -> pod.defer(one, deferral(random)));
        case 7 -> "intent " + withLease(lease, random, one -> intent(pod, one, random));
        case 8, 9 -> "claim " + id + answered(pod.claim(id));
        case 10 ->
          random.nextInt(3) == 0
              ? "abort " + id + answered(pod.abort(id))
              : random.nextInt(6) == 0
                  ? "name " + id + answered(pod.rememberAlias(id, "T2"))
                  : "expedite " + id + answered(pod.expedite(id, "expedited"));
        case 14 -> "expires " + id + expires(pod, id);
        default -> looks(pod, id);
      };
    }

    private String begin(Ledger pod, PaymentId id, Random random) {
      Operation operation = OPERATIONS.get(random.nextInt(3));
      String order =
          operation == Operation.CREATE_SESSION ? null : ORDERS.get(random.nextInt(ORDERS.size()));
      String body = random.nextInt(6) == 0 ? "{}" : LedgerWords.BODY;
      return "begin " + id + " " + operation + " " + order + " " + body
          + answered(pod.begin(
              LedgerWords.payment(id, operation, order, body).over(road(random), "app-1")));
    }

    private static Road road(Random random) {
      return switch (random.nextInt(3)) {
        case 0 -> null;
        case 1 -> new Road(null);
        default -> new Road("https://shop.example/" + random.nextInt(3));
      };
    }

    private String withLease(int choice, Random random, Function<Lease, Future<?>> move) {
      if (leases.isEmpty()) {
        return "nothing";
      }
      int recent = Math.min(leases.size(), 4);
      int back = random.nextInt(4) == 0 ? leases.size() : recent;
      Lease lease = leases.get(leases.size() - 1 - Math.floorMod(choice, back));
      return lease.id() + answered(move.apply(lease));
    }

    private static Future<?> intent(Ledger pod, Lease lease, Random random) {
      return pod.recordIntent(lease, stage(random), answer(random), name(random), "attempted");
    }

    /** As if the record of what has ended had been kept for long enough. */
    private boolean expires(Ledger pod, PaymentId id) {
      boolean ended = LedgerWords.await(pod.find(id)).filter(Payment::isEnded).isPresent();
      if (ended) {
        lose.accept(id);
      }
      return ended;
    }

    private String looks(Ledger pod, PaymentId id) {
      Set<String> due = LedgerWords.await(pod.due(LedgerKeys.of(id).shard(), 1000)).stream()
          .filter(one -> one.merchantId().equals(id.merchantId()))
          .map(PaymentId::toString)
          .collect(Collectors.toSet());
      return "due " + new java.util.TreeSet<>(due) + " find " + id + answered(pod.find(id))
          + answered(pod.platformId(id))
          + answered(pod.findByAlias(id.merchantId(), "T1"))
          + answered(pod.findByAlias(id.merchantId(), "T2"))
          + answered(pod.findByAlias(id.merchantId(), PlatformId.of(id, 2)))
          + journal.apply(id)
          + notices.apply(id);
    }

    private String answered(Future<?> move) {
      try {
        return " -> " + text(LedgerWords.await(move));
      } catch (IllegalArgumentException e) {
        return " -> " + e.getMessage();
      }
    }

    private String text(Object answer) {
      if (answer instanceof Optional<?> some) {
        return some.map(this::text).orElse("nothing");
      } else if (answer instanceof BeginResult.Begun begun) {
        return "begun " + text(begun.intent());
      } else if (answer instanceof BeginResult.Known known) {
        return "known " + text(known.payment());
      } else if (answer instanceof BeginResult.OtherBody) {
        return "other body";
      } else if (answer instanceof CloseResult.Already already) {
        return "already " + text(already.payment());
      } else if (answer instanceof Claimed claimed) {
        return "claimed " + text(claimed.lease()) + text(claimed.payment());
      } else if (answer instanceof Intent intent) {
        return "intent " + text(intent.lease());
      } else if (answer instanceof Lease lease) {
        leases.add(lease);
        return lease.id() + " " + lease.order();
      } else if (answer instanceof Payment payment) {
        return text(payment);
      }
      return String.valueOf(answer);
    }

    private static String text(Payment payment) {
      return payment.toString()
          + payment.stage()
          + payment.operation()
          + payment.order()
          + payment.steps()
          + (payment.road() == null ? "" : payment.road().callersUrl())
          + (payment.intentAtMillis() >= payment.begunAtMillis())
          + (payment.answer() == null ? "" : new String(payment.answer().body()))
          + (payment.body() == null ? "" : new String(payment.body()))
          + LedgerWords.events(payment).stream().limit(12).toList();
    }

    private static Settlement end(Random random) {
      Settlement end = switch (random.nextInt(6)) {
        case 0 -> LedgerWords.unpaid();
        case 1 -> LedgerWords.refused();
        default -> LedgerWords.paid(random.nextBoolean() ? "T1" : null);
      };
      return end;
    }

    private static Deferral deferral(Random random) {
      long pause = random.nextInt(3) == 0 ? 3_600_000 : 0;
      return new Deferral(
          stage(random),
          pause,
          answer(random),
          random.nextInt(5),
          "deferred " + pause,
          name(random));
    }

    private static String name(Random random) {
      return random.nextBoolean() ? null : "T" + (1 + random.nextInt(2));
    }

    private static Stage stage(Random random) {
      String attempt = random.nextInt(8) == 0 ? "2." : "1.";
      return Stage.read(STAGES.get(random.nextInt(5)), attempt + random.nextInt(3) + ".1.");
    }

    private static Reply answer(Random random) {
      return random.nextBoolean() ? null : Reply.json(LedgerWords.bytes("{" + random.nextInt(9)));
    }
  }
}
