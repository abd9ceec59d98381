package io.payonce.command;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;

/**
 * Takes log lines, which a thread of its own writes. Whoever reads our output may stall: a pipe
 * that nobody empties, a log driver whose disk is full. An event loop that waited for it would
 * serve nobody, and not say so either. So what does not fit is left out, and a line says how much.
 */
public final class LogQueue extends AsyncAppender {
  /** Seconds of a busy pod, in 10 MB at most: with half, a burst that is read late leaves gaps. */
  private static final int MOST_LINES = 8192;

  /**
   * At the end of the process, for what is still to be written: at half, a busy machine may not get
   * to it; at double, a pod whose reader stalls may be killed before it has ended.
   */
  private static final int LAST_LINES_MILLIS = 3000;

  private final AtomicLong leftOut = new AtomicLong();

  private LogQueue(int mostLines) {
    setQueueSize(mostLines);
    setDiscardingThreshold(0); // by itself it leaves out what is not a warning from four fifths on
    setNeverBlock(true);
    setMaxFlushTime(LAST_LINES_MILLIS);
  }

  /** From now on, before all that writes into a stream. */
  static void put(LoggerContext context) {
    put(context, MOST_LINES);
  }

  static void put(LoggerContext context, int mostLines) {
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    List<Appender<ILoggingEvent>> all = new ArrayList<>();
    root.iteratorForAppenders().forEachRemaining(all::add);
    for (Appender<ILoggingEvent> slow : all) {
      if (slow instanceof OutputStreamAppender) {
        LogQueue queue = new LogQueue(mostLines);
        queue.setContext(context);
        queue.setName(slow.getName());
        queue.addAppender(slow);
        queue.start();
        root.detachAppender(slow);
        root.addAppender(queue);
      }
    }
  }

  /**
   * Before the process ends: what was taken is written, if anybody still reads it; so is what the
   * appenders of a user's own file hold back.
   */
  public static void end() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      end(context);
    }
  }

  static void end(LoggerContext context) {
    Thread last = new Thread(context::stop, "payonce-log-end");
    last.setDaemon(true);
    last.start();
    try {
      last.join(LAST_LINES_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    long missing = leftOut.get();
    if (getRemainingCapacity() < 2) {
      leftOut.incrementAndGet();
      return;
    }
    if (missing > 0 && leftOut.compareAndSet(missing, 0)) {
      super.append(said(missing));
    }
    super.append(event);
  }

  private ILoggingEvent said(long missing) {
    return new LoggingEvent(
        LogQueue.class.getName(),
        ((LoggerContext) getContext()).getLogger(LogQueue.class),
        Level.WARN,
        "{} log lines are missing here: nobody read them in time",
        null,
        new Object[] {missing});
  }
}
