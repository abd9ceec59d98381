package io.payonce.flow.port;

import io.vertx.core.Future;

/** Time and chance, as the flows need them. */
public interface Time {
  /** Never goes back; nanoseconds since some moment. */
  long nanos();

  /** At least 0, below 1. */
  double chance();

  /** Succeeds after that many milliseconds, at least 1. */
  Future<Void> pause(long millis);

  /** Since when this process knows of intents; of none unless they are counted. */
  default Sightings sightings() {
    return Sightings.NONE;
  }
}
