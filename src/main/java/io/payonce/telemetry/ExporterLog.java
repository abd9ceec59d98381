package io.payonce.telemetry;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/** Brings what the exporter says, such as that the collector is away, into our log. */
final class ExporterLog extends Handler {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(Tracing.class);

  /** Held here, or its handler would be collected with it. */
  private static final Logger EXPORTER = Logger.getLogger("io.opentelemetry");

  private ExporterLog() {}

  static synchronized void open() {
    if (EXPORTER.getHandlers().length == 0) {
      EXPORTER.setUseParentHandlers(false);
      EXPORTER.addHandler(new ExporterLog());
    }
  }

  @Override
  public void publish(LogRecord said) {
    if (said.getLevel().intValue() >= Level.WARNING.intValue()) {
      Throwable cause = said.getThrown();
      LOG.warn("{}{}", said.getMessage(), cause == null ? "" : " (" + cause + ")");
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
