package io.payonce.command;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import io.payonce.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes log lines look as {@code log.format} says, and keeps whoever writes them from waiting for
 * whoever reads them; unless a logback file of the user's decides.
 */
public final class LogFormat {
  private LogFormat() {}

  public static void format(Settings.Log log) {
    if (System.getProperty("logback.configurationFile") == null
        && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      format(context, log);
      LogQueue.put(context);
    }
  }

  static void format(LoggerContext context, Settings.Log log) {
    if (log.isJson()) {
      context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders().forEachRemaining(each -> {
        if (each instanceof OutputStreamAppender<ILoggingEvent> appender) {
          appender.setEncoder(json(context));
        }
      });
    }
  }

  private static JsonLines json(LoggerContext context) {
    JsonLines json = new JsonLines();
    json.setContext(context);
    json.start();
    return json;
  }
}
