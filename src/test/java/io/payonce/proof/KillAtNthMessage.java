package io.payonce.proof;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * Counts the messages about one payment on all wires of an instance, and kills it before the n-th
 * is passed on: what it asked for is never asked, or what was done is never known to it.
 */
final class KillAtNthMessage {
  private final String id;
  private final int point;
  private final Set<Object> asked = ConcurrentHashMap.newKeySet();
  private final CountDownLatch known = new CountDownLatch(1);
  private volatile Instance victim;
  private int passed;
  private String killedAt;

  KillAtNthMessage(String id, int point) {
    this.id = id;
    this.point = point;
  }

  void condemn(Instance instance) {
    victim = instance;
    known.countDown();
  }

  /** Where it died; null when it did not. */
  synchronized String killedAt() {
    return killedAt;
  }

  ByteProxy.Filter of(String peer) {
    return new ByteProxy.Filter() {
      @Override
      public byte[] up(byte[] piece, Object connection) {
        if (!isAbout(piece)) {
          return piece;
        }
        asked.add(connection);
        return step("before " + peer + " is asked") ? null : piece;
      }

      @Override
      public byte[] down(byte[] piece, Object connection) {
        return asked.remove(connection) && step("before " + peer + "'s answer") ? null : piece;
      }
    };
  }

  private boolean isAbout(byte[] piece) {
    return new String(piece, StandardCharsets.ISO_8859_1).contains(id);
  }

  private synchronized boolean step(String where) {
    if (killedAt == null && ++passed == point) {
      await();
      victim.kill();
      killedAt = passed + " " + where;
    }
    return killedAt != null;
  }

  private void await() {
    try {
      known.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
