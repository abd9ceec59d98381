package io.payonce;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for who must be known before it listens, or comes back to where it was. Below those that
 * systems give to connections: no other process takes one meanwhile.
 */
public final class FreePorts {
  /** More than the tests of one JVM take. */
  private static final int OF_ONE_JVM = 2000;

  private static final AtomicInteger NEXT = new AtomicInteger(first());

  private FreePorts() {}

  /** JVMs of one build that test side by side take none of each other's. */
  private static int first() {
    String fork = System.getProperty("fork", "").replaceAll("\\D", "");
    int number =
        fork.isEmpty() ? ThreadLocalRandom.current().nextInt(4) : Integer.parseInt(fork) % 4;
    return 20_000 + number * OF_ONE_JVM + ThreadLocalRandom.current().nextInt(OF_ONE_JVM / 2);
  }

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
