package io.payonce.proof;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * Counts the messages about one payment on all wires of an instance, and kills it before the n-th
 * is passed on: what it asked for is never asked, or what was done is never known to it.
 */
final class KillAtNthMessage {
  private final String id;
  private final Set<Object> asked = ConcurrentHashMap.newKeySet();
  private final CountDownLatch known = new CountDownLatch(1);
  private volatile Instance victim;
  private int point;
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

  /** Not at the n-th of all, but of those from now on. */
  synchronized void counts(int n) {
    point = passed + n;
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

  /**
   * The same for a wire that others use, too, and that survivors go on using: of many executioners
   * the one whose payment it is.
   */
  static ByteProxy.Filter ofAll(String peer, Collection<KillAtNthMessage> executioners) {
    return new ByteProxy.Filter() {
      private final Map<Object, KillAtNthMessage> asked = new ConcurrentHashMap<>();

      @Override
      public byte[] up(byte[] piece, Object connection) {
        String text = new String(piece, StandardCharsets.ISO_8859_1);
        return executioners.stream()
                .filter(one -> text.contains('"' + one.id + '"'))
                .peek(one -> asked.put(connection, one))
                .anyMatch(one -> one.kills("before " + peer + " is told"))
            ? null
            : piece;
      }

      @Override
      public byte[] down(byte[] piece, Object connection) {
        KillAtNthMessage one = asked.remove(connection);
        return one != null && one.kills("before " + peer + "'s answer") ? null : piece;
      }
    };
  }

  /** Only the message that it dies of is not passed on. */
  private synchronized boolean kills(String where) {
    return killedAt == null && step(where);
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
