package io.payonce.http.server;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts calls and connections, and holds the draining flag; shared by all event loops. */
public final class DrainState {
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile boolean draining;
  private volatile boolean shut;
  private volatile int port;

  public void entered() {
    inside.incrementAndGet();
  }

  public void left() {
    inside.decrementAndGet();
  }

  public int inside() {
    return inside.get();
  }

  public void connected() {
    connections.incrementAndGet();
  }

  public void disconnected() {
    connections.decrementAndGet();
  }

  public int connections() {
    return connections.get();
  }

  public void drain() {
    draining = true;
  }

  public boolean isDraining() {
    return draining;
  }

  public void shut() {
    shut = true;
  }

  /** No new connection is let in; who is known, inside or on a kept connection, is served. */
  public boolean isShut() {
    return shut;
  }

  public void listening(int actualPort) {
    port = actualPort;
  }

  /** Where callers are served; 0 before the port is open. */
  public int port() {
    return port;
  }
}
