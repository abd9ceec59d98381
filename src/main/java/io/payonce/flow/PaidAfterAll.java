package io.payonce.flow;

import io.payonce.codes.Classification;
import io.payonce.codes.Report;
import io.payonce.flow.engine.MoneyWrites;
import io.payonce.flow.engine.PlatformRequests;
import io.payonce.flow.engine.StoredReply;
import io.payonce.flow.engine.TimelineWords;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.FlowSettings;
import io.payonce.ledger.CloseResult;
import io.payonce.ledger.Contradiction;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Settlement;
import io.payonce.model.Answer;
import io.payonce.model.Reply;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Confirms a payment that was answered as unpaid and is now to be voided or refunded, so that money
 * which moved all the same can be given back.
 */
final class PaidAfterAll {
  private final MoneyWrites writes;
  private final Accounts accounts;
  private final FlowSettings settings;

  PaidAfterAll(MoneyWrites writes, Accounts accounts, FlowSettings settings) {
    this.writes = writes;
    this.accounts = accounts;
    this.settings = settings;
  }

  /**
   * True when the platform shows that money moved, and that is written.
   *
   * @param appId the asking caller's
   */
  Future<Boolean> shows(Payment original, String appId) {
    if (original.isStrange()) {
      return Future.succeededFuture(false);
    }
    String merchantId = original.id().merchantId();
    Accounts.Way way = accounts.way(original.account());
    return way.limits()
        .acquireConfirm(merchantId)
        .compose(place -> place.isPresent()
            ? place
                .get()
                .over(() -> way.platform()
                    .call(PlatformRequests.question(
                        original.appId(appId), merchantId, StoredReply.platformId(original))))
                .compose(answer -> onAnswer(original, answer))
            : Future.succeededFuture(false));
  }

  private Future<Boolean> onAnswer(Payment original, Answer answer) {
    Optional<String> former = RecordedQuery.former(original, answer);
    Report report = settings.understood(Classification.ofConfirm(
        answer,
        new Classification.Expected(
            original.operation(),
            former.orElseGet(() -> StoredReply.platformId(original)),
            original.referenceOrderId(),
            original.amount())));
    String event = TimelineWords.of(
            "asked for what follows on it", report, answer, original.amount())
        .encode();
    if (report == Report.PAID) {
      return paid(original, former, (Answer.Spoken) answer, event);
    }
    if (report != Report.OTHER_AMOUNT) {
      return Future.succeededFuture(false);
    }
    return writes
        .moved(
            original.id(),
            original.order(),
            original.operation().pays(),
            TimelineWords.said(((Answer.Spoken) answer).envelope().amount()),
            event)
        .map(noted -> noted != Contradiction.UNSETTLED);
  }

  /** What was answered stays; an operator, and who wants its order, must know better. */
  private Future<Boolean> paid(
      Payment original, Optional<String> former, Answer.Spoken answer, String event) {
    Reply reply =
        StoredReply.kept(original, RecordedQuery.ours(original, answer).reply());
    Settlement settlement =
        Settlement.paid(original, reply, answer.envelope().transactionId(), event);
    return writes
        .paid(original.ref(), former.map(settlement::under).orElse(settlement))
        .map(close -> !(close instanceof CloseResult.Stale));
  }
}
