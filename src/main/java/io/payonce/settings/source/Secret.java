package io.payonce.settings.source;

import java.util.Objects;

/** A secret that does not print itself: not in a log line, an exception or a debugger's summary. */
public record Secret(String value) {
  static final String MASK = "***";

  public Secret {
    Objects.requireNonNull(value);
  }

  @Override
  public String toString() {
    return MASK;
  }
}
