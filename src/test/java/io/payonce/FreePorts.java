package io.payonce;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for who must be known before it listens, or comes back to where it was. Below those that
 * systems give to connections: nobody else takes one meanwhile.
 */
public final class FreePorts {
  private static final AtomicInteger NEXT =
      new AtomicInteger(20_000 + ThreadLocalRandom.current().nextInt(8_000));

  private FreePorts() {}

  public static int next() {
    for (int tries = 0; tries < 1000; tries++) {
      int port = NEXT.getAndIncrement();
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (IOException taken) {
        continue;
      }
    }
    throw new IllegalStateException("no port is free");
  }
}
