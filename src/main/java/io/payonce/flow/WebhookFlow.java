package io.payonce.flow;

import static io.payonce.flow.port.WebhookResult.CONFIRMED;
import static io.payonce.flow.port.WebhookResult.REPEATED;
import static io.payonce.flow.port.WebhookResult.SETTLED;
import static io.payonce.flow.port.WebhookResult.UNKNOWN;

import io.payonce.codes.Classification;
import io.payonce.codes.Classification.Expected;
import io.payonce.codes.Report;
import io.payonce.flow.engine.EngineResult;
import io.payonce.flow.engine.StoredReply;
import io.payonce.flow.engine.TimelineWords;
import io.payonce.flow.engine.UndoneOrders;
import io.payonce.flow.port.FlowSettings;
import io.payonce.flow.port.InboundWebhook;
import io.payonce.flow.port.OutcomeSignal;
import io.payonce.flow.port.RetryHint;
import io.payonce.flow.port.WebhookResult;
import io.payonce.ledger.CloseResult;
import io.payonce.ledger.Contradiction;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Settlement;
import io.payonce.ledger.Tombstone;
import io.payonce.model.Amount;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.TransactionStatus;
import io.payonce.recovery.Burial;
import io.vertx.core.Future;

/**
 * Acts on what the platform says of a payment by itself. It is evidence like the answer to a
 * confirm and held against the record in the same way: S settles; F and C are a reason to ask at
 * once. What succeeds here is where a failover cannot lose it, so the platform need not repeat it.
 *
 * <p>Example: the answer to a sale is lost, and the terminal is paid 40 seconds later. The
 * platform's notification takes the payment over from whoever has it and settles it; a caller who
 * waits gets S at once, and the worker who had it finds it settled. Had the record been answered as
 * unpaid before, its answer would stay, and the payment would need review.
 */
public final class WebhookFlow {
  private static final String NOTIFIES = "the platform notifies: ";

  private final Ledger ledger;
  private final RetryFlow retries;
  private final RetryHint retryHint;
  private final OutcomeSignal outcomes;
  private final UndoneOrders undone;
  private final NotifiedPayment whose;
  private final UnknownTransactions unknown;
  private final FlowSettings settings;

  WebhookFlow(
      Ledger ledger,
      RetryFlow retries,
      RetryHint retryHint,
      OutcomeSignal outcomes,
      UndoneOrders undone,
      UnknownTransactions unknown,
      FlowSettings settings) {
    this.ledger = ledger;
    this.retries = retries;
    this.retryHint = retryHint;
    this.outcomes = outcomes;
    this.undone = undone;
    this.whose = new NotifiedPayment(ledger, settings);
    this.unknown = unknown;
    this.settings = settings;
  }

  /** Fails when it is not written, or not surely: the platform is to repeat it. */
  public Future<WebhookResult> handle(InboundWebhook webhook) {
    return handle(webhook, true);
  }

  /** @param once it may be looked at anew if the payment ends meanwhile */
  private Future<WebhookResult> handle(InboundWebhook webhook, boolean once) {
    return whose.find(webhook).compose(found -> {
      if (found.payment() != null) {
        return known(webhook, found.payment(), once);
      }
      if (found.unreadable() != null) {
        return unreadable(webhook, found);
      }
      return found.id() == null
          ? asked(webhook)
          : ledger
              .tombstone(found.id())
              .compose(left -> left.isPresent()
                  ? buried(webhook, found, left.get())
                  : forgotten(webhook, found));
    });
  }

  // A payment with a record.

  private Future<WebhookResult> known(InboundWebhook webhook, Payment payment, boolean once) {
    if (payment.isStrange() || !webhook.isOf(payment.account())) {
      return Future.succeededFuture(UNKNOWN); // this platform's secret says nothing of others'
    }
    Report report = settings.understood(
        Classification.ofNotification(webhook.said(), expected(webhook, payment)));
    return switch (report) {
      case PAID -> paid(webhook, payment, once);
      case OTHER_AMOUNT -> otherAmount(webhook, payment, once);
      case DECLINED, FAILED -> payment.isPage() ? repeated(payment) : expedited(webhook, payment);
      case CLOSED, FOREIGN -> expedited(webhook, payment);
      case UNKNOWN ->
        webhook.said().envelope().status() == null
            ? Future.succeededFuture(REPEATED)
            : payment.isEnded() ? late(webhook, payment) : expedited(webhook, payment);
      case INITIAL, PROCESSING ->
        isSign(webhook, payment)
            ? decided(webhook, payment, once)
            : Future.succeededFuture(REPEATED);
      case DONE -> Future.succeededFuture(REPEATED);
      case REFUSED, BUSY, REMEDIED, REFUSED_FOR_NOW, ID_IN_USE, ALREADY_PAID, NOT_FOUND, UNSENT ->
        Future.succeededFuture(UNKNOWN);
    };
  }

  /** Under whichever of its ids it is named: a former one can have moved money, too. */
  private static Expected expected(InboundWebhook webhook, Payment payment) {
    return new Expected(
        payment.operation(),
        isOfFormerId(webhook, payment) || isKnownAs(webhook, payment)
            ? webhook.said().envelope().transactionRequestId()
            : payment.platformId(),
        payment.referenceOrderId(),
        payment.amount());
  }

  /** Where the platform goes by another id of its body than we, it was found by that one. */
  private static boolean isKnownAs(InboundWebhook webhook, Payment payment) {
    return !payment.operation().isReissued()
        && webhook.said().envelope().transactionRequestId() != null;
  }

  private static boolean isOfFormerId(InboundWebhook webhook, Payment payment) {
    String named = webhook.said().envelope().transactionRequestId();
    return named != null
        && !named.equals(payment.platformId())
        && NotifiedPayment.isOf(payment.id(), named);
  }

  private Future<WebhookResult> paid(InboundWebhook webhook, Payment payment, boolean once) {
    if (payment.outcome() == Outcome.PAID) {
      giveBack(webhook, payment);
      return isSecond(webhook, payment) ? paidAgain(webhook, payment) : named(webhook, payment);
    }
    if (RecordedQuery.isPerhapsAnothers(payment, webhook.said().envelope())) {
      return expedited(webhook, payment);
    }
    if (payment.isEnded()) {
      return written(webhook, payment);
    }
    if (!isOfFormerId(webhook, payment)) {
      return decided(webhook, payment, once);
    }
    return payment.operation().pays() && payment.amount().isUnsaid()
        ? expedited(webhook, payment) // of a former version: it does not say what was asked for
        : written(webhook, payment);
  }

  /** What the platform has at hand is not sent again. */
  private static boolean isSign(InboundWebhook webhook, Payment payment) {
    return !payment.isEnded()
        && payment.stage().isUnseen()
        && !payment.isPage()
        && !isOfFormerId(webhook, payment);
  }

  /**
   * What would be a reason to ask, of a payment that is asked about no more: that money moved is an
   * operator's to see, though the platform names only its transaction, or only a sum.
   */
  private Future<WebhookResult> late(InboundWebhook webhook, Payment payment) {
    boolean moved = payment.outcome() != Outcome.PAID
        && Burial.isPaid(Classification.ofConfirm(webhook.said(), expected(webhook, payment)));
    if (!moved) {
      return repeated(payment);
    }
    Envelope said = webhook.said().envelope();
    Amount sum = said.amount().isUnsaid() ? payment.amount() : said.amount();
    return named(said, payment)
        .compose(named ->
            named ? contradicted(webhook, payment, TimelineWords.said(sum)) : repeated(payment));
  }

  /** Whether it names the payment, or its transaction; the address alone is no evidence. */
  private Future<Boolean> named(Envelope said, Payment payment) {
    return said.transactionRequestId() != null || said.transactionId() == null
        ? Future.succeededFuture(said.transactionRequestId() != null)
        : ledger
            .findByAlias(payment.id().owner(), said.transactionId())
            .map(known -> known.filter(payment.id()::equals).isPresent());
  }

  /** The recovery machine decides as after a confirm. */
  private Future<WebhookResult> decided(InboundWebhook webhook, Payment payment, boolean once) {
    return retries.notified(payment.id(), webhook.said(), event(webhook)).compose(result -> {
      if (result.isEmpty() || result.get() instanceof EngineResult.LeftForRecovery) {
        // Another pod has ended it, or it is not written.
        return once ? handle(webhook, false) : Future.failedFuture(unwritten());
      }
      boolean ended = result.get() instanceof EngineResult.Ended;
      return ledger
          .safely(payment.id(), ended ? WebhookFlow::isSettled : WebhookFlow::isSeen)
          .map(ended ? SETTLED : CONFIRMED);
    });
  }

  private static LedgerUnavailable unwritten() {
    return new LedgerUnavailable("it is not known to be written", true);
  }

  private static String event(InboundWebhook webhook) {
    TransactionStatus status = webhook.said().envelope().status();
    return NOTIFIES + (status == null ? "no status" : status.letter());
  }

  /**
   * Money moved for what was answered otherwise, or under an id that had failed: the ledger keeps
   * the answer that was given, and puts the payment on the list for review.
   */
  private Future<WebhookResult> written(InboundWebhook webhook, Payment payment) {
    Answer.Spoken said = webhook.said();
    Settlement settlement = Settlement.paid(
            payment,
            StoredReply.kept(payment, RecordedQuery.ours(payment, said).reply()),
            said.envelope().transactionId(),
            event(Report.PAID, said, payment.amount()))
        .under(said.envelope().transactionRequestId());
    return ledger.settlePaid(payment.ref(), settlement).compose(close -> {
      outcomes.announce(payment.id());
      return close instanceof CloseResult.Stale
          ? Future.failedFuture(unwritten())
          : ledger.safely(payment.id(), WebhookFlow::isSeen).map(SETTLED);
    });
  }

  private static boolean isSettled(Payment payment) {
    return payment.outcome() == Outcome.PAID;
  }

  /** Its timeline says that the platform has spoken. */
  private static boolean isSeen(Payment payment) {
    return payment.timeline().contains(NOTIFIES)
        || payment.timeline().contains(TimelineWords.NOTIFIED);
  }

  private static String event(Report report, Answer.Spoken said, Amount asked) {
    return TimelineWords.of(TimelineWords.NOTIFIED, report, said, asked).encode();
  }

  /** Money moved, but not the amount asked for: an operator decides what that means. */
  private Future<WebhookResult> otherAmount(InboundWebhook webhook, Payment payment, boolean once) {
    String moved = TimelineWords.said(webhook.said().envelope().amount());
    String known = payment.otherAmount();
    if (payment.outcome() == Outcome.PAID
        || moved.equals(known)
        || TimelineWords.moved(webhook.said().envelope(), payment.platformId()).equals(known)) {
      return isSecond(webhook, payment) ? paidAgain(webhook, payment) : repeated(payment);
    }
    if (!payment.isEnded()) {
      return decided(webhook, payment, once);
    }
    return contradicted(webhook, payment, moved);
  }

  private Future<WebhookResult> contradicted(
      InboundWebhook webhook, Payment payment, String moved) {
    return ledger
        .contradict(
            payment.id(),
            payment.order(),
            payment.operation().pays(),
            moved,
            event(Report.OTHER_AMOUNT, webhook.said(), payment.amount()))
        .compose(noted -> noted == Contradiction.UNSETTLED
            ? handle(webhook, false)
            : Future.succeededFuture(noted == Contradiction.NOTED ? SETTLED : REPEATED));
  }

  private static boolean isSecond(InboundWebhook webhook, Payment payment) {
    return StoredReply.isChargedAgain(payment, webhook.said().envelope());
  }

  private Future<WebhookResult> paidAgain(InboundWebhook webhook, Payment payment) {
    return ledger
        .paidAgain(
            payment.id(),
            payment.order(),
            TimelineWords.again(webhook.said().envelope()),
            event(Report.PAID, webhook.said(), payment.amount()))
        .map(noted -> noted == Contradiction.NOTED ? SETTLED : REPEATED);
  }

  /** It is no end by itself: the platform's query is what decides. */
  private Future<WebhookResult> expedited(InboundWebhook webhook, Payment payment) {
    if (payment.isEnded()) {
      return repeated(payment);
    }
    return ledger
        .expedite(payment.id(), event(webhook))
        .compose(done -> ledger.safely(payment.id(), now -> now.isEnded() || isSeen(now)))
        .map(done -> {
          retryHint.schedule(1, payment.id());
          return CONFIRMED;
        });
  }

  /** What was read may still be lost, and would not be repeated. */
  private Future<WebhookResult> repeated(Payment payment) {
    Outcome outcome = payment.outcome();
    return ledger.safely(payment.id(), now -> now.outcome() == outcome).map(REPEATED);
  }

  /** Its caller, too, may have heard what the platform calls it, and may refund it by that. */
  private Future<WebhookResult> named(InboundWebhook webhook, Payment payment) {
    String name = webhook.said().envelope().transactionId();
    return (name == null || name.equals(StoredReply.transactionId(payment))
            ? Future.<Void>succeededFuture()
            : ledger.rememberAlias(payment.id(), name))
        .compose(known -> repeated(payment));
  }

  /** It is paid, and was undone since, perhaps in the platform's own back office. */
  private void giveBack(InboundWebhook webhook, Payment payment) {
    String appId = NotifiedPayment.fields(webhook).appId();
    boolean pays = payment.operation().pays() && payment.referenceOrderId() != null;
    if (pays && appId != null && UndoneOrders.shows(webhook.said())) {
      undone
          .find(payment.id(), payment.referenceOrderId(), appId)
          .onFailure(unavailable -> {}); // whoever wants the order asks, too
    }
  }

  // One without.

  private Future<WebhookResult> buried(
      InboundWebhook webhook, NotifiedPayment.Found found, Tombstone left) {
    if (left.isStrange() || !webhook.isOf(left.account())) {
      return Future.succeededFuture(UNKNOWN);
    }
    String named = webhook.said().envelope().transactionRequestId();
    boolean money =
        left.platformId().equals(named) ? isMoney(webhook, named) : isMoney(webhook, found.id());
    return left.outcome() == Outcome.PAID || !money
        ? Future.succeededFuture(REPEATED)
        : moved(webhook, found.id());
  }

  /** Whose it was is not known either, but its address was made here. */
  private Future<WebhookResult> unreadable(InboundWebhook webhook, NotifiedPayment.Found found) {
    return found.addressed() && isMoney(webhook, found.id())
        ? moved(webhook, found.id())
        : Future.failedFuture(found.unreadable());
  }

  /** That its address was made here shows that it was begun here, however long ago. */
  private Future<WebhookResult> forgotten(InboundWebhook webhook, NotifiedPayment.Found found) {
    return found.addressed() && isMoney(webhook, found.id())
        ? moved(webhook, found.id())
        : asked(webhook);
  }

  /** What was asked for is not known any more; that it is named so is what makes it ours. */
  private static boolean isMoney(InboundWebhook webhook, PaymentId id) {
    Envelope envelope = webhook.said().envelope();
    String named = envelope.transactionRequestId();
    return named != null && NotifiedPayment.isOf(id, named) && isMoney(webhook, named);
  }

  private static boolean isMoney(InboundWebhook webhook, String named) {
    Envelope envelope = webhook.said().envelope();
    return Burial.isPaid(Classification.ofNotification(
        webhook.said(),
        new Expected(Operation.QUERY, named, envelope.referenceOrderId(), Amount.UNSAID)));
  }

  /** Its order is not charged again before an operator has decided. */
  private Future<WebhookResult> moved(InboundWebhook webhook, PaymentId id) {
    Envelope envelope = webhook.said().envelope();
    String order = TombstoneQuery.paidOrder(envelope);
    return ledger
        .contradict(
            id,
            order,
            order != null,
            TimelineWords.said(envelope.amount()),
            event(Report.OTHER_AMOUNT, webhook.said(), Amount.UNSAID))
        .compose(noted -> noted == Contradiction.UNSETTLED
            ? Future.failedFuture(unwritten()) // begun since it was looked for: the repeat finds it
            : Future.succeededFuture(noted == Contradiction.NOTED ? SETTLED : REPEATED));
  }

  /** The platform says more of it when it is asked, if it may be. */
  private Future<WebhookResult> asked(InboundWebhook webhook) {
    return unknown.ask(webhook).compose(more -> {
      if (more.isEmpty()) {
        return Future.succeededFuture(UNKNOWN);
      }
      return whose.find(more.get()).compose(found -> {
        if (found.payment() != null) {
          return known(more.get(), found.payment(), true);
        }
        if (found.unreadable() != null) {
          return unreadable(more.get(), found);
        }
        return found.id() != null
                && ledger.mayHaveForgotten(found.id())
                && isMoney(more.get(), found.id())
            ? moved(more.get(), found.id())
            : Future.succeededFuture(UNKNOWN);
      });
    });
  }
}
