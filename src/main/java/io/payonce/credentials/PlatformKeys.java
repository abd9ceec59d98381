package io.payonce.credentials;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys in use, one set for all event loops. A new set replaces the old one whole; one that
 * cannot be read leaves the old one in use.
 */
public final class PlatformKeys {
  private static final Logger LOG = LoggerFactory.getLogger(PlatformKeys.class);

  private final String whose;
  private final KeySource source;
  private final CredentialUse use;
  private final Map<Credential, String> granted = new EnumMap<>(Credential.class);
  private final Object reading = new Object();
  private RequestCredentials fixed;
  private volatile RequestCredentials current;
  private volatile RequestCredentials forRenewals;
  private volatile long changedAtMillis = Long.MIN_VALUE;
  private String fault;

  /** @throws IllegalArgumentException when there are no keys to begin with */
  public PlatformKeys(KeySource source) {
    this("the platform's keys", source, CredentialUse.NONE);
  }

  /**
   * @param whose for the log: "the platform's keys of account …"
   * @param use what becomes of the credentials that the platform lends us
   * @throws IllegalArgumentException when there are no keys to begin with
   */
  public PlatformKeys(String whose, KeySource source, CredentialUse use) {
    this(whose, source, source, use);
  }

  /** @param first the same keys, where the configuration has been read only just now */
  public PlatformKeys(String whose, KeySource first, KeySource source, CredentialUse use) {
    this.whose = whose;
    this.source = source;
    this.use = use;
    try {
      fixed = first.read();
      current = fixed;
      forRenewals = fixed;
    } catch (Exception e) {
      throw new IllegalArgumentException(whose + ": " + e.getMessage(), e);
    }
  }

  /**
   * Looks for new keys; it may block.
   *
   * @param known the same keys, where the configuration has been read only just now
   */
  public void look(KeySource known) {
    reread(known);
  }

  public RequestCredentials current() {
    return current;
  }

  /** What to ask for a new credential with: nothing is signed with one that may be the old one. */
  public RequestCredentials forRenewals() {
    return forRenewals;
  }

  public boolean workingKeySigns() {
    return use.signsAs() != null;
  }

  /** From now on this credential is used. */
  public synchronized void grant(Credential what, String value) {
    if (!value.equals(granted.put(what, value))) {
      combine();
    }
  }

  public synchronized String granted(Credential what) {
    return granted.get(what);
  }

  /** True when what a send was signed with at that time is no longer what we would sign with. */
  public Future<Boolean> renewedSince(Vertx vertx, long signedAtMillis) {
    return changedSince(signedAtMillis)
        ? Future.succeededFuture(true)
        : vertx.executeBlocking(() -> reread(source)).map(done -> changedSince(signedAtMillis));
  }

  private boolean changedSince(long signedAtMillis) {
    return changedAtMillis >= signedAtMillis;
  }

  // Files are read under no lock that an event loop may wait for.
  private Void reread(KeySource from) {
    synchronized (reading) {
      try {
        use(from.read());
        fault = null;
      } catch (Exception e) {
        report(String.valueOf(e.getMessage()));
      }
    }
    return null;
  }

  private synchronized void use(RequestCredentials fresh) {
    if (!fresh.equals(fixed)) {
      fixed = fresh;
      combine();
      LOG.info("keys changed: {}, the new ones are in use", whose);
    }
  }

  private void combine() {
    Map<Credential, String> withoutKeys = new EnumMap<>(granted);
    withoutKeys.remove(Credential.WORKING_KEY);
    forRenewals = use.over(fixed, withoutKeys);
    RequestCredentials combined = use.over(fixed, granted);
    if (!combined.equals(current)) {
      current = combined;
      changedAtMillis = System.currentTimeMillis();
    }
  }

  // Once for each fault: the watch comes back every few seconds.
  private void report(String found) {
    if (!found.equals(fault)) {
      fault = found;
      LOG.warn("keys not read: {}, the old ones stay in use, {}", whose, found);
    }
  }
}
