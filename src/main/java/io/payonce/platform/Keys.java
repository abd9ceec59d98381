package io.payonce.platform;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys in use, one set for all event loops. A new set replaces the old one whole; one that
 * cannot be read leaves the old one in use.
 */
public final class Keys {
  private static final Logger LOG = LoggerFactory.getLogger(Keys.class);

  private final KeySource source;
  private volatile Access current;
  private volatile long changedAtMillis = Long.MIN_VALUE;
  private String fault;

  /** @throws IllegalArgumentException when there are no keys to begin with */
  public Keys(KeySource source) {
    this.source = source;
    try {
      current = source.read();
    } catch (Exception e) {
      throw new IllegalArgumentException("the platform's keys: " + e.getMessage(), e);
    }
  }

  /** Looks for new keys again and again, off the event loop, until Vert.x is closed. */
  public void watch(Vertx vertx, long pauseMillis) {
    vertx.setTimer(pauseMillis, id -> look(vertx, pauseMillis));
  }

  private void look(Vertx vertx, long pauseMillis) {
    try {
      vertx.executeBlocking(this::reread).onComplete(done -> watch(vertx, pauseMillis));
    } catch (RejectedExecutionException e) {
      LOG.debug("Vert.x is closing: the keys are no longer watched");
    }
  }

  Access current() {
    return current;
  }

  /** True when what a copy was signed with at that time is no longer what we would sign with. */
  Future<Boolean> renewedSince(Vertx vertx, long signedAtMillis) {
    return changedSince(signedAtMillis)
        ? Future.succeededFuture(true)
        : vertx.executeBlocking(this::reread).map(done -> changedSince(signedAtMillis));
  }

  private boolean changedSince(long signedAtMillis) {
    return changedAtMillis >= signedAtMillis;
  }

  private synchronized Void reread() {
    try {
      use(source.read());
      fault = null;
    } catch (Exception e) {
      report(String.valueOf(e.getMessage()));
    }
    return null;
  }

  private void use(Access fresh) {
    if (!fresh.equals(current)) {
      current = fresh;
      changedAtMillis = System.currentTimeMillis();
      LOG.info("the platform's keys changed; the new ones are in use");
    }
  }

  // Once for each fault: the watch comes back every few seconds.
  private void report(String found) {
    if (!found.equals(fault)) {
      fault = found;
      LOG.warn("new keys cannot be read, the old ones stay in use: {}", found);
    }
  }
}
