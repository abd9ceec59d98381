package io.payonce.tls;

import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Common moments for all that a process does again and again by itself. */
public final class Beat {
  /** Of this process' own: pods of one machine do not fall together. */
  private static final long FIRST_NANOS = System.nanoTime();

  private Beat() {}

  /**
   * Runs the task on this event loop at the next beat of so many milliseconds: what is done at the
   * same moments wakes a loop once instead of ten times. Who arms again when its work is done works
   * at most once a beat.
   */
  // To the nanosecond: timers of Vert.x are milliseconds from where each was set, and so apart.
  public static ScheduledFuture<?> next(Context loop, long millis, Runnable task) {
    long period = TimeUnit.MILLISECONDS.toNanos(millis);
    long left = period - (System.nanoTime() - FIRST_NANOS) % period;
    return ((ContextInternal) loop)
        .nettyEventLoop()
        .schedule(() -> loop.runOnContext(now -> task.run()), left, TimeUnit.NANOSECONDS);
  }
}
