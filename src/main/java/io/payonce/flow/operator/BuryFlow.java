package io.payonce.flow.operator;

import io.payonce.codes.Classification;
import io.payonce.codes.Classification.Expected;
import io.payonce.codes.Report;
import io.payonce.flow.PaymentFlow;
import io.payonce.flow.engine.PageTimes;
import io.payonce.flow.engine.PlatformRequests;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.FlowSettings;
import io.payonce.flow.port.OutcomeSignal;
import io.payonce.ledger.BrokenRecord;
import io.payonce.ledger.LedgerAdmin;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.PlatformOfRecord;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Operation;
import io.payonce.model.TimelineEvent;
import io.payonce.recovery.Burial;
import io.payonce.recovery.PlatformId;
import io.payonce.recovery.Resolution.Verdict;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Ends by an operator's decision a payment whose record cannot be read, or is gone and holds its
 * order for ever. The platform is asked first, under the caller's id and all that it can have been
 * sent under again.
 */
final class BuryFlow {
  /** Of earlier settings, too: one question more costs nothing. */
  private static final int LEAST_IDS = 4;

  private final LedgerAdmin admin;
  private final Accounts accounts;
  private final OutcomeSignal outcomes;
  private final FlowSettings settings;

  BuryFlow(LedgerAdmin admin, Accounts accounts, OutcomeSignal outcomes, FlowSettings settings) {
    this.admin = admin;
    this.accounts = accounts;
    this.outcomes = outcomes;
    this.settings = settings;
  }

  /**
   * The payment is unknown; but the order that an operator names may be held by it all the same.
   */
  Future<Resolved> findStray(ResolveRequest request) {
    return request.order() == null
        ? Future.succeededFuture(new Resolved.Unknown())
        : admin
            .holder(request.id(), request.order())
            .compose(holder -> holder.filter(request.id()::equals).isPresent()
                ? resolve(request)
                : Future.succeededFuture(new Resolved.Unknown()));
  }

  Future<Resolved> resolve(ResolveRequest request) {
    return admin.salvage(request.id()).compose(found -> {
      BrokenRecord wreck =
          found.order() == null && request.order() != null ? found.holding(request.order()) : found;
      String barred = barred(request, wreck.whose());
      if (barred != null) {
        return refused(barred);
      }
      BrokenRecord ours = wreck.whose().isOurs() ? wreck : wreck.sentTo(request.platform());
      return ours.outcome() == null ? judge(request, ours) : over(request, ours);
    });
  }

  /** Why it is not this pod's to end; null when it is. */
  private String barred(ResolveRequest request, PlatformOfRecord whose) {
    if (!admin.canBury()) {
      return "a pod of an earlier version may live; again when all are of this one";
    }
    if (whose.isStrange()) {
      return "another platform was sent it: " + String.join(" or ", new TreeSet<>(whose.maybe()));
    }
    if (request.platform() != null && !whose.own().containsKey(request.platform())) {
      return "this pod works for " + whose.ownNames() + ", and it was another platform's";
    }
    return whose.isOurs() || request.platform() != null
        ? null
        : "it is not known which platform was sent it, and this ledger has worked for "
            + (whose.maybe().isEmpty()
                ? "an unknown one"
                : String.join(" and ", new TreeSet<>(whose.maybe())))
            + "; this pod works for " + whose.ownNames()
            + ": if it was that, name it as \"platform\"";
  }

  /** What had ended keeps its outcome; only what cannot be read of it goes. */
  private Future<Resolved> over(ResolveRequest request, BrokenRecord wreck) {
    if (wreck.outcome() != Outcome.PAID && wreck.state().otherAmount() != null) {
      return moved(request, wreck);
    }
    boolean agrees = (wreck.outcome() == Outcome.PAID) == (request.word() == Verdict.PAID);
    return agrees
        ? bury(request, wreck, wreck.outcome(), null, "it had ended so")
        : refused(wreck.outcome(), "it has ended, and what was answered stands", 0);
  }

  /** Another amount moved than was answered: its order stays paid unless an operator insists. */
  private Future<Resolved> moved(ResolveRequest request, BrokenRecord wreck) {
    if (request.word() == Verdict.PAID) {
      return bury(request, wreck, Outcome.PAID, null, "as an operator decided");
    }
    return request.forced()
        ? bury(request, wreck, wreck.outcome(), null, "an operator insists that nothing was paid")
        : refused("the platform moved " + wreck.state().otherAmount() + ": only by force");
  }

  private Future<Resolved> judge(ResolveRequest request, BrokenRecord wreck) {
    String appId = request.id().appId() != null ? request.id().appId() : request.appId();
    if (wreck.gone() && wreck.order() == null) {
      return refused("it is not known which order it holds: name it as \"order\"");
    }
    if (appId == null && canBeAsked(wreck)) {
      return refused("the platform is asked first: name the \"appId\" it was sent under");
    }
    return ask(wreck, appId).compose(shown -> decide(request, wreck, shown));
  }

  /** The platform's answer under one id. */
  private record Shown(String platformId, Report report) {}

  /** Payments that the platform does not know by an id of ours cannot be asked about. */
  private static boolean canBeAsked(BrokenRecord wreck) {
    Operation operation = wreck.operation();
    boolean named = operation == null || operation.identity() == Operation.Identity.CALLERS;
    return named && !wreck.id().requestId().startsWith(PaymentFlow.OWN_ID);
  }

  private Future<List<Shown>> ask(BrokenRecord wreck, String appId) {
    if (!canBeAsked(wreck)) {
      return Future.succeededFuture(List.of());
    }
    int ids = Math.max(LEAST_IDS, Math.max(settings.maxAttempts(), wreck.sends().ids()));
    Future<List<Shown>> all = Future.succeededFuture(new ArrayList<>());
    for (int attempt : IntStream.rangeClosed(1, ids).toArray()) {
      String id = PlatformId.of(wreck.id(), attempt);
      all = all.compose(shown -> accounts
          .way(wreck.whose().account())
          .platform()
          .call(PlatformRequests.question(appId, wreck.id().merchantId(), id))
          .map(answer -> {
            shown.add(new Shown(id, report(wreck, id, answer)));
            return shown;
          }));
    }
    return all;
  }

  /** Where its request is unknown, the id alone makes the answer its own. */
  private static Report report(BrokenRecord wreck, String platformId, Answer answer) {
    Envelope envelope = answer instanceof Answer.Spoken spoken ? spoken.envelope() : null;
    boolean knows = wreck.operation() != null && wreck.operation().pays();
    Expected expected = new Expected(
        Operation.QUERY,
        platformId,
        knows ? wreck.order() : envelope == null ? null : envelope.referenceOrderId(),
        wreck.amount());
    return Classification.ofConfirm(answer, expected);
  }

  private Future<Resolved> decide(ResolveRequest request, BrokenRecord wreck, List<Shown> shown) {
    Burial burial = Burial.of(
        request.word(),
        request.forced(),
        shown.stream().map(Shown::report).toList(),
        new Burial.Times(
            wreck.sends().nowMillis(), wreck.sends().lastAtMillis(), mayBePage(wreck)));
    return switch (burial.kind()) {
      case REFUSED -> refused(null, burial.because(), burial.retryAtMillis());
      case GRANTED ->
        bury(
            request,
            wreck,
            request.word() == Verdict.PAID ? Outcome.PAID : Outcome.UNPAID,
            null,
            burial.because());
      case PLATFORM_PAID ->
        bury(request, wreck, Outcome.PAID, paidId(shown), burial.because())
            .map(done -> request.word() == Verdict.PAID || done instanceof Resolved.Refused
                ? done
                : new Resolved.Refused(Outcome.PAID, burial.because(), 0));
    };
  }

  private static long mayBePage(BrokenRecord wreck) {
    boolean maybe = wreck.operation() == null || wreck.operation() == Operation.CREATE_SESSION;
    return maybe ? PageTimes.LIFE_MILLIS : 0;
  }

  private static String paidId(List<Shown> shown) {
    return shown.stream()
        .filter(each -> Burial.isPaid(each.report()))
        .map(Shown::platformId)
        .findFirst()
        .orElse(null);
  }

  private Future<Resolved> bury(
      ResolveRequest request,
      BrokenRecord wreck,
      Outcome outcome,
      String platformId,
      String because) {
    boolean pays = outcome == Outcome.PAID && pays(wreck);
    String event = request.event().with(TimelineEvent.Field.RULE, because).encode();
    return admin.bury(wreck, outcome, platformId, pays, event).map(buried -> {
      outcomes.announce(wreck.id());
      return switch (buried) {
        case BURIED -> new Resolved.Done(outcome, because);
        case MOVED -> new Resolved.Refused(null, "it moved on meanwhile; look again", 0);
        case NEWER ->
          new Resolved.Refused(null, "a newer version of Payonce wrote it, and can read it", 0);
        case NOT_HELD -> new Resolved.Refused(null, "it does not hold that order", 0);
      };
    });
  }

  /** The lock of follow-ups is no order; of all else "paid" is the safe mark. */
  private static boolean pays(BrokenRecord wreck) {
    boolean isOrder = wreck.order() != null && wreck.order().indexOf(':') < 0;
    return isOrder && (wreck.operation() == null || wreck.operation().pays());
  }

  private static Future<Resolved> refused(String why) {
    return refused(null, why, 0);
  }

  private static Future<Resolved> refused(Outcome outcome, String why, long retryAtMillis) {
    return Future.succeededFuture(new Resolved.Refused(outcome, why, retryAtMillis));
  }
}
