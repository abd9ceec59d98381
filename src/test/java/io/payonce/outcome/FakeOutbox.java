package io.payonce.outcome;

import io.payonce.ledger.Cursor;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.Outcome;
import io.payonce.model.Account;
import io.payonce.model.Amount;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An outbox in memory, by a time that a test lets pass. */
public class FakeOutbox implements Outbox {
  private final Map<PaymentId, Box> boxes = new HashMap<>();
  final List<String> givenUp = new ArrayList<>();
  final List<String> lines = new ArrayList<>();
  long now = 1_000_000;
  boolean away;

  /** Under whose key all of them were sent; null of one that this pod does not have. */
  Account account = Account.DEFAULT;

  /** How long the answer to a claim is on its way. */
  long claimTakes;

  private static final class Box {
    private final TreeMap<Integer, Outcome> said = new TreeMap<>();
    private final Map<Integer, Long> at = new HashMap<>();
    private String url;
    private long due;
    private int tries;
    private String why;
  }

  @Override
  public Future<List<Integer>> scout(List<Integer> shards) {
    return Future.succeededFuture(shards);
  }

  void put(PaymentId id, String url, Outcome outcome) {
    Box box = boxes.computeIfAbsent(id, first -> new Box());
    int number = box.at.size() + 1;
    if (box.said.isEmpty()) {
      box.due = now;
    }
    box.url = url;
    box.said.put(number, outcome);
    box.at.put(number, now);
  }

  boolean isEmpty() {
    return boxes.values().stream().allMatch(box -> box.said.isEmpty());
  }

  long dueIn(PaymentId id) {
    return boxes.get(id).due - now;
  }

  @Override
  public Future<Optional<Notice>> claim(PaymentId id, long leaseMillis) {
    Box box = boxes.get(id);
    if (away) {
      return Future.failedFuture(new LedgerUnavailable("away", true, ""));
    }
    if (box == null || box.said.isEmpty() || box.due > now) {
      return Future.succeededFuture(Optional.empty());
    }
    box.due = now + leaseMillis;
    int number = box.said.firstKey();
    long claimedAt = now;
    now += claimTakes;
    return Future.succeededFuture(Optional.of(new Notice(
        id,
        account,
        id + "#" + number,
        number,
        new Notice.Ending(
            box.said.get(number),
            Reply.json("{\"code\":\"0\"}".getBytes(StandardCharsets.UTF_8)),
            null,
            "order",
            Amount.UNSAID,
            null),
        box.url,
        new Notice.Tries(box.tries, box.why, box.at.get(number), box.at.get(number), claimedAt))));
  }

  @Override
  public Future<Boolean> delivered(Notice notice, String event) {
    if (away) {
      return Future.failedFuture(new LedgerUnavailable("away", true, ""));
    }
    lines.add(event);
    return Future.succeededFuture(next(notice));
  }

  private boolean next(Notice notice) {
    Box box = boxes.get(notice.id());
    box.said.remove(notice.number());
    box.due = now;
    box.tries = 0;
    box.why = null;
    return !box.said.isEmpty();
  }

  @Override
  public Future<Void> again(Notice notice, long pauseMillis, String why) {
    Box box = boxes.get(notice.id());
    box.due = now + pauseMillis;
    box.tries++;
    box.why = why;
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> postpone(Notice notice, long pauseMillis) {
    boxes.get(notice.id()).due = now + pauseMillis;
    return Future.succeededFuture();
  }

  @Override
  public Future<Boolean> giveUp(Notice notice, String why, String event) {
    givenUp.add(notice.uuid() + " " + why);
    lines.add(event);
    return Future.succeededFuture(next(notice));
  }

  @Override
  public Future<Shard> look(int shard, int most) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<UndeliveredPage> undelivered(Cursor from, int most) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Redelivery> redeliver(PaymentId id, String event) {
    throw new UnsupportedOperationException();
  }
}
