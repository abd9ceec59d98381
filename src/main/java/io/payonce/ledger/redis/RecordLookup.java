package io.payonce.ledger.redis;

import io.payonce.ledger.BeginResult;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.NewPayment;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Tombstone;
import io.payonce.ledger.UnreadableRecord;
import io.payonce.ledger.redis.LedgerScript.OnFind;
import io.payonce.ledger.sealing.Fingerprints;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.PaymentId;
import io.payonce.validation.RequestRules;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Reads payments, what is left of them, and whose a name is. A negative answer is given only when
 * as many replicas have it as the settings ask for.
 */
final class RecordLookup {
  /** What stands at a name; {@code settle} and {@code begin} know it too. */
  private static final String ALIAS = "alias:req:";

  private final ScriptRunner moves;
  private final Sealer sealer;
  private final LedgerSettings settings;

  RecordLookup(ScriptRunner moves, Sealer sealer, LedgerSettings settings) {
    this.moves = moves;
    this.sealer = sealer;
    this.settings = settings;
  }

  Future<Optional<BeginResult>> recall(NewPayment payment, Fingerprints prints) {
    PaymentId id = payment.id();
    LedgerKeys keys = LedgerKeys.of(id);
    return moves
        .make(
            LedgerScript.RECALL,
            List.of(keys.payment(), keys.ended(), keys.tomb(), keys.archive()),
            List.of(prints.accepted(), ArchiveName.of(id)))
        .compose(reply -> understood(id, () -> switch (reply.word()) {
          case KNOWN ->
            onceReplicated(keys, payment(id, reply))
                .map(p -> Optional.of(new BeginResult.Known(p)));
          case OTHER_BODY -> {
            OtherRequest other = OtherRequest.read(id, reply, sealer, settings);
            yield prints.honours(other.fingerprint())
                ? recall(payment, prints)
                : Future.succeededFuture(Optional.of(other.judged(id, sealer)));
          }
          case LATE ->
            Future.succeededFuture(Optional.of(new BeginResult.Expired(
                Tombstone.read(id, reply.text(1), settings.home()::whose))));
          case GONE -> moves.durably(keys, Optional.empty());
        }));
  }

  /**
   * What has ended stands on no list, and no worker looks at it: whoever finds that it cannot be
   * read lists it for review.
   */
  <T> Future<T> understood(PaymentId id, Supplier<Future<T>> reading) {
    try {
      return reading.get();
    } catch (UnreadableRecord torn) {
      LedgerKeys keys = LedgerKeys.of(id);
      return torn.isForOthers()
          ? Future.failedFuture(torn)
          : moves
              .make(
                  LedgerScript.REVIEW,
                  List.of(keys.payment(), keys.ended(), keys.attention()),
                  List.of(id.toString()))
              .transform(listed -> Future.failedFuture(torn));
    }
  }

  Future<Void> safely(PaymentId id, Predicate<Payment> stands) {
    if (!settings.replicates()) {
      return Future.succeededFuture();
    }
    // One script: a failover between a read and a write of ours would make the write prove nothing.
    LedgerKeys keys = LedgerKeys.of(id);
    return moves
        .makeDurably(LedgerScript.FIND, seen(keys), List.of("1", ArchiveName.of(id)))
        .compose(reply -> reply.word() == OnFind.FOUND && stands.test(payment(id, reply))
            ? Future.succeededFuture()
            : Future.failedFuture(new LedgerUnavailable("a failover has lost it", true)));
  }

  Future<Optional<Payment>> find(PaymentId id) {
    LedgerKeys keys = LedgerKeys.of(id);
    return look(id, reply -> switch (reply.word()) {
      case FOUND -> onceReplicated(keys, payment(id, reply)).map(Optional::of);
      case LATE, GONE -> moves.durably(keys, Optional.empty());
    });
  }

  Future<Optional<String>> platformId(PaymentId id) {
    LedgerKeys keys = LedgerKeys.of(id);
    return look(id, reply -> switch (reply.word()) {
      case FOUND -> Future.succeededFuture(Optional.of(payment(id, reply).platformId()));
      case LATE ->
        Future.succeededFuture(Optional.of(
            Tombstone.read(id, reply.text(1), settings.home()::whose).platformId()));
      case GONE -> moves.durably(keys, Optional.empty());
    });
  }

  Future<Optional<Tombstone>> tombstone(PaymentId id) {
    LedgerKeys keys = LedgerKeys.of(id);
    return look(id, reply -> switch (reply.word()) {
      case FOUND -> Future.succeededFuture(Optional.empty());
      case LATE ->
        Future.succeededFuture(
            Optional.of(Tombstone.read(id, reply.text(1), settings.home()::whose)));
      case GONE -> moves.durably(keys, Optional.empty());
    });
  }

  Future<Boolean> isUndecided(PaymentId id) {
    LedgerKeys keys = LedgerKeys.of(id);
    String wreck = keys.wreck();
    return moves
        .send(
            wreck, Request.cmd(Command.HMGET).arg(moves.named(wreck)).arg("oa").arg("od"))
        .compose(left -> isUndecided(left.get(0), left.get(1))
            ? Future.succeededFuture(true)
            : moves.durably(keys, false));
  }

  private static boolean isUndecided(Response moved, Response decided) {
    return moved != null && (decided == null || !moved.toString().equals(decided.toString()));
  }

  private <T> Future<T> look(PaymentId id, Function<ScriptReply<OnFind>, Future<T>> read) {
    return moves
        .make(LedgerScript.FIND, seen(LedgerKeys.of(id)), List.of("0", ArchiveName.of(id)))
        .compose(reply -> understood(id, () -> read.apply(reply)));
  }

  /** How an order stands, or whose name that is, as the scripts write it; null for nothing. */
  Future<String> marked(PaymentId of, String order) {
    LedgerKeys keys = LedgerKeys.of(of);
    return moves
        .make(
            LedgerScript.MARK,
            List.of(keys.order(order), keys.archive()),
            List.of(ArchiveName.order(of, order, settings.home())))
        .map(reply -> reply.rest().get(1) == null ? null : reply.text(1));
  }

  private static List<String> seen(LedgerKeys keys) {
    return List.of(keys.payment(), keys.ended(), keys.tomb(), keys.touch(), keys.archive());
  }

  Future<Optional<PaymentId>> findByAlias(String owner, String name) {
    return marked(new PaymentId(owner, ""), RequestRules.NAMED + settings.home().named(name))
        .map(value -> value != null && value.startsWith(ALIAS)
            ? Optional.of(new PaymentId(owner, value.substring(ALIAS.length())))
            : Optional.empty());
  }

  /** What is negative is said only when it cannot be lost any more. */
  Future<Payment> onceReplicated(LedgerKeys keys, Payment payment) {
    return payment.isEnded() && payment.outcome() != Outcome.PAID
        ? moves.durably(keys, payment)
        : Future.succeededFuture(payment);
  }

  Payment payment(PaymentId id, ScriptReply<?> reply) {
    return RecordReader.read(id, reply.rest().get(2), null, reply.number(1), sealer, settings);
  }
}
