package io.payonce.wiring;

import io.vertx.core.Future;
import java.net.BindException;

/** Reports a port that is in use by another process, and the setting that names another. */
public final class PortTaken extends RuntimeException {
  private PortTaken(String section, int port) {
    super(
        "port " + port + " is taken: end what listens there, or set " + section + ".port (PAYONCE_"
            + section.toUpperCase(java.util.Locale.ROOT) + "_PORT) to another, 0 for any",
        null,
        false,
        false);
  }

  static <T> Future<T> explain(Throwable failure, String section, int port) {
    return Future.failedFuture(isTaken(failure) ? new PortTaken(section, port) : failure);
  }

  /**
   * The native transports have an exception of their own for it, which only its text distinguishes.
   */
  private static boolean isTaken(Throwable failure) {
    return failure instanceof BindException
        || String.valueOf(failure.getMessage()).contains("Address already in use");
  }
}
