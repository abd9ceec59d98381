package io.payonce.tls;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value that is read again and again and replaced whole. One that cannot be read leaves the old
 * one in use, and the log says so, once for each fault. Content counts, not time stamps or names:
 * Kubernetes swaps whole folders behind the same paths.
 */
public final class WatchedFile<T> {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedFile.class);

  /** New files are noticed within this; Kubernetes itself takes up to a minute to bring them. */
  public static final long PAUSE_MILLIS = 5000;

  private final String what;
  private final Callable<T> source;
  private final List<Consumer<T>> listeners = new CopyOnWriteArrayList<>();
  private volatile T current;
  private String fault;

  private WatchedFile(String what, Callable<T> source, T first) {
    this.what = what;
    this.source = source;
    current = first;
  }

  /**
   * Blocks while it is read for the first time.
   *
   * @param what for the log: "the certificates of …"
   * @param source may block; its exceptions say what is wrong, without secrets
   * @throws IllegalArgumentException when there is nothing good to begin with
   */
  public static <T> WatchedFile<T> of(String what, Callable<T> source) {
    try {
      return new WatchedFile<>(what, source, source.call());
    } catch (Exception e) {
      throw new IllegalArgumentException(what + ": " + e.getMessage(), e);
    }
  }

  public T current() {
    return current;
  }

  /** Is given each new value, on whatever thread found it. */
  public void onChange(Consumer<T> listener) {
    listeners.add(listener);
  }

  /** As onChange, but is given the current value too, before any newer one. */
  public void follow(Consumer<T> listener) {
    synchronized (listeners) {
      give(listener, current);
      listeners.add(listener);
    }
  }

  /** Looks again every so often, off the event loop, until Vert.x is closed. */
  public void watch(Vertx vertx, long pauseMillis) {
    Looks.every(vertx, pauseMillis, this::reread);
  }

  /** Looks now; true when something new is in use. Blocks. */
  public synchronized boolean reread() {
    try {
      T fresh = source.call();
      fault = null;
      return use(fresh);
    } catch (Exception e) {
      report(String.valueOf(e.getMessage()));
      return false;
    }
  }

  private boolean use(T fresh) {
    if (fresh.equals(current)) {
      return false;
    }
    // Not the lock of reread: who follows may be an event loop, which waits for no file.
    synchronized (listeners) {
      current = fresh;
      listeners.forEach(listener -> give(listener, fresh));
    }
    LOG.info("files changed: {}, the new content is in use", what);
    return true;
  }

  /** One that cannot take it does not keep it from the others. */
  private void give(Consumer<T> listener, T value) {
    try {
      listener.accept(value);
    } catch (RuntimeException e) {
      LOG.error("files changed: {}, the new content is not in use everywhere", what, e);
    }
  }

  private void report(String found) {
    if (!found.equals(fault)) {
      fault = found;
      LOG.warn("files not usable: {}, the old stays in use: {}", what, found);
    }
  }
}
