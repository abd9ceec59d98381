package io.payonce.world;

import io.payonce.codes.Remedy;
import io.payonce.flow.FlowFixture;
import io.payonce.flow.Flows;
import io.payonce.flow.Unheard;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.FlowSettings;
import io.payonce.flow.port.Inbound;
import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.OutcomeSignal;
import io.payonce.flow.port.RetryHint;
import io.payonce.flow.port.Sightings;
import io.payonce.ledger.FakeLedger;
import io.payonce.ledger.FakeSight;
import io.payonce.ledger.FakeStore;
import io.payonce.ledger.Payment;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.limit.Unlimited;
import io.payonce.model.Answer;
import io.payonce.model.Intent;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Scope;
import io.payonce.model.SessionPolicy;
import io.payonce.platform.Platform;
import io.payonce.platform.PlatformRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** One order with hosted pages and sales, two pods and a platform, in virtual time. */
final class PageStreet {
  static final long SLACK_MILLIS = 5000;
  private static final long TIMEOUT_MILLIS = 10_000;
  private static final int SHARD = FakeSight.shardOf(Requests.MERCHANT);

  final Agenda agenda = new Agenda();
  final FakeStore store = new FakeStore(this::ledgerMillis);
  final FakeSight sight = new FakeSight(store);
  final PagePlatform platform = new PagePlatform(agenda);
  final Chance chance;
  final SessionPolicy sessions;
  final FakeLedger ledger;
  private final Pod[] pods = {new Pod(), new Pod()};
  private int calls;

  /** Whether the platform's answers have a Date. */
  boolean dated = true;

  /** How far the ledger's clock has jumped ahead. */
  long ledgerAheadMillis;

  /** When the last send of each payment left. */
  final Map<String, Long> sentAt = new HashMap<>();

  /** How late the next send arrives, its sender having given up; 0: not late at all. */
  long nextSendLateMillis;

  /** Once in so many times: a send is late or lost, an answer is lost, a pod dies. 0 for never. */
  int trouble;

  PageStreet(Chance chance, SessionPolicy sessions) {
    this.chance = chance;
    this.sessions = sessions;
    ledger = new FakeLedger(
        store,
        LedgerSettings.of(
                15_000, Duration.ofDays(1).toMillis(), Duration.ofDays(7).toMillis())
            .with(new LedgerSettings.Orders(true, Set.of(), sessions != SessionPolicy.ALLOW)),
        agenda::nowMillis,
        () -> agenda.nowMillis() * 1_000_000);
    for (Pod pod : pods) {
      pod.start();
    }
    sweep();
  }

  private long ledgerMillis() {
    return agenda.nowMillis() + ledgerAheadMillis;
  }

  private FlowSettings flow() {
    return FlowFixture.with(
        new FlowSettings.Orders(sessions, SLACK_MILLIS, false, false, Scope.MERCHANT));
  }

  /** The retry verticles. */
  private void sweep() {
    agenda.in(1000 + chance.below(300), () -> {
      if (sight.earliestDueMillis() <= ledgerMillis()) {
        Pod pod = pods[chance.below(2)];
        ledger.due(SHARD, 32).result().forEach(id -> pod.in(0, () -> pod.work(id)));
      }
      sweep();
    });
  }

  /** Lets this much time pass. */
  void run(long millis) {
    boolean[] over = {false};
    agenda.in(millis, () -> over[0] = true);
    while (!over[0]) {
      agenda.step(Long.MAX_VALUE);
    }
  }

  Future<Outbound> page(String id) {
    return call(Operation.CREATE_SESSION, id);
  }

  Future<Outbound> sale(String id) {
    return call(Operation.SALE, id);
  }

  Future<Outbound> query(String id) {
    Callers.Call call = new Callers.Call(++calls, Callers.What.QUERY, id, null, false, 1000, 0);
    return pods[chance.below(2)].flows.handle(Requests.query(call));
  }

  Future<Outbound> expire(String id) {
    return pods[chance.below(2)].flows.handle(Requests.expire(id, ++calls));
  }

  Future<Outbound> voidOf(String id, String original) {
    return call(Requests.voidOf(id, original, ++calls));
  }

  private Future<Outbound> call(Operation operation, String id) {
    return call(Requests.pay(operation, id, 1000, 20_000, ++calls));
  }

  private Future<Outbound> call(Inbound inbound) {
    Promise<Outbound> answered = Promise.promise();
    Pod pod = pods[chance.below(2)];
    pod.in(0, () -> pod.flows.handle(inbound).onComplete(answered));
    return answered.future();
  }

  Payment payment(String id) {
    return ledger.find(new PaymentId(Requests.MERCHANT, id)).result().orElse(null);
  }

  PagePlatform.Payment shown(String id) {
    return platform.payments.get(id);
  }

  int queries(String id) {
    return shown(id).queries;
  }

  boolean troubled() {
    return chance.oneIn(trouble);
  }

  /** One process; what it waits for never reaches it when it has died meanwhile. */
  private final class Pod implements Platform, VirtualTime, OutcomeSignal, RetryHint, Unheard {
    private Flows flows;
    private Sightings sightings;
    private int lives;

    void start() {
      sightings = new Sightings(this::nanos);
      flows =
          new Flows(ledger, Accounts.only(this, new Unlimited()), this, this, this, this, flow());
    }

    @Override
    public void in(long millis, Runnable deed) {
      int life = lives;
      agenda.in(millis, () -> {
        if (life == lives) {
          deed.run();
        }
      });
    }

    private void mayDie() {
      if (trouble > 0 && chance.oneIn(trouble * 4)) {
        lives++;
        start();
      }
    }

    void work(PaymentId id) {
      flows.retries().work(id);
    }

    @Override
    public Future<Answer> send(Intent intent, PlatformRequest message) {
      sentAt.put(intent.lease().id().requestId(), agenda.nowMillis());
      long late = nextSendLateMillis;
      nextSendLateMillis = 0;
      if (late > 0) {
        agenda.in(late, () -> platform.arrive(message.target(), message.body()));
        return pause(TIMEOUT_MILLIS).map(over -> new Answer.Silent("timeout"));
      }
      return exchange(
          () -> platform.arrive(message.target(), message.body()),
          chance.oneIn(2) ? 1 + chance.below(600_000) : 40);
    }

    @Override
    public Future<Answer> call(PlatformRequest message) {
      if (message.target().startsWith(Operation.QUERY.path())) {
        String id = message.target().substring(message.target().lastIndexOf('=') + 1);
        return exchange(
            () -> platform.query(id, chance.below(Math.max(1, platform.lagMillis))), 40);
      }
      return exchange(() -> platform.arrive(message.target(), message.body()), 40);
    }

    @Override
    public Future<Boolean> remedy(Remedy remedy, long stampedAtMillis) {
      return Future.succeededFuture(false);
    }

    /** @param lateMillis how late it arrives, where it does */
    private Future<Answer> exchange(Supplier<Answer> arrives, long lateMillis) {
      Promise<Answer> promise = Promise.promise();
      boolean lost = troubled();
      boolean late = troubled();
      boolean unheard = troubled();
      mayDie();
      long travels = late ? lateMillis : 20 + chance.below(40);
      if (!lost) {
        agenda.in(travels, () -> {
          Answer answer = dated(arrives.get());
          if (!unheard) {
            in(20 + chance.below(40), () -> promise.tryComplete(answer));
          }
        });
      }
      in(TIMEOUT_MILLIS, () -> promise.tryComplete(new Answer.Silent("timeout")));
      return promise.future();
    }

    private Answer dated(Answer answer) {
      return dated && answer instanceof Answer.Spoken spoken
          ? new Answer.Spoken(
              spoken.reply(), spoken.envelope(), spoken.retryAfterMillis(), agenda.nowMillis())
          : answer;
    }

    @Override
    public Sightings sightings() {
      return sightings;
    }

    @Override
    public Agenda agenda() {
      return agenda;
    }

    @Override
    public Chance dice() {
      return chance;
    }

    private final List<Promise<Void>> waiting = new ArrayList<>();

    @Override
    public Future<Void> awaitChange(PaymentId id, long atMostMillis) {
      Promise<Void> promise = Promise.promise();
      waiting.add(promise);
      in(Math.max(1, atMostMillis), promise::tryComplete);
      return promise.future();
    }

    @Override
    public void announce(PaymentId id) {
      List<Promise<Void>> woken = List.copyOf(waiting);
      waiting.clear();
      woken.forEach(each -> in(0, each::tryComplete));
    }

    @Override
    public void schedule(long millis, PaymentId id) {
      in(millis + 3, () -> work(id));
    }
  }
}
