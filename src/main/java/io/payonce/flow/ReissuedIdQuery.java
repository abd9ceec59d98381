package io.payonce.flow;

import io.payonce.codes.Classification;
import io.payonce.codes.Classification.Expected;
import io.payonce.flow.engine.PlatformRequests;
import io.payonce.flow.engine.StoredReply;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.FlowSettings;
import io.payonce.flow.port.Outbound;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.RequestFields;
import io.payonce.recovery.PlatformId;
import io.vertx.core.Future;
import java.util.stream.IntStream;

/**
 * Answers a query about a payment that is unknown to the ledger, from what the platform has under
 * the ids reissued from its own.
 */
final class ReissuedIdQuery {
  private final Accounts accounts;
  private final TombstoneQuery buried;
  private final FlowSettings settings;

  ReissuedIdQuery(Accounts accounts, TombstoneQuery buried, FlowSettings settings) {
    this.accounts = accounts;
    this.buried = buried;
    this.settings = settings;
  }

  /** Whether an answer is about this id, or one reissued from it: it must not name another one. */
  boolean isUnder(PaymentId id, Answer answer) {
    PaymentId named = StoredReply.id(id, answer);
    return named == null
        || IntStream.rangeClosed(1, settings.maxAttempts())
            .mapToObj(attempt -> PlatformId.of(id, attempt))
            .anyMatch(named.requestId()::equals);
  }

  /**
   * The ledger has forgotten the payment, or never knew it: an attempt under a reissued id counts,
   * and while its state is unknown, the first one's failure is not the whole truth.
   */
  Future<Outbound> answer(CallerQuery question, Answer first) {
    return from(question, first, 2);
  }

  private Future<Outbound> from(CallerQuery question, Answer first, int attempt) {
    if (attempt > settings.maxAttempts()) {
      return unsaid(question, first);
    }
    String id = question.id().requestId();
    String reissuedId = PlatformId.of(question.id(), attempt);
    RequestFields fields = question.fields();
    return accounts
        .way(accounts.of(fields.appId(), fields.merchantId()))
        .platform()
        .call(PlatformRequests.question(fields.appId(), fields.merchantId(), reissuedId))
        .compose(answer -> switch (settings.understood(
            Classification.ofConfirm(answer, alike(reissuedId, first)))) {
          case PAID, INITIAL, PROCESSING ->
            Future.succeededFuture(QueryFlow.ours(id, null, (Answer.Spoken) answer));
          case OTHER_AMOUNT ->
            buried.moved(question.buried(), (Answer.Spoken) answer, forgotten(question, first));
          case UNKNOWN -> Future.succeededFuture(passedUnread(question, answer));
          case DONE,
              DECLINED,
              FAILED,
              CLOSED,
              REFUSED,
              BUSY,
              REMEDIED,
              REFUSED_FOR_NOW,
              ID_IN_USE,
              ALREADY_PAID,
              NOT_FOUND,
              FOREIGN,
              UNSENT -> from(question, first, attempt + 1);
        });
  }

  /** The platform's answer on what is unknown here, unless it is a no and money has moved. */
  Future<Outbound> unsaid(CallerQuery question, Answer answer) {
    Outbound out = forgotten(question, answer);
    return StoredReply.isStatus(answer) && !QueryFlow.isFinal(answer, false)
        ? Future.succeededFuture(out)
        : buried.no(question.buried(), out);
  }

  /** A caller who names a transaction need not know of reissued ids either. */
  private static Outbound forgotten(CallerQuery question, Answer answer) {
    return question.fields().transactionId() != null && StoredReply.isStatus(answer)
        ? QueryFlow.ours(question.id().requestId(), null, (Answer.Spoken) answer)
        : question.passed(answer);
  }

  /** A further attempt is of the same order and amount as the first. */
  private static Expected alike(String reissuedId, Answer first) {
    Envelope envelope = ((Answer.Spoken) first).envelope();
    return new Expected(
        Operation.QUERY, reissuedId, envelope.referenceOrderId(), envelope.amount());
  }

  private static Outbound passedUnread(CallerQuery question, Answer answer) {
    return StoredReply.isStatus(answer) ? question.unreadable() : question.passed(answer);
  }
}
