package io.payonce.flow.operator;

import io.payonce.flow.RetryFlow;
import io.payonce.ledger.Dossier;
import io.payonce.ledger.LedgerAdmin;
import io.payonce.ledger.Payment;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.TimelineEvent;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * An operator wants to know now. It counts as a confirm: what the platform says is acted on as
 * ever, and nothing else is done.
 */
public final class AskFlow {
  private final LedgerAdmin admin;
  private final RetryFlow retries;

  public AskFlow(LedgerAdmin admin, RetryFlow retries) {
    this.admin = admin;
    this.retries = retries;
  }

  /** @param by who asks, for the timeline */
  public Future<Resolved> ask(PaymentId id, String by) {
    return admin.inspect(id).compose(found -> {
      if (found.isEmpty()) {
        return Future.succeededFuture(new Resolved.Unknown());
      }
      Optional<Resolved> refused = refusal(found.get());
      return refused.isPresent()
          ? Future.succeededFuture(refused.get())
          : retries.ask(id, event(by)).map(asked -> new Resolved.Done(null, "asked"));
    });
  }

  private static String event(String by) {
    return TimelineEvent.of(TimelineEvent.Kind.PERSON)
        .with(TimelineEvent.Field.BY, by)
        .with(TimelineEvent.Field.SAYS, TimelineEvent.ASKS)
        .encode();
  }

  private static Optional<Resolved> refusal(Dossier dossier) {
    Payment payment = dossier.payment();
    if (payment == null) {
      return refused("there is no record of it that can be read here");
    }
    if (payment.isEnded()) {
      return Optional.of(new Resolved.Refused(payment.outcome(), "it has ended", 0));
    }
    if (payment.isStrange()) {
      return refused("only pods of the platform " + payment.stranger() + " can ask about it");
    }
    if (payment.operation().doubt() == Operation.Doubt.REPEAT && !payment.isPage()) {
      return refused("this operation cannot be asked about");
    }
    if (dossier.leased()) {
      return refused("a worker is on it just now, and asks by itself");
    }
    return payment.history().sends() == 0
        ? refused("nothing of it was sent, so there is nothing to ask about")
        : Optional.empty();
  }

  private static Optional<Resolved> refused(String why) {
    return Optional.of(new Resolved.Refused(null, why, 0));
  }
}
