package io.payonce.ledger;

import io.payonce.ledger.FakeStore.Row;
import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.model.PaymentId;
import io.payonce.model.Shards;
import java.util.List;
import java.util.Map;

/** Looks into a fake store without changing it, for worlds that hold it against the rules. */
public final class FakeSight {
  private final FakeStore store;

  public FakeSight(FakeStore store) {
    this.store = store;
  }

  /** Where a merchant's payments are due. */
  public static int shardOf(String merchantId) {
    return Shards.of(merchantId);
  }

  /** {@link Long#MAX_VALUE} when nothing is due ever. */
  public long earliestDueMillis() {
    long earliest = Long.MAX_VALUE;
    for (long due : store.due().values()) {
      earliest = Math.min(earliest, due);
    }
    return earliest;
  }

  /**
   * What breaks "one due time for each unsettled payment, one unsettled payer for each order".
   *
   * @param forgets it may have lost the end of a payment whose order another has paid since
   */
  public String fault(boolean forgets) {
    for (Map.Entry<PaymentId, Row> entry : store.records().entrySet()) {
      Row row = entry.getValue();
      if (row.outcome != null) {
        continue;
      }
      if (!store.due().containsKey(entry.getKey())) {
        return entry.getKey() + " is unsettled and has no due time";
      }
      String own = entry.getKey().requestId();
      OrderStanding order = row.order == null || row.shut != null && row.shut.successor() != null
          ? OrderStanding.FREE.heldBy(own)
          : OrderStanding.read(store.mark(LedgerKeys.of(entry.getKey()).order(row.order)));
      boolean paid = forgets && order.holder() == null && !order.payers().isEmpty();
      if (!own.equals(order.holder()) && !paid) {
        return entry.getKey() + " is unsettled and does not hold its order";
      }
    }
    return store.strayLock();
  }

  /** Unsettled, and not listed for review. */
  public String unfinished() {
    for (Map.Entry<PaymentId, Row> entry : store.records().entrySet()) {
      if (entry.getValue().outcome == null && !store.attention().containsKey(entry.getKey())) {
        return entry.getKey() + " is " + entry.getValue().stage.word();
      }
    }
    return null;
  }

  /** Whether "paid" is written, or that it is, is listed for review; or nothing is left of it. */
  public boolean isWrittenPaid(PaymentId id) {
    Row row = store.row(id);
    return row == null || row.outcome == Outcome.PAID || store.attention().containsKey(id);
  }

  /** How it has ended; null while it has not, or when nothing is left of it. */
  public Outcome outcome(PaymentId id) {
    Row row = store.row(id);
    return row == null ? null : row.outcome;
  }

  public boolean isUnsettled(PaymentId id) {
    return store.row(id) != null && store.row(id).outcome == null;
  }

  /** Whether a failover to this would still know so. */
  public static boolean isWrittenPaid(FakeStore.Snapshot snapshot, PaymentId id) {
    Row row = snapshot.rows().get(id);
    return row == null || row.outcome == Outcome.PAID || snapshot.attention().containsKey(id);
  }

  /** A payment that has ended, and its caller will not be notified; null when there is none. */
  public String unreported() {
    for (Map.Entry<PaymentId, Row> entry : store.records().entrySet()) {
      Row row = entry.getValue();
      boolean ended = row.outcome != null && row.outcome != Outcome.RELEASED;
      if (ended && row.road != null && row.road.callersUrl() != null) {
        List<NoticeLine> answered = store.notices().getOrDefault(entry.getKey(), List.of());
        if (answered.stream().noneMatch(line -> line.outcome().equals(row.outcome.word()))) {
          return entry.getKey() + " is " + row.outcome + ", and its caller is told " + answered;
        }
      }
    }
    return null;
  }

  /**
   * A payment of which a caller is answered one thing and then another, as if that were no news.
   */
  public String contradictory() {
    for (Map.Entry<PaymentId, List<NoticeLine>> entry : store.notices().entrySet()) {
      String last = null;
      for (NoticeLine line : entry.getValue()) {
        boolean news = line.kind().equals("contradicted") || line.kind().equals("decided");
        boolean ended = last != null && !last.equals(Outcome.RELEASED.word());
        if (ended && !news && !last.equals(line.outcome())) {
          return entry.getKey() + " is told as " + last + ", then as " + line.outcome();
        }
        last = line.outcome();
      }
    }
    return null;
  }

  public boolean remembers(PaymentId id) {
    return store.row(id) != null;
  }

  /** Whether a failover to this would still know that payment. */
  public static boolean knows(FakeStore.Snapshot snapshot, PaymentId id) {
    return snapshot.rows().containsKey(id);
  }

  /** Which platform was sent an unsettled payment; null when there is none of that name. */
  public String platformOf(String requestId) {
    return store.records().entrySet().stream()
        .filter(each -> each.getKey().requestId().equals(requestId))
        .map(Map.Entry::getValue)
        .filter(row -> row.outcome == null)
        .map(row -> row.platform)
        .findFirst()
        .orElse(null);
  }

  /** When what is unsettled under this id began. */
  public long begunAtMillis(String requestId) {
    return store.records().entrySet().stream()
        .filter(each -> each.getKey().requestId().equals(requestId))
        .mapToLong(each -> each.getValue().begunAt)
        .max()
        .orElse(Long.MIN_VALUE);
  }
}
