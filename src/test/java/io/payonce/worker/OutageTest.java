package io.payonce.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.codes.Remedy;
import io.payonce.flow.FlowFixture;
import io.payonce.flow.Flows;
import io.payonce.flow.RecordedAccounts;
import io.payonce.flow.Shop;
import io.payonce.ledger.BeginResult;
import io.payonce.ledger.FakeSight;
import io.payonce.ledger.NewPayment;
import io.payonce.ledger.redis.HomePlatform;
import io.payonce.limit.OnePod;
import io.payonce.model.Account;
import io.payonce.model.Answer;
import io.payonce.model.Intent;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;
import io.payonce.platform.Platform;
import io.payonce.platform.PlatformRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Two pods and a platform that is silent for a quarter of an hour, in virtual time. Of the payments
 * that were on their way it knows four of five, and ends them when it is back.
 */
class OutageTest {
  private static final int PAYMENTS = Integer.getInteger("payments", 300);
  private static final int MERCHANTS = 8;
  private static final long LONG_OUTAGE_MILLIS = 900_000;
  private static final long SILENCE_MILLIS = 10_000;
  private static final long ANSWER_MILLIS = 50;
  private static final long TICK_MILLIS = 125;

  private record Event(long atMillis, long number, Runnable deed) {}

  /** It has an outage of its own, or none. */
  private static final Account EU = new Account("eu");

  private static final HomePlatform HOME =
      new HomePlatform("platform", Set.of(EU.name()), 600_000, 15_000, System::nanoTime);

  private static class World extends FlowFixture {
    World() {
      super(new AtomicLong(), null, HOME);
    }
  }

  private final FlowFixture world = new World() {
    @Override
    public Future<Void> pause(long millis) {
      return after(millis, null);
    }

    @Override
    public double chance() {
      return random.nextDouble();
    }
  };
  private final Random random = new Random(7);
  private final PriorityQueue<Event> agenda =
      new PriorityQueue<>((a, b) -> a.atMillis() != b.atMillis()
          ? Long.compare(a.atMillis(), b.atMillis())
          : Long.compare(a.number(), b.number()));
  private long euBackAt;
  private long backAt = world.nowMillis() + LONG_OUTAGE_MILLIS;
  private final Set<Integer> shards = new TreeSet<>();
  private final OnePod.Budget budget = new OnePod.Budget(world::nowMillis);
  private long number;
  private int born;
  private final Map<Account, Integer> questions = new HashMap<>();
  private int questionsInFlight;
  private int claims;
  private int mostInFlight;
  private int resends;
  private boolean hangsForSome;

  private void at(long millis, Runnable deed) {
    agenda.add(new Event(world.nowMillis() + millis, number++, deed));
  }

  private <T> Future<T> after(long millis, T what) {
    Promise<T> promise = Promise.promise();
    at(millis, () -> promise.complete(what));
    return promise.future();
  }

  private void runUntil(long millis) {
    while (!agenda.isEmpty() && agenda.peek().atMillis() < millis) {
      Event next = agenda.poll();
      world.pass(next.atMillis() - world.nowMillis());
      next.deed().run();
    }
    world.pass(millis - world.nowMillis());
  }

  private static int numberOf(PaymentId id) {
    return Integer.parseInt(id.requestId().substring(3));
  }

  /** What the platform never got: every fifth. */
  private static boolean isUnknown(PaymentId id) {
    return numberOf(id) % 5 == 0;
  }

  private final class Acquirer implements Platform {
    private final Account account;

    Acquirer(Account account) {
      this.account = account;
    }

    @Override
    public Future<Answer> send(Intent intent, PlatformRequest request) {
      resends++;
      String id = intent.lease().id().requestId();
      return after(ANSWER_MILLIS, Shop.status("S", id, "order-" + id));
    }

    @Override
    public Future<Answer> call(PlatformRequest message) {
      questions.merge(account, 1, Integer::sum);
      mostInFlight = Math.max(mostInFlight, ++questionsInFlight);
      String id = message.target().substring(message.target().lastIndexOf('=') + 1);
      int of = Integer.parseInt(id.substring(3));
      long back = account.equals(EU) ? euBackAt : backAt;
      boolean silent = world.nowMillis() < back || hangsForSome && of % 10 == 1;
      Answer answer = silent
          ? Shop.SILENCE
          : of % 5 == 0 ? Shop.code("C12") : Shop.status("S", id, "order-" + id);
      return after(silent ? SILENCE_MILLIS : ANSWER_MILLIS, answer)
          .onComplete(done -> questionsInFlight--);
    }

    @Override
    public Future<Boolean> remedy(Remedy remedy, long stampedAtMillis) {
      return Future.succeededFuture(false);
    }
  }

  private final class Keys implements RecordedAccounts {
    private final Map<Account, Way> ways = new HashMap<>();

    @Override
    public Way way(Account account) {
      return ways.computeIfAbsent(account, first -> {
        OnePod limits = new OnePod(budget, world::nowMillis);
        return new Way(limits.guarding(new Acquirer(account)), limits);
      });
    }
  }

  /** The retry verticle, without Vert.x. */
  private final class Pod {
    private final Crowds crowds = new Crowds(new Crowds.Accounts() {
      @Override
      public Account of(PaymentId id) {
        return flows.retries().accountOf(id);
      }

      @Override
      public int places(Account account) {
        return flows.retries().places(account);
      }
    });
    private final Flows flows = new Flows(
        world.ledger,
        new Keys(),
        world,
        (millis, id) -> at(millis + 3, () -> work(id)),
        world,
        world,
        FlowFixture.SETTINGS);

    private Future<Boolean> work(PaymentId id) {
      claims++;
      return flows.retries().work(id);
    }

    private List<PaymentId> due(int shard, int most) {
      List<PaymentId> due = world.ledger.due(shard, most).result();
      crowds.looked(shard, due.size());
      return due;
    }

    void tick(int round) {
      for (int shard : shards) {
        if (round % 16 == shard % 16 && !crowds.contains(shard)) {
          due(shard, Crowds.MOST_A_SHARD).forEach(this::work);
        }
      }
      Crowds.Turn turn = crowds.turn(flows.retries().isAsking());
      for (int shard : turn.shards()) {
        crowds.handOut(due(shard, turn.most()), turn.share(), random);
      }
      begin();
      at(TICK_MILLIS, () -> tick(round + 1));
    }

    private void begin() {
      Crowds.Next next = crowds.next(world.nowMillis());
      for (; next != null; next = crowds.next(world.nowMillis())) {
        Crowds.Next one = next;
        work(one.id()).onComplete(done -> {
          crowds.left(one, done.result());
          at(0, this::begin);
        });
      }
    }
  }

  private int asked(Account account) {
    return questions.getOrDefault(account, 0);
  }

  private final List<PaymentId> all = new ArrayList<>();

  private void outage() {
    for (int i = 0; i < PAYMENTS; i++) {
      owe("M" + i % MERCHANTS, Account.DEFAULT);
    }
    pods();
  }

  private void owe(String merchantId, Account account) {
    PaymentId id = new PaymentId(merchantId, "id-" + born++);
    byte[] body = Shop.sale(id.requestId(), "order-" + id.requestId())
        .replace("\"M1\"", "\"" + merchantId + "\"")
        .getBytes(StandardCharsets.UTF_8);
    PaymentRef ref = new PaymentRef(id, "ref:order-" + id.requestId(), "print");
    NewPayment plain = NewPayment.plain(ref, Operation.SALE, body, 20_000);
    BeginResult begun = world
        .ledger
        .begin(new NewPayment(
            ref,
            Operation.SALE,
            plain.amount(),
            plain.bytes(),
            NewPayment.OrderClaim.NONE,
            new NewPayment.Caller(account, null, 20_000, null),
            plain.begun()))
        .result();
    world.defer(((BeginResult.Begun) begun).intent(), "IN_DOUBT", "1.1.1.");
    shards.add(FakeSight.shardOf(merchantId));
    all.add(id);
  }

  private void pods() {
    new Pod().tick(0);
    new Pod().tick(5);
  }

  private long unsettled() {
    return all.stream()
        .filter(id -> !isUnknown(id) && !(hangsForSome && numberOf(id) % 10 == 1))
        .filter(id -> !world.ledger.find(id).result().orElseThrow().isEnded())
        .count();
  }

  @Test
  void all_that_the_platform_knows_has_ended_three_minutes_after_it_is_back() {
    outage();
    runUntil(backAt - 60_000);
    int claimed = claims;
    int before = asked(Account.DEFAULT);
    assertThat(all.stream().allMatch(id -> world.store.attention().containsKey(id)))
        .as("while it is silent all come before an operator")
        .isTrue();
    runUntil(backAt);
    assertThat(asked(Account.DEFAULT) - before)
        .as("two pods, five a second at most, for a minute")
        .isBetween(10, 2 * 5 * 60);
    assertThat(claims - claimed)
        .as("and few are claimed for it")
        .isLessThan(Math.max(4 * (asked(Account.DEFAULT) - before), 6 * PAYMENTS));
    runUntil(backAt + 180_000);
    assertThat(unsettled()).isZero();
  }

  @Test
  void what_hangs_afterwards_keeps_none_of_the_others_waiting() {
    hangsForSome = true;
    outage();
    runUntil(backAt + 180_000);
    assertThat(unsettled()).isZero();
  }

  @Test
  void what_must_be_sent_again_keeps_to_the_budget() {
    backAt = world.nowMillis() + 60_000;
    outage();
    long seconds = 60;
    for (; unsettled() > 0; seconds++) {
      runUntil(world.nowMillis() + 1000);
    }
    assertThat(seconds).as("with what waits for it among the others").isLessThan(180);
    assertThat(resends).isBetween(1, 50 + 5 * 240);
  }

  @Test
  void a_small_account_that_is_back_ends_as_soon_as_without_the_silent_crowd_of_another() {
    long alone = new OutageTest().secondsOfEu(0);
    long beside = new OutageTest().secondsOfEu(600);
    assertThat(beside).isLessThan(2 * alone);
  }

  @Test
  void so_does_one_whose_merchant_has_both() {
    long alone = new OutageTest().secondsOfEu(0);
    long beside = new OutageTest().secondsOfEu(600, "E1");
    assertThat(beside).isLessThan(2 * alone);
  }

  private long secondsOfEu(int crowd) {
    return secondsOfEu(crowd, null);
  }

  /** Until what is known of its payments has ended, a minute of silence, beside so many others. */
  private long secondsOfEu(int crowd, String merchant) {
    for (int i = 0; i < crowd; i++) {
      owe(merchant == null ? "M" + i % MERCHANTS : merchant, Account.DEFAULT);
    }
    all.clear();
    for (int i = 0; i < 300; i++) {
      owe("E1", EU);
    }
    euBackAt = world.nowMillis() + 60_000;
    pods();
    runUntil(euBackAt);
    long seconds = 0;
    for (; unsettled() > 0; seconds++) {
      runUntil(world.nowMillis() + 1000);
    }
    return seconds;
  }
}
