package io.payonce.flow;

import io.payonce.json.Rewrite;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.OrderStanding;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Tombstone;
import io.payonce.ledger.Voided;
import io.payonce.model.Ability;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.RequestFields;
import io.payonce.model.Scope;
import io.payonce.model.Whose;
import io.payonce.validation.RequestRules;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Finds the original of a follow-up, however it is named: by the caller's id, by a reissued one
 * that the caller does not know, by the platform's, or by its order.
 */
final class OriginalLookup {
  /** Orders whose payers the ledger does not know have a lock of their own for refunds. */
  private static final String UNREFERENCED = "refunds:";

  private final Ledger ledger;
  private final boolean oneUnreferencedRefund;
  private final Scope scope;

  OriginalLookup(Ledger ledger) {
    this(ledger, false, Scope.MERCHANT);
  }

  /** @param oneUnreferencedRefund a second refund of an order without an original is refused */
  OriginalLookup(Ledger ledger, boolean oneUnreferencedRefund, Scope scope) {
    this.ledger = ledger;
    this.oneUnreferencedRefund = oneUnreferencedRefund;
    this.scope = scope;
  }

  /** A payment of whoever the request is of. */
  PaymentId named(RequestFields fields, String requestId) {
    return scope.id(fields, requestId);
  }

  /**
   * A follow-up before it begins, with what is known of its original.
   *
   * @param original null where there is none, or the ledger has no record of it
   * @param lock what it locks
   * @param outgoing the bytes that go to the platform: the caller's own unless the original was
   *     reissued
   * @param voided null unless it voids a refund
   * @param whose under which key the original was sent; null where the ledger does not know it
   */
  record Followed(Payment original, String lock, byte[] outgoing, Voided voided, Whose whose) {
    private static Followed nothing(String lock, byte[] body) {
      return new Followed(null, lock, body, null, null);
    }

    private Followed of(Whose original) {
      return new Followed(this.original, lock, outgoing, voided, original);
    }

    /** The other platform that was sent the original; null when it is this pod's. */
    String stranger() {
      return whose == null ? null : whose.stranger();
    }
  }

  /**
   * Which payment is meant, if the ledger can tell. By a transaction that it does not know it may
   * still know the payment by the id beside it.
   */
  Future<Optional<PaymentId>> id(RequestFields fields) {
    if (fields.originalTransactionId() == null) {
      return byRequestId(fields);
    }
    Future<Optional<PaymentId>> named = byTransaction(fields);
    return fields.originalTransactionRequestId() == null
        ? named
        : named.compose(known -> known.isPresent() ? named : recorded(fields));
  }

  /** False where it names its original in two ways, and these are two payments. */
  Future<Boolean> namesOne(RequestFields fields) {
    return fields.originalTransactionId() == null || fields.originalTransactionRequestId() == null
        ? Future.succeededFuture(true)
        : byTransaction(fields)
            .compose(known -> known.isEmpty()
                ? Future.succeededFuture(true)
                : byRequestId(fields).map(known::equals));
  }

  private Future<Optional<PaymentId>> byTransaction(RequestFields fields) {
    return ledger.findByAlias(scope.owner(fields), fields.originalTransactionId());
  }

  private Future<Optional<PaymentId>> byRequestId(RequestFields fields) {
    String named = fields.originalTransactionRequestId();
    return ledger
        .findByAlias(scope.owner(fields), named)
        .map(reissued -> reissued.or(() -> Optional.of(scope.id(fields, named))));
  }

  private Future<Optional<PaymentId>> recorded(RequestFields fields) {
    return byRequestId(fields)
        .compose(id -> ledger.find(id.get()))
        .map(found -> found.map(Payment::id));
  }

  /** @param order what the request itself says that it locks */
  Future<Followed> of(Operation operation, RequestFields fields, byte[] body, String order) {
    if (!operation.follows()) {
      return Future.succeededFuture(Followed.nothing(order, body));
    }
    return fields.originalTransactionId() == null && fields.originalTransactionRequestId() == null
        ? ofOrder(fields, body, order)
        : id(fields)
            .compose(id -> id.isEmpty()
                ? Future.succeededFuture(Followed.nothing(order, body))
                : known(operation, fields, body, id.get()));
  }

  /** A refund of an order is one of who has paid it; who holds it now goes first. */
  private Future<Followed> ofOrder(RequestFields fields, byte[] body, String order) {
    PaymentId of = scope.id(fields, "");
    return ledger.standing(of, order).compose(standing -> {
      Followed followed = oneUnreferencedRefund && standing.holder() == null
          ? onlyOne(fields, body, lockOf(standing).orElse(UNREFERENCED + order))
          : Followed.nothing(lockOf(standing).orElse(order), body);
      return payer(standing)
          .map(payer -> whose(of.other(payer)).map(followed::of))
          .orElse(Future.succeededFuture(followed));
    });
  }

  /** Under which key it was sent; null when that is not known. */
  private Future<Whose> whose(PaymentId id) {
    return ledger
        .find(id)
        .compose(found -> found.isPresent()
            ? Future.succeededFuture(found.get().whose())
            : ledger.tombstone(id).map(left -> left.map(Tombstone::whose).orElse(null)));
  }

  /** It marks its lock as if it had paid it: no other may, and many other things still can. */
  private static Followed onlyOne(RequestFields fields, byte[] body, String lock) {
    String own = fields.transactionRequestId();
    return new Followed(null, lock, body, new Voided(own, own), null);
  }

  private static Optional<String> lockOf(OrderStanding standing) {
    return payer(standing).map(RequestRules::lock);
  }

  /** Who has paid an order that no payment holds. */
  private static Optional<String> payer(OrderStanding standing) {
    List<String> payers = standing.payers();
    return standing.holder() != null || payers.isEmpty()
        ? Optional.empty()
        : Optional.of(payers.get(payers.size() - 1));
  }

  private Future<Followed> known(
      Operation operation, RequestFields fields, byte[] body, PaymentId id) {
    return ledger
        .find(id)
        .compose(found -> found.isPresent()
            ? voiding(operation, found.get())
                .map(voiding -> new Followed(
                    found.get(),
                    voiding.map(Voiding::order).orElse(RequestRules.lock(id.requestId())),
                    aimed(fields, id, found.get().platformId(), body),
                    voiding.map(Voiding::voided).orElse(null),
                    found.get().whose()))
            : ledger
                .tombstone(id)
                .map(left -> new Followed(
                    null,
                    RequestRules.lock(id.requestId()),
                    left.map(its -> aimed(fields, id, its.platformId(), body)).orElse(body),
                    null,
                    left.map(Tombstone::whose).orElse(null))));
  }

  private record Voiding(String order, Voided voided) {}

  /** The void of a refund, or of a void, pays its order again, and takes it as a payment does. */
  private Future<Optional<Voiding>> voiding(Operation operation, Payment undoing) {
    boolean undone = operation == Operation.VOID
        && (undoing.operation().refunds() || undoing.operation() == Operation.VOID)
        && undoing.outcome() == Outcome.PAID
        && ledger.abilities().all(Ability.PAYERS);
    String payer = undone ? RequestRules.originalRequestId(undoing.order()) : null;
    return payer == null
        ? Future.succeededFuture(Optional.empty())
        : ledger
            .find(undoing.id().other(payer))
            .map(found -> found
                .map(Payment::referenceOrderId)
                .map(order -> new Voiding(order, new Voided(payer, undoing.id().requestId()))));
  }

  private static byte[] aimed(RequestFields fields, PaymentId id, String platforms, byte[] body) {
    boolean byCallersId = fields.originalTransactionId() == null
        && id.requestId().equals(fields.originalTransactionRequestId());
    return byCallersId ? renamed(id.requestId(), platforms, body) : body;
  }

  static byte[] renamed(String callers, String platforms, byte[] body) {
    return platforms.equals(callers) ? body : Rewrite.originalRequestId(body, platforms);
  }
}
