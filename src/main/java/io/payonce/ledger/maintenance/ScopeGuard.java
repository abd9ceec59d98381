package io.payonce.ledger.maintenance;

import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.ledger.redis.LedgerScript;
import io.payonce.ledger.redis.LedgerScript.OnRename;
import io.payonce.ledger.redis.ScriptRunner;
import io.payonce.model.Scope;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.List;

/**
 * Sees to it that a ledger has one scope. Under another one no order, id or tombstone would be
 * found again: a paid order could be paid once more, a payment in doubt be sent anew. So the scope
 * changes only when nothing is remembered and no pod works by the old one.
 */
final class ScopeGuard {
  private static final String FIELD = "scope";

  /** What names a payment or its order. */
  private static final List<String> KINDS =
      List.of("order:*", "payment:*", "ended:*", "tomb:*/*", "archive:*");

  /**
   * Follows the scope once forms are in use that pods of former versions do not see: to those it is
   * another scope, and they refuse to work on the ledger.
   */
  private static final String FORMS = "+forms";

  private final ScriptRunner moves;
  private final NeighbourFleets neighbours;
  private final String prefix;
  private final String own;
  private final MarkedForms forms;

  ScopeGuard(
      ScriptRunner moves, NeighbourFleets neighbours, Charter.Wanted wanted, MarkedForms forms) {
    this.forms = forms;
    this.moves = moves;
    this.neighbours = neighbours;
    this.prefix = wanted.keyPrefix();
    this.own = wanted.scope().word();
  }

  /** Fails with {@link Charter.Refused} when the ledger has another scope, and needs it. */
  Future<Void> fit(String stored) {
    return isOwn(stored)
        ? Future.succeededFuture()
        : isInUse().compose(used -> used ? refuse(stored) : change(stored));
  }

  /** While running: a ledger that has lost its memory gets the scope of who works on it. */
  Future<Void> holds() {
    String charter = LedgerKeys.charter();
    String named = moves.named(charter);
    return moves
        .send(charter, Request.cmd(Command.HSETNX).arg(named).arg(FIELD).arg(own))
        .compose(
            written -> moves.send(charter, Request.cmd(Command.HGET).arg(named).arg(FIELD)))
        .compose(stored -> {
          if (stored != null && !isOwn(stored.toString())) {
            return refuse(stored.toString());
          }
          if (stored != null && !stored.toString().equals(own)) {
            forms.marked();
            return Future.succeededFuture();
          }
          forms.unmarked(); // also a ledger that has lost its memory is marked first
          return forms.areWanted()
              ? mark(named).onSuccess(marked -> forms.marked())
              : Future.succeededFuture();
        });
  }

  private boolean isOwn(String stored) {
    return stored.equals(own) || stored.equals(own + FORMS);
  }

  /** Where no pod lives, former versions look for a mark that they know before they give in. */
  private Future<Void> mark(String charter) {
    String sign = LedgerKeys.formsInUse();
    return moves
        .send(sign, Request.cmd(Command.SET).arg(moves.named(sign)).arg("1"))
        .compose(set -> moves.send(
            LedgerKeys.charter(),
            Request.cmd(Command.HSET).arg(charter).arg(FIELD).arg(own + FORMS)))
        .mapEmpty();
  }

  private Future<Boolean> isInUse() {
    return neighbours.alive(prefix).compose(alive -> alive ? yes() : remembers(KINDS));
  }

  private Future<Boolean> remembers(List<String> kinds) {
    return kinds.isEmpty()
        ? Future.succeededFuture(false)
        : neighbours
            .marks(prefix, kinds.get(0))
            .compose(found -> found ? yes() : remembers(kinds.subList(1, kinds.size())));
  }

  private Future<Void> change(String stored) {
    return moves
        .make(LedgerScript.RENAME, List.of(LedgerKeys.charter()), List.of(FIELD, stored, own))
        .compose(reply -> reply.word() == OnRename.RENAMED ? holds() : refuse("just changed"));
  }

  private Future<Void> refuse(String stored) {
    return Future.failedFuture(new Charter.Refused("orders.scope is " + own
        + ", but the ledger's is "
        + stored + ", and payments, marks of orders or live pods of it are left: set orders.scope: "
        + other()
        + "; or stop all pods and wait until everything of it is forgotten (ledger.retentionMs and"
        + " ledger.tombstoneMs after the last payment); or use a Redis of its own"));
  }

  private String other() {
    return (own.equals(Scope.APP.word()) ? Scope.MERCHANT : Scope.APP).word();
  }

  private static Future<Boolean> yes() {
    return Future.succeededFuture(true);
  }
}
