package io.payonce;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.Extension;

/**
 * A test that waits for something gives up only when it will hardly come any more: ten seconds,
 * which is what Awaitility takes for that, pass on a busy machine.
 */
public final class Patience implements Extension {
  static {
    Awaitility.setDefaultTimeout(Duration.ofMinutes(2));
  }
}
