package io.payonce.worker;

import io.payonce.limit.FairRoom;
import io.payonce.model.Account;
import io.payonce.model.PaymentId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Works off what an outage has left, at a pace that fresh payments bear. Shards that have more due
 * than they hand out at once are crowds; all of them together get a share in each tick, and of that
 * as much is begun as may be asked about at once.
 *
 * <p>Example: 100,000 payments of 50 merchants are due. Each of their shards hands out one or two
 * in a tick; while the platform answers few at once, some of these are not begun, and stay due.
 *
 * <p>Not thread-safe; time and chance are arguments.
 */
final class Crowds {
  /** What one shard hands out at a time; a shard that has more is a crowd. */
  static final int MOST_A_SHARD = 32;

  /**
   * What all crowds together hand out in a tick of 125 ms: 600 a second. At half, two pods do not
   * end 100,000 payments in three minutes; at double, Redis is busy with them for a quarter of its
   * time, and fresh payments lose it. As many are worked on at most: what an outage has kept comes
   * before an operator all at once.
   */
  static final int MOST_A_TICK = 75;

  /**
   * While confirms are paused, looking costs little, and behind what is put off others may wait.
   */
  static final int MOST_PUT_OFF_A_TICK = 4 * MOST_A_TICK;

  /** Pods look at the same crowds: of so many times as much each takes some by chance. */
  private static final int CHOICE = 4;

  /** Of the places for questions; the others are for payments that have just come into doubt. */
  private static final double PART = 0.75;

  /** Of what has hung for long; beyond, it keeps others waiting. */
  private static final int MOST_ASIDE = 512;

  /**
   * Of all accounts together, in equal shares of those that have any: who hangs takes none from who
   * answers, and the verticle has places left for what is new.
   */
  private static final int MOST_HELD = 768;

  private final Set<Integer> shards = new LinkedHashSet<>();
  private final Deque<PaymentId> waiting = new ArrayDeque<>();
  private final Map<Account, FairRoom> rooms = new HashMap<>();
  private final Accounts accounts;
  private int tick;
  private int begun;

  /** Whose payments these are, and how many of an account may be asked about at once. */
  interface Accounts {
    Account of(PaymentId id);

    int places(Account account);
  }

  Crowds(Accounts accounts) {
    this.accounts = accounts;
  }

  /** The shards to look at in this tick, and how much of them is to be handed out. */
  record Turn(List<Integer> shards, int share) {
    /** How much is to be looked at in each, for {@link #share} of it. */
    int most() {
      return Math.max(MOST_A_SHARD, CHOICE * share);
    }
  }

  boolean isEmpty() {
    return shards.isEmpty();
  }

  boolean contains(int shard) {
    return shards.contains(shard);
  }

  /** So much was due in a shard, where at least {@link #MOST_A_SHARD} would have been returned. */
  void looked(int shard, int due) {
    if (due >= MOST_A_SHARD) {
      shards.add(shard);
    } else {
      shards.remove(shard);
    }
  }

  /** A new tick: who has its turn goes to the end of the line; what is not begun is still due. */
  Turn turn(boolean asking) {
    waiting.clear();
    tick++;
    begun = 0;
    int most = asking ? MOST_A_TICK : MOST_PUT_OFF_A_TICK;
    List<Integer> next = shards.stream().limit(most).toList();
    next.forEach(shards::remove);
    shards.addAll(next);
    return new Turn(next, Math.max(1, most / Math.max(1, next.size())));
  }

  /** Takes some of what is due. */
  void handOut(List<PaymentId> due, int share, Random chance) {
    List<PaymentId> some = new ArrayList<>(due);
    Collections.shuffle(some, chance);
    waiting.addAll(some.subList(0, Math.min(share, some.size())));
  }

  /** One to be worked on now. Its place must be left. */
  record Next(PaymentId id, FairRoom room, FairRoom.Place place, int tick) {}

  /** The next one, if there is room; null else. */
  Next next(long nowMillis) {
    for (int left = waiting.size(); left > 0 && begun < MOST_A_TICK; left--) {
      PaymentId id = waiting.poll();
      Account account = accounts.of(id);
      FairRoom room = rooms.computeIfAbsent(account, first -> new FairRoom(MOST_ASIDE));
      int places = (int) (PART * accounts.places(account));
      FairRoom.Place place = room.all() >= MOST_HELD / sharing(room)
          ? null
          : room.enter(id.merchantId(), places, nowMillis);
      if (place != null) {
        begun++;
        return new Next(id, room, place, tick);
      }
      waiting.add(id); // its merchant or its account has as much as others leave it
    }
    return null;
  }

  /** Those that have any place, and the one that wants one. */
  private int sharing(FairRoom wants) {
    return (int)
        rooms.values().stream().filter(room -> room == wants || room.all() > 0).count();
  }

  /** @param worked false: it was only put off, or others have it */
  void left(Next next, boolean worked) {
    next.room().leave(next.place());
    if (!worked && next.tick() == tick) {
      begun--;
    }
  }
}
