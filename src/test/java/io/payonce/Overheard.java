package io.payonce;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/**
 * What our program says to the log, for a test that expects it: until this is closed, nothing of it
 * is printed.
 */
public final class Overheard extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final Logger ours = (Logger) LoggerFactory.getLogger("io.payonce");
  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

  private Overheard() {}

  public static Overheard listen() {
    Overheard overheard = new Overheard();
    overheard.start();
    overheard.ours.setAdditive(false);
    overheard.ours.addAppender(overheard);
    return overheard;
  }

  @Override
  protected void append(ILoggingEvent event) {
    events.add(event);
  }

  /** The lines that operators are to act on, in their order. */
  public List<String> warnings() {
    return events.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  /** All lines of INFO and above. */
  public List<String> lines() {
    return events.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  public void forget() {
    events.clear();
  }

  @Override
  public void close() {
    ours.detachAppender(this);
    ours.setAdditive(true);
  }
}
