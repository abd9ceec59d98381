package io.payonce.logs;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Sends the log of this JVM to {@code target/}, whoever runs the tests: Maven or an IDE. A
 * {@code logback-test.xml} would do it too, but also to processes that tests start on this class
 * path, and those must log as they do in production.
 */
public final class LogFile implements LauncherSessionListener {
  @Override
  public void launcherSessionOpened(LauncherSession session) {
    System.getProperties().putIfAbsent("logback.configurationFile", "src/test/logback.xml");
  }
}
