package io.payonce.telemetry;

import io.payonce.ledger.maintenance.KeyAgreement;
import io.payonce.ledger.sealing.EncryptionKeyRing;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says whether this pod may work on the ledger: its charter was read, and its keys open what is
 * there. One a pod; thread-safe.
 */
public final class LedgerState {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerState.class);

  private final EncryptionKeyRing keys;
  private volatile boolean chartered;
  private volatile String shut;
  private volatile KeyAgreement seals;

  public LedgerState(EncryptionKeyRing keys) {
    this.keys = keys;
  }

  /** What may be read and written. */
  public boolean isOpen() {
    return chartered && shut == null;
  }

  public boolean chartered() {
    return chartered;
  }

  public void chartered(boolean fits) {
    chartered = fits;
  }

  public void keysOpen(KeyAgreement agreed) {
    seals = agreed;
    if (shut != null) {
      shut = null;
      LOG.info("pod works again: its keys open the ledger now");
    }
  }

  /** Says so once for each reason. */
  public void keysDoNot(String why) {
    boolean isNew = !why.equals(shut);
    shut = why;
    if (isNew) {
      LOG.error("pod does no work: {}, so it is not ready", why);
    }
  }

  /** Whether the keys are no reason not to serve. */
  public boolean opens() {
    return shut == null;
  }

  /** Why the keys do not open the ledger; null if they do. */
  public String shut() {
    return shut;
  }

  /** One line for {@code /health/ready}. */
  public String keysSay() {
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

  /** @param records that need it; null while not counted since it sealed last */
  record KeyRow(String name, String use, Long records) {}

  /** The keys of the ledger by their names. */
  Map<String, KeyRow> keyRows() {
    Map<String, KeyRow> rows = new TreeMap<>();
    KeyAgreement agreed = seals;
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
