package io.payonce.command;

import io.payonce.wiring.Pod;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program that runs until it is stopped. SIGTERM and SIGINT drain it and end it with exit code 0,
 * a clean stop (operations.md#drain); the JVM by itself would say 143. While it starts there is
 * nothing to drain: it may end at once.
 */
public final class ProcessLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessLifecycle.class);

  /** A start that takes longer hangs on something that waiting does not cure. */
  private static final long START_SECONDS = 60;

  private final Thread hook = new Thread(this::end, "payonce-stop");
  private volatile Runnable order = () -> {};

  private ProcessLifecycle() {}

  /** From now on a signal ends the program with exit code 0. */
  public static ProcessLifecycle begin() {
    ProcessLifecycle running = new ProcessLifecycle();
    Runtime.getRuntime().addShutdownHook(running.hook);
    return running;
  }

  private void end() {
    order.run();
    LogQueue.end();
    Runtime.getRuntime().halt(0);
  }

  /** Signals are no clean stop any more: a start has failed, or what was to be stopped is over. */
  void over() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.debug("shutdown begun: a signal came first");
    }
  }

  /** Waits for what must be there before anything else can go on. */
  public static <T> T started(Future<T> starting) throws Exception {
    try {
      return starting
          .toCompletionStage()
          .toCompletableFuture()
          .get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } catch (TimeoutException e) {
      throw new IllegalStateException("not started within " + START_SECONDS + " s", e);
    }
  }

  /** Serves until a signal comes, then stops in order; does not return before that. */
  public void untilStopped(Pod pod, long drainMillis, AutoCloseable... afterwards)
      throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    order = () -> {
      stop(pod, drainMillis, afterwards);
      stopped.countDown();
    };
    stopped.await();
  }

  private static void stop(Pod pod, long drainMillis, AutoCloseable... afterwards) {
    try {
      pod.drain()
          .toCompletionStage()
          .toCompletableFuture()
          .get(drainMillis + TimeUnit.SECONDS.toMillis(5), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("shutdown incomplete: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (AutoCloseable one : afterwards) {
      close(one);
    }
  }

  public static void close(AutoCloseable one) {
    try {
      one.close();
    } catch (Exception e) {
      LOG.warn("shutdown incomplete: {}", e.toString());
    }
  }

  public static void close(Vertx vertx) {
    close(() -> vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS));
  }
}
