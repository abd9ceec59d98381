package io.payonce.world;

import io.payonce.ledger.BeginResult;
import io.payonce.ledger.Claim;
import io.payonce.ledger.Claim.Claimed;
import io.payonce.ledger.CloseResult;
import io.payonce.ledger.Contradiction;
import io.payonce.ledger.Deferral;
import io.payonce.ledger.Dependence;
import io.payonce.ledger.FakeLedger;
import io.payonce.ledger.Inquiry;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.NewPayment;
import io.payonce.ledger.OrderStanding;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Settlement;
import io.payonce.ledger.Tombstone;
import io.payonce.model.Abilities;
import io.payonce.model.Account;
import io.payonce.model.ClosedPage;
import io.payonce.model.Intent;
import io.payonce.model.Lease;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;
import io.payonce.model.Reply;
import io.payonce.recovery.Stage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One pod's way to the ledger: moves that arrive late or not at all, answers that get lost, and,
 * where the settings ask for it, answers that wait for the replica.
 */
final class PodLedger implements Ledger {
  /** When a pod stops waiting for the ledger. */
  private static final long TIMEOUT_MILLIS = 1000;

  private static final long REPLICA_MILLIS = 500;
  private static final long REPEAT_MILLIS = 50;

  private final World world;
  private final Pod pod;

  PodLedger(World world, Pod pod) {
    this.world = world;
    this.pod = pod;
  }

  @Override
  public Future<BeginResult> begin(NewPayment payment) {
    return new Beginning(payment, world.callNow()).ask();
  }

  /** The real ledger's persistence with a begin whose answer is lost. */
  private final class Beginning {
    private final NewPayment payment;
    private final int call;
    private final String token = FakeLedger.token();
    private final long askedMillis = world.agenda.nowMillis();
    private final long notAfterMillis =
        world.ledgerMillis() + world.setup.ledger().beginNotAfterMillis();
    private boolean mayHaveRun;

    Beginning(NewPayment payment, int call) {
      this.payment = payment;
      this.call = call;
    }

    Future<BeginResult> ask() {
      long passedMillis = world.agenda.nowMillis() - askedMillis;
      boolean last = passedMillis > world.setup.ledger().beginNotAfterMillis();
      return make(
              "begin " + payment.id(),
              begin -> true,
              () -> Future.succeededFuture(begin()),
              begin -> {})
          .transform(done -> done.succeeded()
              ? heard(done.result(), last)
              : silent((LedgerUnavailable) done.cause(), last));
    }

    private Optional<BeginResult> begin() {
      world.stamping(askedMillis, pod);
      Optional<BeginResult> begin = world.ledger(pod).begin(payment, token, notAfterMillis);
      if (begin.isPresent() && begin.get() instanceof BeginResult.Begun begun) {
        world.witness.begun(begun.intent().lease(), payment, call, pod);
      }
      return begin;
    }

    private Future<BeginResult> heard(Optional<BeginResult> begin, boolean last) {
      long now = world.agenda.nowMillis();
      if (begin.isEmpty()) {
        return away(now - askedMillis >= Setup.LEASE_MILLIS);
      }
      boolean unsure = !(begin.get() instanceof BeginResult.Begun)
          && mayHaveRun
          && world.ledgerMillis() <= notAfterMillis;
      return unsure ? again(last) : Future.succeededFuture(begin.get());
    }

    private Future<BeginResult> silent(LedgerUnavailable away, boolean last) {
      if (!away.mayHaveRun() && !mayHaveRun) {
        return Future.failedFuture(away);
      }
      mayHaveRun = true;
      return again(last);
    }

    private Future<BeginResult> again(boolean last) {
      return last ? away(true) : pod.pause(REPEAT_MILLIS).compose(paused -> ask());
    }

    private static <T> Future<T> away(boolean mayHaveRun) {
      return Future.failedFuture(new LedgerUnavailable("silent", mayHaveRun));
    }
  }

  @Override
  public Future<Optional<BeginResult>> recall(NewPayment payment) {
    return make(
        "recall " + payment.id(), begin -> true, () -> world.ledger(pod).recall(payment), x -> {});
  }

  @Override
  public Future<CloseResult> settle(Lease lease, Settlement settlement) {
    boolean paid = settlement.outcome() == Outcome.PAID;
    return make(
            "settle " + settlement.outcome() + " " + lease.id() + ": " + settlement.event(),
            close -> !paid || isNegative(close),
            () -> world
                .ledger(pod)
                .settle(lease, settlement)
                .onSuccess(close -> world.witness.written(lease, settlement, close)),
            close -> world.witness.closed(world.witness.lifeOf(lease), settlement, close))
        .onFailure(away -> world.witness.unsure(world.witness.lifeOf(lease), paid));
  }

  @Override
  public Future<CloseResult> settlePaid(PaymentRef payment, Settlement settlement) {
    return make(
            "settle " + settlement.outcome() + " " + payment.id() + ": " + settlement.event(),
            PodLedger::isNegative,
            () -> world.ledger(pod).settlePaid(payment, settlement),
            close -> world.witness.closed(world.witness.life(payment.id()), settlement, close))
        .onFailure(away -> world.witness.unsure(world.witness.life(payment.id()), true));
  }

  @Override
  public Future<CloseResult> release(Lease lease, Settlement settlement, Dependence on) {
    return make(
        "release " + lease.id() + ": " + settlement.event(),
        close -> true,
        () -> world
            .ledger(pod)
            .release(lease, settlement, on)
            .onSuccess(close -> world.witness.written(lease, settlement, close)),
        close -> world.witness.closed(world.witness.lifeOf(lease), settlement, close));
  }

  @Override
  public Abilities abilities() {
    return world.ledger(pod).abilities();
  }

  @Override
  public Future<OrderStanding> standing(PaymentId of, String order) {
    return make(
        "standing " + order,
        standing -> false,
        () -> world.ledger(pod).standing(of, order),
        x -> {});
  }

  @Override
  public Future<Inquiry> inquire(PaymentId payer, String order) {
    return make(
        "inquire " + payer,
        said -> false,
        () -> world.ledger(pod).inquire(payer, order),
        said -> {});
  }

  @Override
  public Future<Boolean> giveBack(PaymentId payer, String order, boolean asked) {
    return make(
        "give back " + payer + (asked ? ", as asked" : ""),
        given -> true,
        () -> world.ledger(pod).giveBack(payer, order, asked),
        given -> {});
  }

  @Override
  public Future<Contradiction> contradict(
      PaymentId id, String order, boolean pays, String otherAmount, String event) {
    return make(
        "contradict " + id + ": " + event,
        noted -> true,
        () -> world.ledger(pod).contradict(id, order, pays, otherAmount, event),
        noted -> {});
  }

  @Override
  public Future<Contradiction> paidAgain(PaymentId id, String order, String moved, String event) {
    return make(
        "paid again " + id + ": " + event,
        noted -> true,
        () -> world.ledger(pod).paidAgain(id, order, moved, event),
        noted -> {});
  }

  private static boolean isNegative(CloseResult close) {
    return close instanceof CloseResult.Already already && isNegative(already.payment());
  }

  private static boolean isNegative(Payment payment) {
    return payment.isEnded() && payment.outcome() != Outcome.PAID;
  }

  @Override
  public Future<Boolean> defer(Lease lease, Deferral deferral) {
    return make(
        "defer " + lease.id() + " to " + deferral.stage().word() + " for " + deferral.pauseMillis()
            + " ms: " + deferral.event(),
        done -> deferral.transactionId() != null,
        () -> world.ledger(pod).defer(lease, deferral).onSuccess(done -> {
          if (done) {
            world.witness.deferred(lease);
          }
        }),
        done -> {});
  }

  @Override
  public Future<Optional<Intent>> recordIntent(
      Lease lease, Stage next, Reply answerSoFar, String transactionId, String event) {
    return make(
        "intent " + lease.id() + ": " + event,
        intent -> true,
        () -> world
            .ledger(pod)
            .recordIntent(lease, next, answerSoFar, transactionId, event)
            .onSuccess(intent -> {
              if (intent.isPresent()) {
                world.witness.attempted(lease);
              }
            }),
        intent -> {});
  }

  @Override
  public Future<Claim> claim(PaymentId id, Map<Account, Long> putOffMillis) {
    return make(
        "claim " + id,
        claimed -> false,
        () -> world.ledger(pod).claim(id, putOffMillis).onSuccess(claim -> {
          if (claim instanceof Claimed claimed) {
            world.witness.claimed(claimed.lease());
          }
        }),
        claimed -> {});
  }

  @Override
  public Future<Optional<Claimed>> takeOver(PaymentId id, String event) {
    return make(
        "take over " + id + ": " + event,
        claimed -> false,
        () -> world.ledger(pod).takeOver(id, event).onSuccess(claimed -> {
          if (claimed.isPresent()) {
            world.witness.claimed(claimed.get().lease());
          }
        }),
        claimed -> {});
  }

  @Override
  public Future<Optional<Payment>> abort(PaymentId id) {
    // Whose life it was when the note was written: until a replica has it, another may have begun.
    Truth.Life[] life = new Truth.Life[1];
    return make(
        "abort " + id,
        noted -> true,
        () -> {
          life[0] = world.witness.life(id);
          return world.ledger(pod).abort(id);
        },
        noted -> world.witness.aborted(life[0], noted));
  }

  @Override
  public Future<Boolean> quarantine(Lease lease, String why) {
    return make(
        "quarantine " + lease.id(),
        done -> false,
        () -> world.ledger(pod).quarantine(lease, why),
        done -> {});
  }

  @Override
  public Future<Optional<ClosedPage>> shut(PaymentId page, long lookMillis, String event) {
    return make(
        "shut " + page + ": " + event,
        shut -> false,
        () -> world.ledger(pod).shut(page, lookMillis, event),
        shut -> {});
  }

  @Override
  public Future<Void> safely(PaymentId id, Predicate<Payment> stands) {
    return world.setup.replicates()
        ? make("keep " + id, done -> true, () -> world.ledger(pod).safely(id, stands), done -> {})
        : Future.succeededFuture();
  }

  @Override
  public Future<Void> expedite(PaymentId id, String event) {
    return make(
        "expedite " + id, done -> false, () -> world.ledger(pod).expedite(id, event), done -> {});
  }

  @Override
  public Future<Optional<Payment>> find(PaymentId id) {
    return make(
        "find " + id,
        found -> found.isEmpty() || isNegative(found.get()),
        () -> world.ledger(pod).find(id).onSuccess(found -> world.looked(pod, id, stands(found))),
        found -> {});
  }

  /** What was given back may begin anew, at another platform, as what was never seen. */
  private static boolean stands(Optional<Payment> found) {
    return found.isPresent() && found.get().outcome() != Outcome.RELEASED;
  }

  @Override
  public Future<Optional<String>> platformId(PaymentId id) {
    return make(
        "find " + id, Optional::isEmpty, () -> world.ledger(pod).platformId(id), known -> {});
  }

  @Override
  public boolean mayHaveForgotten(PaymentId id) {
    return world.ledger(pod).mayHaveForgotten(id);
  }

  @Override
  public Future<Optional<Tombstone>> tombstone(PaymentId id) {
    return make(
        "find " + id, Optional::isEmpty, () -> world.ledger(pod).tombstone(id), known -> {});
  }

  @Override
  public Future<Boolean> isUndecided(PaymentId id) {
    return make(
        "undecided " + id, moved -> !moved, () -> world.ledger(pod).isUndecided(id), moved -> {});
  }

  @Override
  public Future<Void> rememberAlias(PaymentId id, String name) {
    return make(
        "name " + id + " " + name,
        done -> true,
        () -> world.ledger(pod).rememberAlias(id, name),
        done -> {});
  }

  @Override
  public Future<Optional<PaymentId>> findByAlias(String owner, String name) {
    return make(
        "find " + name,
        found -> false,
        () -> world.ledger(pod).findByAlias(owner, name),
        found -> {});
  }

  @Override
  public Future<List<Integer>> glance(List<Integer> shards) {
    return make("glance", due -> false, () -> world.ledger(pod).glance(shards), due -> {});
  }

  @Override
  public Future<List<PaymentId>> due(int shard, int most) {
    return make("due", due -> false, () -> world.ledger(pod).due(shard, most), due -> {});
  }

  /** @param known what the witness learns once it can be lost no more */
  private <T> Future<T> make(
      String name, Predicate<T> durable, Supplier<Future<T>> move, Consumer<T> known) {
    Promise<T> promise = Promise.promise();
    if (world.is(Fault.LEDGER_UNREACHED)) {
      world.tell(() -> "pod " + pod.number + " cannot " + name);
      fail(promise, 1, false);
      return promise.future();
    }
    boolean swallowed = world.is(Fault.LEDGER_SWALLOWED);
    boolean replyLost = world.is(Fault.LEDGER_REPLY_LOST);
    boolean late = world.is(Fault.LEDGER_LATE);
    long askedMillis = world.agenda.nowMillis();
    if (swallowed || replyLost || late) {
      fail(promise, TIMEOUT_MILLIS, true);
    }
    if (!swallowed) {
      long travels = late ? 1 + world.chance.below(20_000) : world.chance.below(3);
      pod.travels(travels, () -> {
        world.mayFailOver();
        world.stamping(askedMillis, pod);
        Future<T> made = move.get();
        world.tell(() -> "pod " + pod.number + " " + name + " -> " + said(made)
            + (replyLost ? ", unheard" : ""));
        world.moved();
        answer(promise, made, durable, known, replyLost);
      });
    }
    return promise.future();
  }

  private <T> void answer(
      Promise<T> promise,
      Future<T> made,
      Predicate<T> durable,
      Consumer<T> known,
      boolean replyLost) {
    if (made.failed()) {
      pod.in(1, () -> promise.tryFail(made.cause()));
      return;
    }
    T result = made.result();
    if (!world.setup.replicates() || !durable.test(result)) {
      known.accept(result);
      reply(promise, result, replyLost);
      return;
    }
    long lag = world.chance.oneIn(8) ? 1 + world.chance.below(2000) : world.chance.below(3);
    if (lag > REPLICA_MILLIS) {
      fail(promise, REPLICA_MILLIS, true);
    }
    world.replicate(lag, safe -> {
      if (safe) {
        known.accept(result);
        reply(promise, result, replyLost || lag > REPLICA_MILLIS);
      } else {
        fail(promise, 1, true);
      }
    });
  }

  private <T> void reply(Promise<T> promise, T result, boolean lost) {
    if (!lost) {
      pod.in(world.chance.below(3), () -> promise.tryComplete(result));
    }
  }

  private void fail(Promise<?> promise, long millis, boolean mayHaveRun) {
    pod.in(millis, () -> promise.tryFail(new LedgerUnavailable("the ledger is away", mayHaveRun)));
  }

  private static String said(Future<?> made) {
    if (made.failed()) {
      return made.cause().toString();
    }
    Object result = made.result();
    if (result instanceof Optional<?> optional) {
      return optional.isEmpty() ? "nothing" : said(Future.succeededFuture(optional.get()));
    }
    return result instanceof Claimed claimed
        ? "claimed " + claimed.payment()
        : result instanceof Intent ? "intent" : String.valueOf(result);
  }
}
