package io.payonce.http;

import io.payonce.flow.port.CallOutcome;
import io.payonce.flow.port.Outbound;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log which clients call for merchants that are not theirs, seldom of each. */
public final class ForbiddenCalls {
  private static final Logger LOG = LoggerFactory.getLogger(ForbiddenCalls.class);

  /** At half, one wrong setting fills the log; at double, who mends it waits longer for a sign. */
  static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final LongSupplier nanos;
  private final ConcurrentMap<String, Said> clients = new ConcurrentHashMap<>();

  /** The last log line about a client, and how many of its calls were refused since. */
  private record Said(long atNanos, long since) {}

  public ForbiddenCalls(LongSupplier nanos) {
    this.nanos = nanos;
  }

  void answered(String client, Outbound outbound) {
    if (outbound.outcome() == CallOutcome.FORBIDDEN) {
      clients.compute(client, this::refused);
    }
  }

  private Said refused(String client, Said before) {
    long now = nanos.getAsLong();
    if (before != null && now - before.atNanos() < PAUSE_NANOS) {
      return new Said(before.atNanos(), before.since() + 1);
    }
    LOG.warn(
        "client {} called for a merchant, or a page of one, that client.merchants does not give it:"
            + " refused (S06), nothing sent; {} more such calls since the last line",
        client,
        before == null ? 0 : before.since());
    return new Said(now, 0);
  }
}
