package io.payonce.ledger;

import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.model.PaymentId;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

class FakeLedgerTest extends LedgerContract {
  private final AtomicLong clock = new AtomicLong(1_800_000_000_000L);
  private final FakeStore store = new FakeStore(clock::get);

  @Override
  public Ledger ledger(LedgerSettings settings) {
    return new FakeLedger(store, settings);
  }

  @Override
  public void eventually(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      clock.incrementAndGet();
    }
  }

  @Override
  public boolean needsReview(PaymentId id) {
    return store.attention().containsKey(id);
  }

  @Override
  public void loseDueTime(PaymentId id) {
    store.due().remove(id);
  }

  @Override
  public List<OutcomeLine> journal(PaymentId id) {
    return store.journal().stream().filter(line -> line.id().equals(id)).toList();
  }

  @Override
  public List<NoticeLine> notices(PaymentId id) {
    return store.outbox().containsKey(id) ? store.notices().get(id) : List.of();
  }

  @Override
  public boolean decides(PaymentId id, String disowned, String event) {
    return new FakeLedger(store, settings(LEASE, KEEP, KEEP, true))
        .acknowledge(id, disowned, event);
  }

  @Override
  public String left(PaymentId id) {
    return store.mark(LedgerKeys.of(id).wreck() + " log");
  }

  @Override
  public void lose(PaymentId id) {
    store.lose(id);
  }
}
