package io.payonce.server;

import io.payonce.ledger.LedgerKeys;
import io.payonce.ledger.Seals;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this pod may work on the ledger: its charter was read, and its keys open what is there.
 * One a pod; thread-safe.
 */
final class LedgerState {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerState.class);

  private final LedgerKeys keys;
  private volatile boolean chartered;
  private volatile String shut;
  private volatile Seals seals;

  LedgerState(LedgerKeys keys) {
    this.keys = keys;
  }

  /** What may be read and written. */
  boolean isOpen() {
    return chartered && shut == null;
  }

  boolean chartered() {
    return chartered;
  }

  void chartered(boolean fits) {
    chartered = fits;
  }

  void keysOpen(Seals agreed) {
    seals = agreed;
    if (shut != null) {
      shut = null;
      LOG.info("this pod's keys open the ledger now; it works again");
    }
  }

  /** Says so once for each reason. */
  void keysDoNot(String why) {
    boolean isNew = !why.equals(shut);
    shut = why;
    if (isNew) {
      LOG.error("{}: this pod does no work and is not ready", why);
    }
  }

  /** Whether the keys are no reason not to serve. */
  boolean opens() {
    return shut == null;
  }

  /** Why the keys do not open the ledger; null if they do. */
  String shut() {
    return shut;
  }

  /** One line for {@code /health/ready}. */
  String keysSay() {
    if (shut != null) {
      return "down: " + shut;
    }
    String refused = keys.refused();
    return refused == null
        ? "ok"
        : "warn: " + refused + ": this pod keeps it, one that starts now would not be ready";
  }

  /** 1 while the configured keys are not those that the ledger needs. */
  int fault() {
    return shut != null || keys.refused() != null ? 1 : 0;
  }

  /** @param records that need it; null while nobody has counted them since it sealed last */
  record KeyRow(String name, String use, Long records) {}

  /** The keys of the ledger by their names. */
  Map<String, KeyRow> keyRows() {
    Map<String, KeyRow> rows = new TreeMap<>();
    Seals agreed = seals;
    if (agreed != null) {
      Map<String, String> uses = agreed.uses();
      agreed
          .counts()
          .forEach((name, count) ->
              rows.put(name, new KeyRow(name, uses.getOrDefault(name, "missing"), count)));
    }
    return rows;
  }
}
