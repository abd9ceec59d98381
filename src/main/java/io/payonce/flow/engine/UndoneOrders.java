package io.payonce.flow.engine;

import io.payonce.codes.Code;
import io.payonce.flow.port.Accounts;
import io.payonce.json.RelatedScan;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Tombstone;
import io.payonce.model.Ability;
import io.payonce.model.Answer;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.TransactionStatus;
import io.payonce.model.Whose;
import io.payonce.validation.RequestRules;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Frees an order when the payment that paid it was undone: by a void sent through Payonce, by
 * refunds that come up to the whole, or in the platform's own back office.
 */
public final class UndoneOrders {
  private final Ledger ledger;
  private final Accounts accounts;

  public UndoneOrders(Ledger ledger, Accounts accounts) {
    this.ledger = ledger;
    this.accounts = accounts;
  }

  /** The standing of the payment that is said to have paid an order. */
  public enum Found {
    UNDONE,
    /** It has paid, or nothing shows otherwise. */
    PAID,
    /** Something is being done to it. */
    BUSY
  }

  /**
   * Asks how a payer stands, before another payment is refused for it.
   *
   * @param appId the asking caller's
   */
  public Future<Found> find(PaymentId payer, String order, String appId) {
    if (!ledger.abilities().all(Ability.PAYERS)) {
      return Future.succeededFuture(Found.PAID);
    }
    return ledger.inquire(payer, order).compose(inquiry -> switch (inquiry) {
      case ASK -> ask(payer, order, appId);
      case KEPT -> Future.succeededFuture(Found.PAID);
      case BUSY -> Future.succeededFuture(Found.BUSY);
      case GONE -> Future.succeededFuture(Found.UNDONE);
    });
  }

  /**
   * Takes back what a follow-up that has succeeded has undone. Never fails for want of a ledger.
   */
  Future<Void> by(LeasedPayment followUp) {
    String original = RequestRules.originalRequestId(followUp.ref().order());
    boolean undoes =
        followUp.operation() == Operation.VOID || followUp.operation().refunds();
    if (original == null || !undoes || !ledger.abilities().all(Ability.PAYERS)) {
      return Future.succeededFuture();
    }
    PaymentId payer = followUp.id().other(original);
    return ledger
        .find(payer)
        .compose(found -> paidOrder(found)
            .map(order -> giveBack(followUp, payer, order))
            .orElseGet(Future::succeededFuture))
        .recover(LedgerUnavailable.otherwise(null));
  }

  private static Optional<String> paidOrder(Optional<Payment> original) {
    return original.filter(payment -> payment.operation().pays()).map(Payment::referenceOrderId);
  }

  /** How much of a payment is left after a refund, the platform knows: tips and fees count too. */
  private Future<Void> giveBack(LeasedPayment followUp, PaymentId payer, String order) {
    return followUp.operation() == Operation.VOID
        ? ledger.giveBack(payer, order, false).mapEmpty()
        : ask(payer, order, followUp.fields().appId()).mapEmpty();
  }

  private Future<Found> ask(PaymentId payer, String order, String appId) {
    return ledger
        .find(payer)
        .compose(found -> found.isEmpty()
            ? askLate(payer, order, appId)
            : isUnderWay(found.get())
                ? Future.succeededFuture(Found.PAID)
                : ask(
                    payer,
                    order,
                    found.get().appId(appId),
                    found.get().whose(),
                    new Expected(
                        StoredReply.platformId(found.get()),
                        found.get().operation().showsOrder())));
  }

  /** What is said of it now is its own worker's to hear, who would go by what he knew before. */
  private static boolean isUnderWay(Payment payer) {
    return !payer.isEnded() && payer.otherAmount() == null;
  }

  private Future<Found> askLate(PaymentId payer, String order, String appId) {
    return ledger
        .tombstone(payer)
        .compose(left -> ask(
            payer,
            order,
            appId,
            left.map(Tombstone::whose)
                .orElseGet(() -> Whose.of(accounts.of(appId, payer.merchantId()))),
            new Expected(left.map(Tombstone::platformId).orElse(payer.requestId()), true)));
  }

  /**
   * Says what names a payer in an answer about it.
   *
   * @param byOrder its order too, if any
   */
  private record Expected(String platformId, boolean byOrder) {}

  /** @param whose where another platform has it, this one cannot say what was undone there */
  private Future<Found> ask(
      PaymentId payer, String order, String appId, Whose whose, Expected expected) {
    if (whose.isStrange()) {
      return Future.succeededFuture(Found.PAID);
    }
    Accounts.Way way = accounts.way(whose.account());
    return way.limits()
        .acquireConfirm(payer.merchantId())
        .compose(place -> place.isPresent()
            ? place
                .get()
                .over(() -> way.platform()
                    .call(PlatformRequests.question(
                        appId, payer.merchantId(), expected.platformId())))
                .compose(answer -> onAnswer(payer, order, expected, answer))
            : Future.succeededFuture(Found.PAID));
  }

  private Future<Found> onAnswer(PaymentId payer, String order, Expected expected, Answer answer) {
    return isUndone(answer, order, expected)
        ? ledger.giveBack(payer, order, true).map(given -> given ? Found.UNDONE : Found.BUSY)
        : Future.succeededFuture(Found.PAID);
  }

  /** The lock of follow-ups is no order's number. */
  private static boolean isLock(String order) {
    return order.indexOf(':') >= 0;
  }

  /** Only what is surely said of this very payment. */
  private static boolean isUndone(Answer answer, String order, Expected expected) {
    if (!(answer instanceof Answer.Spoken spoken)) {
      return false;
    }
    var envelope = spoken.envelope();
    return Code.of(envelope.code()) == Code.OK
        && envelope.status() == TransactionStatus.SUCCESS
        && expected.platformId().equals(envelope.transactionRequestId())
        && (isLock(order)
            || !expected.byOrder()
            || envelope.referenceOrderId() == null
            || envelope.referenceOrderId().equals(order))
        && shows(spoken);
  }

  /** Whether nothing is left of what it speaks of. */
  public static boolean shows(Answer.Spoken spoken) {
    return RelatedScan.isNothingLeft(RelatedScan.scan(spoken.reply().body()));
  }
}
