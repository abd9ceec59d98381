package io.payonce.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.codes.Remedy;
import io.payonce.flow.FlowFixture;
import io.payonce.flow.Flows;
import io.payonce.flow.Shop;
import io.payonce.flow.port.Accounts;
import io.payonce.ledger.FakeSight;
import io.payonce.limit.OnePod;
import io.payonce.model.Answer;
import io.payonce.model.Intent;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.platform.Platform;
import io.payonce.platform.PlatformRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
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

  private final FlowFixture world = new FlowFixture() {
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
  private long backAt = world.nowMillis() + LONG_OUTAGE_MILLIS;
  private final Set<Integer> shards = new TreeSet<>();
  private final OnePod.Budget budget = new OnePod.Budget(world::nowMillis);
  private long number;
  private int questions;
  private int questionsInFlight;
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
    @Override
    public Future<Answer> send(Intent intent, PlatformRequest request) {
      resends++;
      String id = intent.lease().id().requestId();
      return after(ANSWER_MILLIS, Shop.status("S", id, "order-" + id));
    }

    @Override
    public Future<Answer> call(PlatformRequest message) {
      questions++;
      mostInFlight = Math.max(mostInFlight, ++questionsInFlight);
      String id = message.target().substring(message.target().lastIndexOf('=') + 1);
      int of = Integer.parseInt(id.substring(3));
      boolean silent = world.nowMillis() < backAt || hangsForSome && of % 10 == 1;
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

  /** The retry verticle, without Vert.x. */
  private final class Pod {
    private final OnePod limits = new OnePod(budget, world::nowMillis);
    private final Crowds crowds = new Crowds();
    private final Flows flows = new Flows(
        world.ledger,
        Accounts.only(limits.guarding(new Acquirer()), limits),
        world,
        (millis, id) -> at(millis + 3, () -> work(id)),
        world,
        world,
        FlowFixture.SETTINGS);

    private Future<Void> work(PaymentId id) {
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
      int places = flows.retries().places();
      Crowds.Next next = crowds.next(places, world.nowMillis());
      for (; next != null; next = crowds.next(places, world.nowMillis())) {
        Crowds.Next one = next;
        work(one.id()).onComplete(done -> {
          crowds.left(one.place());
          at(0, this::begin);
        });
      }
    }
  }

  private final List<PaymentId> all = new ArrayList<>();

  private void outage() {
    for (int i = 0; i < PAYMENTS; i++) {
      PaymentId id = new PaymentId("M" + i % MERCHANTS, "id-" + i);
      byte[] body = Shop.sale(id.requestId(), "order-" + id.requestId())
          .replace("\"M1\"", "\"" + id.merchantId() + "\"")
          .getBytes(StandardCharsets.UTF_8);
      Intent intent = world.begin(id, Operation.SALE, "ref:order-" + id.requestId(), body);
      world.defer(intent, "IN_DOUBT", "1.1.1.");
      shards.add(FakeSight.shardOf(id.merchantId()));
      all.add(id);
    }
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
    int before = questions;
    assertThat(all.stream().allMatch(id -> world.store.attention().containsKey(id)))
        .as("while it is silent all come before an operator")
        .isTrue();
    runUntil(backAt);
    assertThat(questions - before)
        .as("two pods, five a second at most, for a minute")
        .isBetween(10, 2 * 5 * 60);
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
}
