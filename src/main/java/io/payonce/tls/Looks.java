package io.payonce.tls;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again at what no event loop may wait for, such as files: all that is due at a
 * beat by one worker, so that a hundred files cost an idle process little more than one. What hangs
 * holds up itself, and others until the next beat.
 */
public final class Looks implements Shareable {
  private static final Logger LOG = LoggerFactory.getLogger(Looks.class);

  private final Vertx vertx;
  private final Context loop;
  private final long millis;
  private final List<Look> all = new CopyOnWriteArrayList<>();

  private Looks(Vertx vertx, long millis) {
    this.vertx = vertx;
    this.loop = vertx.getOrCreateContext();
    this.millis = millis;
    arm();
  }

  /** From the next beat on, until Vert.x is closed. */
  public static void every(Vertx vertx, long millis, Runnable look) {
    vertx
        .sharedData()
        .<Long, Looks>getLocalMap(Looks.class.getName())
        .computeIfAbsent(millis, period -> new Looks(vertx, period))
        .all
        .add(new Look(look, new AtomicBoolean()));
  }

  private void arm() {
    Beat.next(loop, millis, this::begin);
  }

  private void begin() {
    try {
      vertx.executeBlocking(this::round, false);
      arm();
    } catch (RejectedExecutionException e) {
      LOG.debug("Vert.x is closing: files are no longer watched");
    }
  }

  private Void round() {
    all.forEach(Look::unlessUnderWay);
    return null;
  }

  private record Look(Runnable look, AtomicBoolean underWay) {
    void unlessUnderWay() {
      if (underWay.compareAndSet(false, true)) {
        try {
          look.run();
        } catch (RuntimeException bug) {
          LOG.error("a look at a file failed; the next one comes all the same", bug);
        } finally {
          underWay.set(false);
        }
      }
    }
  }
}
