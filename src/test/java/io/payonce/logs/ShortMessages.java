package io.payonce.logs;

import org.assertj.core.configuration.Configuration;

/** What a red test says stays on one screen, however much it looked at. */
public final class ShortMessages extends Configuration {
  @Override
  public int maxElementsForPrinting() {
    return 20;
  }

  @Override
  public int maxStackTraceElementsDisplayed() {
    return 2;
  }

  @Override
  public void applyAndDisplay() {
    apply();
  }
}
