package io.payonce.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Attends to one call: lets it in, looks up its step, has the bank execute it, words the answer.
 */
final class Counter {

  /** Short enough for a test to wait for, long enough not to spin. */
  private static final long STILL_CLOCK_MILLIS = 5;

  private final Vertx vertx;
  private final LongSupplier clock;
  private final Supplier<SandboxSettings> settings;
  private final Door door;
  private final Scripts scripts;
  private final Bank bank;
  private final Loans loans;
  private final Gate gate;

  Counter(
      Vertx vertx,
      LongSupplier clock,
      Supplier<SandboxSettings> settings,
      Door door,
      Scripts scripts,
      Bank bank,
      Loans loans) {
    this.vertx = vertx;
    this.clock = clock;
    this.settings = settings;
    this.door = door;
    this.scripts = scripts;
    this.bank = bank;
    this.loans = loans;
    this.gate = new Gate(() -> settings.get().capacity());
  }

  Future<Reply> attend(Inbound inbound) {
    return gate.enter()
        .compose(in -> attendNow(inbound))
        .recover(Counter::word)
        .onComplete(done -> gate.leave());
  }

  private Future<Reply> attendNow(Inbound inbound) {
    long now = clock.getAsLong();
    Call call = door.admit(inbound, settings.get(), now);
    Step step = scripts.step(call, bank.named(call), now);
    return work(call, step).map(answer -> new Reply(answer.under(step), step.delivery()));
  }

  private Future<Answer> work(Call call, Step step) {
    if (step.beforeCharge()) {
      return pause(step).map(Answer.code("E03", "nothing done"));
    }
    Future<Answer> answer = execute(call, step);
    return step.replacesAnswer() || step.delivery() != Delivery.NORMAL
        ? answer.recover(refused -> word(refused).map(Reply::answer))
        : answer;
  }

  private Future<Answer> execute(Call call, Step step) {
    try {
      if (call.operation().lends() != null) {
        return pause(step).map(rested -> lend(call));
      }
      FieldRules.check(call);
      return call.operation() == Operation.QUERY ? query(call, step) : perform(call, step);
    } catch (Refusal refusal) {
      return Future.failedFuture(refusal);
    }
  }

  private Answer lend(Call call) {
    return Answer.success(loans.lend(call.operation().lends(), settings.get(), clock.getAsLong()));
  }

  private Future<Answer> perform(Call call, Step step) {
    SandboxSettings current = settings.get();
    if (step.lateMillis() > 0) {
      bank.later(call, step.outcome(), current, clock.getAsLong() + step.lateMillis());
      return pause(step).map(Answer.code("E03", "not yet done"));
    }
    Ticket ticket = bank.begin(call, step.outcome(), current, clock.getAsLong());
    return pause(step).map(rested -> bank.finish(ticket, clock.getAsLong()));
  }

  private Future<Answer> query(Call call, Step step) {
    long lagMillis = Math.max(step.lagMillis(), settings.get().queryLagMillis());
    return pause(step)
        .map(rested -> Answer.success(bank.query(call, lagMillis, clock.getAsLong())));
  }

  private Future<Void> pause(Step step) {
    long millis = step.slowMillis() + settings.get().latencyMillis();
    return millis == 0 ? Future.succeededFuture() : until(clock.getAsLong() + millis, millis);
  }

  /** A clock that a test moves by hand may stand still when the timer fires: then looks again. */
  private Future<Void> until(long atMillis, long restMillis) {
    return vertx.timer(restMillis).compose(rang -> {
      long rest = atMillis - clock.getAsLong();
      return rest <= 0
          ? Future.succeededFuture()
          : until(atMillis, Math.min(rest, STILL_CLOCK_MILLIS));
    });
  }

  private static Future<Reply> word(Throwable failure) {
    if (failure instanceof Refusal refusal) {
      return Future.succeededFuture(Reply.refused(refusal));
    }
    if (failure instanceof ScriptFault fault) {
      return Future.succeededFuture(
          Reply.refused(new Refusal("C02", "attach: " + fault.getMessage())));
    }
    return Future.failedFuture(failure);
  }
}
