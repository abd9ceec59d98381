package io.payonce.server;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts who is inside, and knows whether the house is closing. Shared by all event loops. */
final class Gate {
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile boolean draining;
  private volatile boolean shut;
  private volatile int port;

  void entered() {
    inside.incrementAndGet();
  }

  void left() {
    inside.decrementAndGet();
  }

  int inside() {
    return inside.get();
  }

  void connected() {
    connections.incrementAndGet();
  }

  void disconnected() {
    connections.decrementAndGet();
  }

  int connections() {
    return connections.get();
  }

  void drain() {
    draining = true;
  }

  boolean isDraining() {
    return draining;
  }

  void shut() {
    shut = true;
  }

  /** Nobody new is let in; who is known, inside or on a kept connection, is served. */
  boolean isShut() {
    return shut;
  }

  void listening(int actualPort) {
    port = actualPort;
  }

  /** Where callers are served; 0 before anybody is. */
  int port() {
    return port;
  }
}
