package io.payonce.flow;

import io.payonce.flow.Outbound.Sent;
import io.payonce.flow.Outbound.Source;
import io.payonce.json.OwnAnswer;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerAway;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Settlement;
import io.payonce.ledger.Tombstone;
import io.payonce.model.Amount;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Lease;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import io.payonce.model.RequestFields;
import io.payonce.model.TransactionStatus;
import io.payonce.platform.Platform;
import io.payonce.rule.Classification;
import io.payonce.rule.Classification.Expected;
import io.payonce.rule.History;
import io.vertx.core.Future;

/**
 * Answers a question about a payment of which nothing but its tombstone is left, as {@link Late}
 * answers those who repeat it: "paid" stands whatever the platform says by now, and what turns out
 * paid though it was told unpaid is written first.
 */
final class Buried {
  private final Platform platform;
  private final Ledger ledger;

  Buried(Platform platform, Ledger ledger) {
    this.platform = platform;
    this.ledger = ledger;
  }

  /** Who asks what, of which payment. */
  record Question(RequestFields fields, PaymentId id, String traceId) {}

  /** Refused may have been an id that is another payment's; only a repeat names its own order. */
  static boolean speaksOf(Tombstone tombstone) {
    return tombstone.outcome() == Outcome.PAID || tombstone.outcome() == Outcome.UNPAID;
  }

  /** @param heard the platform's word on what the caller asked for */
  Future<Outbound> answer(Question question, Tombstone tombstone, Answer heard) {
    Future<Answer> word = isOf(tombstone, question, heard)
        ? Future.succeededFuture(heard)
        : platform.call(Copies.question(
            question.fields().appId(), question.id().merchantId(), tombstone.platformId()));
    return word.compose(said -> told(question, tombstone, said));
  }

  /**
   * The caller knows neither the id nor the transaction of an attempt that came after the first.
   */
  private static boolean isOf(Tombstone tombstone, Question question, Answer heard) {
    PaymentId named = Answers.id(question.id(), heard);
    String about = named == null && question.fields().transactionId() == null
        ? question.id().requestId()
        : named == null ? null : named.requestId();
    return tombstone.platformId().equals(about);
  }

  private Future<Outbound> told(Question question, Tombstone tombstone, Answer said) {
    boolean paid = tombstone.outcome() == Outcome.PAID;
    return switch (Classification.ofConfirm(said, expected(tombstone, said))) {
      case PAID ->
        paid
            ? Future.succeededFuture(platforms(question, said))
            : paidAfterAll(question, tombstone, (Answer.Spoken) said);
      case DECLINED, FAILED, CLOSED ->
        Future.succeededFuture(paid ? remembered(question, tombstone) : platforms(question, said));
      default -> Future.succeededFuture(remembered(question, tombstone));
    };
  }

  /** What order and amount it had is not known any more; the id is what makes it ours. */
  private static Expected expected(Tombstone tombstone, Answer said) {
    Envelope envelope = said instanceof Answer.Spoken spoken ? spoken.envelope() : null;
    return new Expected(
        Operation.QUERY,
        tombstone.platformId(),
        envelope == null ? null : envelope.referenceOrderId(),
        envelope == null ? Amount.UNSAID : envelope.amount());
  }

  private static Outbound platforms(Question question, Answer said) {
    return QueryFlow.ours(question.id().requestId(), null, (Answer.Spoken) said);
  }

  /**
   * Before a person, and told to whoever comes later. Whether it paid an order cannot be seen: the
   * answer about a refund may name one, too.
   */
  private Future<Outbound> paidAfterAll(
      Question question, Tombstone tombstone, Answer.Spoken said) {
    Outbound out = platforms(question, said);
    Settlement settlement = new Settlement(
        Outcome.PAID,
        out.reply(),
        History.FIRST,
        said.envelope().transactionId(),
        tombstone.platformId(),
        false,
        "asked for late, and the platform shows it paid");
    return ledger
        .settle(new Lease(question.id(), null, "", null), settlement)
        .map(done -> out)
        .recover(away -> away instanceof LedgerAway
            ? Future.succeededFuture(Outbound.pending(question.id(), null, question.traceId(), 1))
            : Future.failedFuture(away));
  }

  static Outbound remembered(Question question, Tombstone tombstone) {
    Reply reply = OwnAnswer.verdict(
        tombstone.outcome() == Outcome.PAID ? TransactionStatus.SUCCESS : TransactionStatus.CLOSED,
        "asked for late; this is how it ended",
        question.id().requestId(),
        null,
        question.traceId());
    return new Outbound(
        reply, Source.LEDGER, Sent.YES, 1, false, 0, Told.LATE, Outbound.NOT_MEASURED);
  }
}
