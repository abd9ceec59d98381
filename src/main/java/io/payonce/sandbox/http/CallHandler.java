package io.payonce.sandbox.http;

import io.payonce.sandbox.bank.Bank;
import io.payonce.sandbox.bank.SimAnswer;
import io.payonce.sandbox.bank.Ticket;
import io.payonce.sandbox.request.Call;
import io.payonce.sandbox.request.FieldRules;
import io.payonce.sandbox.request.IssuedCredentials;
import io.payonce.sandbox.request.Refusal;
import io.payonce.sandbox.request.SandboxSettings;
import io.payonce.sandbox.request.SimOperation;
import io.payonce.sandbox.request.SimRequest;
import io.payonce.sandbox.script.Delivery;
import io.payonce.sandbox.script.ScriptFault;
import io.payonce.sandbox.script.Step;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Attends to one call: lets it in, looks up its step, has the bank execute it, words the answer.
 */
final class CallHandler {

  /** Short enough for a test to wait for, long enough not to spin. */
  private static final long STILL_CLOCK_MILLIS = 5;

  private final Vertx vertx;
  private final LongSupplier clock;
  private final Supplier<SandboxSettings> settings;
  private final RequestGuard guard;
  private final FaultScripts scripts;
  private final Bank bank;
  private final IssuedCredentials loans;
  private final WebhookSender webhooks;
  private final CapacityLimit gate;

  CallHandler(
      Vertx vertx,
      LongSupplier clock,
      Supplier<SandboxSettings> settings,
      RequestGuard guard,
      FaultScripts scripts,
      Bank bank,
      IssuedCredentials loans,
      WebhookSender webhooks) {
    this.vertx = vertx;
    this.clock = clock;
    this.settings = settings;
    this.guard = guard;
    this.scripts = scripts;
    this.bank = bank;
    this.loans = loans;
    this.webhooks = webhooks;
    this.gate = new CapacityLimit(() -> settings.get().pace().capacity());
  }

  Future<SimReply> attend(SimRequest inbound) {
    return gate.enter()
        .compose(in -> attendNow(inbound))
        .recover(CallHandler::word)
        .onComplete(done -> gate.leave());
  }

  private Future<SimReply> attendNow(SimRequest inbound) {
    long now = clock.getAsLong();
    Call call = guard.admit(inbound, settings.get(), now);
    Step step = scripts.step(call, bank.named(call), now);
    return work(call, step).map(answer -> new SimReply(answer.under(step), step.delivery()));
  }

  private Future<SimAnswer> work(Call call, Step step) {
    if (step.beforeCharge()) {
      return pause(step).map(SimAnswer.code("E03", "nothing done"));
    }
    Future<SimAnswer> answer = execute(call, step);
    return step.replacesAnswer() || step.delivery() != Delivery.NORMAL
        ? answer.recover(refused -> word(refused).map(SimReply::answer))
        : answer;
  }

  private Future<SimAnswer> execute(Call call, Step step) {
    try {
      if (call.operation().lends() != null) {
        return pause(step).map(rested -> lend(call));
      }
      FieldRules.check(call);
      return call.operation() == SimOperation.QUERY ? query(call, step) : perform(call, step);
    } catch (Refusal refusal) {
      return Future.failedFuture(refusal);
    }
  }

  private SimAnswer lend(Call call) {
    return SimAnswer.success(
        loans.lend(call.operation().lends(), settings.get(), clock.getAsLong()));
  }

  private Future<SimAnswer> perform(Call call, Step step) {
    SandboxSettings current = settings.get();
    if (step.lateMillis() > 0) {
      bank.later(call, step.outcome(), current, clock.getAsLong() + step.lateMillis());
      return pause(step).map(SimAnswer.code("E03", "not yet done"));
    }
    Ticket ticket = bank.begin(call, step.outcome(), current, clock.getAsLong());
    return pause(step)
        .map(rested -> bank.finish(ticket, clock.getAsLong()))
        .compose(answer -> notifiedBefore(ticket).map(answer));
  }

  private Future<Void> notifiedBefore(Ticket ticket) {
    return ticket.transaction() == null
        ? Future.succeededFuture()
        : webhooks.beforeAnswer(ticket.transaction().id());
  }

  private Future<SimAnswer> query(Call call, Step step) {
    long lagMillis = Math.max(step.lagMillis(), settings.get().pace().queryLagMillis());
    return pause(step)
        .map(rested -> SimAnswer.success(bank.query(call, lagMillis, clock.getAsLong())));
  }

  private Future<Void> pause(Step step) {
    long millis = step.slowMillis() + settings.get().pace().latencyMillis();
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

  private static Future<SimReply> word(Throwable failure) {
    if (failure instanceof Refusal refusal) {
      return Future.succeededFuture(SimReply.refused(refusal));
    }
    if (failure instanceof ScriptFault fault) {
      return Future.succeededFuture(
          SimReply.refused(new Refusal("C02", "attach: " + fault.getMessage())));
    }
    return Future.failedFuture(failure);
  }
}
