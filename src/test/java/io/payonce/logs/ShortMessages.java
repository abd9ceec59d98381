package io.payonce.logs;

import org.assertj.core.configuration.Configuration;

/** What a red test says stays on one screen, however much it looked at. */
public final class ShortMessages extends Configuration {
  private static final int LINES = 20;

  @Override
  public int maxElementsForPrinting() {
    return LINES;
  }

  @Override
  public int maxStackTraceElementsDisplayed() {
    return 2;
  }
}
