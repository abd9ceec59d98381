package io.payonce.flow.operator;

import io.payonce.ledger.Dossier;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerAdmin;
import io.payonce.ledger.OrderStanding;
import io.payonce.model.PaymentId;
import io.payonce.outcome.OutcomeJournal;
import io.payonce.validation.RequestRules;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds payments by what operators know of them. */
public final class FindFlow {
  private final LedgerAdmin admin;
  private final Ledger ledger;
  private final OutcomeJournal journal;

  public FindFlow(LedgerAdmin admin, Ledger ledger, OutcomeJournal journal) {
    this.admin = admin;
    this.ledger = ledger;
    this.journal = journal;
  }

  /**
   * Who has paid an order or holds it, and the follow-ups of those that are under way. What ended
   * unpaid has let go of its order: of that the journal knows, as far as it goes back.
   *
   * @param any of the same owner's: whose id it is does not matter
   */
  public Future<List<Dossier>> ofOrder(PaymentId any, String order) {
    return ledger
        .standing(any, order)
        .compose(standing -> followUps(any, names(standing)).compose(more -> {
          Set<String> all = new LinkedHashSet<>(names(standing));
          all.addAll(more);
          return journal.ofOrder(any, order).compose(ended -> {
            all.addAll(ended);
            return look(any, all).map(found -> withStray(found, any, standing.holder(), order));
          });
        }));
  }

  /** Who holds the order is named, also when nothing else is left of it. */
  private static List<Dossier> withStray(
      List<Dossier> found, PaymentId any, String holder, String order) {
    if (holder == null || found.stream().anyMatch(each -> each.id().equals(any.other(holder)))) {
      return found;
    }
    List<Dossier> all = new ArrayList<>(found);
    all.add(new Dossier(
        any.other(holder),
        null,
        null,
        null,
        new Dossier.Left(order, null, null, null),
        false,
        Dossier.Times.NEVER));
    return all;
  }

  /** The payment that the platform calls so. */
  public Future<List<Dossier>> ofTransaction(PaymentId any, String transactionId) {
    return ledger
        .findByAlias(any.owner(), transactionId)
        .compose(found -> found.isEmpty()
            ? Future.succeededFuture(List.of())
            : look(found.get(), Set.of(found.get().requestId())));
  }

  private Future<List<String>> onOrder(PaymentId any, String order) {
    return ledger.standing(any, order).map(FindFlow::names);
  }

  private static List<String> names(OrderStanding standing) {
    List<String> names = new ArrayList<>(standing.payers());
    if (standing.holder() != null) {
      names.add(standing.holder());
    }
    return names;
  }

  private Future<List<String>> followUps(PaymentId any, List<String> originals) {
    List<Future<List<String>>> locks = originals.stream()
        .map(original -> onOrder(any, RequestRules.lock(original)))
        .toList();
    return Future.all(locks).map(all -> {
      List<String> names = new ArrayList<>();
      all.<List<String>>list().forEach(names::addAll);
      return names;
    });
  }

  private Future<List<Dossier>> look(PaymentId any, Set<String> names) {
    List<Future<Optional<Dossier>>> looks =
        names.stream().map(name -> admin.inspect(any.other(name))).toList();
    return Future.all(looks)
        .map(all ->
            all.<Optional<Dossier>>list().stream().flatMap(Optional::stream).toList());
  }
}
