package io.payonce.wiring;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Keeps the messages of some threads out of the log, whichever library writes them. Threads are
 * known by their group, which those that they start inherit.
 */
final class ThreadLogFilter extends TurboFilter {
  private final ThreadGroup group;

  private ThreadLogFilter(ThreadGroup group) {
    this.group = group;
  }

  /** From now on this group's lines are dropped; running what is returned ends that. */
  static Runnable over(ThreadGroup group) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return () -> {};
    }
    ThreadLogFilter hush = new ThreadLogFilter(group);
    hush.setContext(context);
    hush.start();
    context.addTurboFilter(hush);
    return () -> context.getTurboFilterList().remove(hush);
  }

  @Override
  public FilterReply decide(
      Marker marker,
      Logger logger,
      Level level,
      String format,
      Object[] parameters,
      Throwable thrown) {
    ThreadGroup own = Thread.currentThread().getThreadGroup();
    return own != null && group.parentOf(own) ? FilterReply.DENY : FilterReply.NEUTRAL;
  }
}
