package io.payonce.flow;

import io.payonce.codes.Classification;
import io.payonce.codes.Classification.Expected;
import io.payonce.codes.Report;
import io.payonce.flow.engine.MoneyWrites;
import io.payonce.flow.engine.PlatformRequests;
import io.payonce.flow.engine.StoredReply;
import io.payonce.flow.engine.TimelineWords;
import io.payonce.flow.engine.Undecided;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.CallOutcome;
import io.payonce.flow.port.FlowSettings;
import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.Outbound.Sent;
import io.payonce.flow.port.Outbound.Source;
import io.payonce.json.ProxyEnvelope;
import io.payonce.ledger.Contradiction;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Settlement;
import io.payonce.ledger.Tombstone;
import io.payonce.model.Amount;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;
import io.payonce.model.Reply;
import io.payonce.model.RequestFields;
import io.payonce.model.TransactionStatus;
import io.payonce.recovery.Burial;
import io.vertx.core.Future;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Answers a query about a payment of which only its tombstone is left, as {@link TombstoneReply}
 * answers a repeat: PAID stands whatever the platform reports by now. A payment that was answered
 * as unpaid and turns out paid needs review first; only a repeat names the amount and so can show
 * whether all of it is paid.
 */
final class TombstoneQuery {
  /** The types of transactions that pay an order (platform.md#webhooks). */
  private static final Set<String> PAYS = Set.of("SALE", "AUTH", "FORCED_AUTH");

  private final Accounts accounts;
  private final Ledger ledger;
  private final MoneyWrites writes;
  private final Undecided undecided;
  private final FlowSettings settings;

  TombstoneQuery(Accounts accounts, Ledger ledger, MoneyWrites writes, FlowSettings settings) {
    this.accounts = accounts;
    this.ledger = ledger;
    this.writes = writes;
    this.undecided = new Undecided(ledger);
    this.settings = settings;
  }

  /** A caller's question, and the payment it is about. */
  record Question(RequestFields fields, PaymentId id, String traceId) {}

  /** Refused may have been an id that is another payment's; only a repeat names its own order. */
  static boolean speaksOf(Tombstone tombstone) {
    return tombstone.outcome() == Outcome.PAID || tombstone.outcome() == Outcome.UNPAID;
  }

  /** @param answer the platform's word on what the caller asked for */
  Future<Outbound> answer(Question question, Tombstone tombstone, Answer answer) {
    return about(tombstone, question, answer).compose(spoken -> reply(question, tombstone, spoken));
  }

  /** Its word on the last id that the payment was sent under. */
  private Future<Answer> about(Tombstone tombstone, Question question, Answer answer) {
    return isOf(tombstone, question, answer)
        ? Future.succeededFuture(answer)
        : accounts
            .way(tombstone.account())
            .platform()
            .call(PlatformRequests.question(
                question.fields().appId(), question.id().merchantId(), tombstone.platformId()));
  }

  /**
   * The caller knows neither the id nor the transaction of an attempt that came after the first.
   */
  private static boolean isOf(Tombstone tombstone, Question question, Answer answer) {
    PaymentId named = StoredReply.id(question.id(), answer);
    String about = named == null && question.fields().transactionId() == null
        ? question.id().requestId()
        : named == null ? null : named.requestId();
    return tombstone.platformId().equals(about) || former(tombstone, question, answer) != null;
  }

  /** The id that had failed before and is shown to have moved money; null when none is. */
  private static String former(Tombstone tombstone, Question question, Answer answer) {
    PaymentId named = StoredReply.id(question.id(), answer);
    boolean former = named != null
        && tombstone.outcome() != Outcome.PAID
        && QueryFlow.isFinal(answer, true)
        && NotifiedPayment.isOf(question.id(), named.requestId());
    return former ? named.requestId() : null;
  }

  /**
   * The status S of what was refused may be of the transaction that had its id before: whosever it
   * is, an operator sees it before a caller does. All else is as if nothing were known of it.
   *
   * @param word what the caller learns where there is nothing to decide
   */
  Future<Outbound> refused(
      Question question, Tombstone tombstone, Answer answer, Supplier<Future<Outbound>> word) {
    return about(tombstone, question, answer)
        .compose(spoken ->
            Burial.isPaid(Classification.ofConfirm(spoken, expected(tombstone, question, spoken)))
                ? moved(question, (Answer.Spoken) spoken, remembered(question, tombstone))
                : word.get());
  }

  private Future<Outbound> reply(Question question, Tombstone tombstone, Answer answer) {
    boolean paid = tombstone.outcome() == Outcome.PAID;
    Report report = Classification.ofConfirm(answer, expected(tombstone, question, answer));
    if (report.isUnpaid() && !paid) {
      return no(question, platforms(question, answer));
    }
    if (report != Report.PAID) {
      return known(question, tombstone);
    }
    if (paid) {
      String name = ((Answer.Spoken) answer).envelope().transactionId();
      return (name == null
              ? Future.<Void>succeededFuture()
              : ledger.rememberAlias(question.id(), name))
          .map(done -> platforms(question, answer));
    }
    return settings.otherAmount()
        ? paidAfterAll(question, tombstone, (Answer.Spoken) answer)
        : moved(question, (Answer.Spoken) answer, remembered(question, tombstone));
  }

  /** What the ledger itself can say. */
  Future<Outbound> known(Question question, Tombstone tombstone) {
    Outbound out = remembered(question, tombstone);
    return tombstone.outcome() == Outcome.PAID ? Future.succeededFuture(out) : no(question, out);
  }

  /** Of what is not paid, unless an operator has to decide that. */
  Future<Outbound> no(Question question, Outbound out) {
    return undecided.unless(question.id(), out, pending(question));
  }

  private static Outbound pending(Question question) {
    return Outbound.pending(question.id(), null, question.traceId(), 1);
  }

  /** What order and amount it had is not known any more; the id is what makes it ours. */
  private static Expected expected(Tombstone tombstone, Question question, Answer answer) {
    String former = former(tombstone, question, answer);
    Envelope envelope = answer instanceof Answer.Spoken spoken ? spoken.envelope() : null;
    return new Expected(
        Operation.QUERY,
        former == null ? tombstone.platformId() : former,
        envelope == null ? null : envelope.referenceOrderId(),
        Amount.UNSAID);
  }

  private static Outbound platforms(Question question, Answer answer) {
    return QueryFlow.ours(question.id().requestId(), null, (Answer.Spoken) answer);
  }

  /**
   * Money moved, and what was asked for is not known any more: an operator will. Until then no
   * other payment is charged for its order, as far as the answer names one.
   *
   * @param decided what is answered once he has
   */
  Future<Outbound> moved(Question question, Answer.Spoken said, Outbound decided) {
    Outbound out = pending(question);
    String order = paidOrder(said.envelope());
    String event = TimelineWords.of("asked for late", Report.OTHER_AMOUNT, said, Amount.UNSAID)
        .encode();
    return writes
        .moved(
            question.id(),
            order,
            order != null,
            TimelineWords.said(said.envelope().amount()),
            event)
        .compose(noted -> noted == Contradiction.DECIDED
            ? no(question, decided) // of this sum; another may have moved besides
            : Future.succeededFuture(out))
        .recover(LedgerUnavailable.otherwise(out));
  }

  /** The order that such a transaction pays; the answer about a refund may name one, too. */
  static String paidOrder(Envelope envelope) {
    return envelope.transactionType() == null || PAYS.contains(envelope.transactionType())
        ? envelope.referenceOrderId()
        : null;
  }

  /** Where any amount pays: listed for review, and answered to later callers. */
  private Future<Outbound> paidAfterAll(
      Question question, Tombstone tombstone, Answer.Spoken said) {
    Outbound out = platforms(question, said);
    String order = paidOrder(said.envelope());
    Settlement settlement = Settlement.paidForgotten(
        tombstone.platformId(),
        order != null,
        out.reply(),
        said.envelope().transactionId(),
        "asked for late, and the platform shows it paid");
    return writes
        .paid(new PaymentRef(question.id(), order, null), settlement)
        .map(done -> out)
        .recover(LedgerUnavailable.otherwise(pending(question)));
  }

  private static Outbound remembered(Question question, Tombstone tombstone) {
    Reply reply = ProxyEnvelope.verdict(
        tombstone.outcome() == Outcome.PAID ? TransactionStatus.SUCCESS : TransactionStatus.CLOSED,
        "asked for late; this is how it ended",
        question.id().requestId(),
        null,
        question.traceId());
    return Outbound.of(reply, Source.LEDGER, Sent.YES, 1, CallOutcome.LATE);
  }
}
