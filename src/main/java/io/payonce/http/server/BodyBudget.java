package io.payonce.http.server;

import java.util.concurrent.atomic.AtomicLong;

/** Limits what all bodies being read may take together. Shared by all event loops. */
public final class BodyBudget {
  private final long most;
  private final AtomicLong taken = new AtomicLong();

  public BodyBudget(long most) {
    this.most = most;
  }

  /** False when there is no room for so many bytes more; then none are taken. */
  boolean take(int bytes) {
    if (taken.addAndGet(bytes) > most) {
      taken.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  void giveBack(int bytes) {
    taken.addAndGet(-bytes);
  }

  public long taken() {
    return taken.get();
  }
}
