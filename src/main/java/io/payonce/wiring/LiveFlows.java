package io.payonce.wiring;

import io.payonce.flow.Flows;
import io.payonce.settings.LiveSettings;
import io.payonce.settings.Settings;
import java.util.function.Function;
import java.util.function.Supplier;

/** Builds the flows of one event loop, and builds them anew when the limits have changed. */
public final class LiveFlows implements Supplier<Flows> {
  private final LiveSettings settings;
  private final Function<Settings, Flows> build;
  private Settings builtOn;
  private Flows flows;

  public LiveFlows(LiveSettings settings, Function<Settings, Flows> build) {
    this.settings = settings;
    this.build = build;
  }

  @Override
  public Flows get() {
    Settings now = settings.current();
    if (now != builtOn) {
      flows = build.apply(now);
      builtOn = now;
    }
    return flows;
  }
}
