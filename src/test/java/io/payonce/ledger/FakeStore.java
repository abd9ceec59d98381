package io.payonce.ledger;

import io.payonce.ledger.redis.LedgerEpochs;
import io.payonce.model.Abilities;
import io.payonce.model.Amount;
import io.payonce.model.ClosedPage;
import io.payonce.model.Intent;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import io.payonce.recovery.History;
import io.payonce.recovery.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** What fake ledgers share: the data, its clock, and what goes wrong with their moves. */
public final class FakeStore {
  /** What becomes of a move. */
  public enum Mishap {
    /** Nothing goes wrong. */
    NONE,
    /** It never reaches the ledger, and its maker knows. */
    UNREACHED,
    /** It never reaches the ledger, and its maker cannot know. */
    SWALLOWED,
    /** It is made, and its answer is lost. */
    REPLY_LOST
  }

  private long noticedAtMillis;

  /** The latest time so far, by a clock that may have gone back before it was noticed. */
  private long lapsedAtMillis;

  private long latestMillis;

  /** The ledger is found to have gone back in time, by all pods at once. */
  public void lapse() {
    noticedAtMillis = now();
    lapsedAtMillis = Math.max(now(), Math.min(latestMillis, now() + 86_400_000));
  }

  long doubtedSince(long begunAtMillis) {
    return LedgerEpochs.concerns(lapsedAtMillis, begunAtMillis) ? lapsedAtMillis : 0;
  }

  boolean asksFirst() {
    return lapsedAtMillis > 0 && now() < lapsedAtMillis + Intent.WINDOW_MILLIS;
  }

  /** Whether it was so already when it was asked so long ago, and has been since. */
  public boolean asksFirst(long agoMillis) {
    return asksFirst() && now() - agoMillis > noticedAtMillis;
  }

  /** A payment's record. */
  static final class Row {
    Operation operation;
    String order;
    String was;
    Voided voided;
    Stage stage;
    Outcome outcome;
    History history;
    boolean aborted;
    boolean lost;
    String token;
    List<String> begins = new ArrayList<>();
    String fingerprint;
    String platform;
    byte[] body;
    long begunAt;
    long intentAt;
    Long platformAhead;
    long wait;
    int steps;
    int failures;
    Reply answer;
    Amount amount = Amount.UNSAID;
    String otherAmount;
    String decided;
    long endsAt = Long.MAX_VALUE;
    ClosedPage shut;
    String timeline = "";
    String app = "";
    Road road;
    final Set<String> late = new HashSet<>();
    boolean expedited;

    Row copy() {
      Row copy = new Row();
      copy.operation = operation;
      copy.order = order;
      copy.was = was;
      copy.voided = voided;
      copy.stage = stage;
      copy.outcome = outcome;
      copy.history = history;
      copy.aborted = aborted;
      copy.lost = lost;
      copy.token = token;
      copy.begins = new ArrayList<>(begins);
      copy.fingerprint = fingerprint;
      copy.platform = platform;
      copy.body = body;
      copy.begunAt = begunAt;
      copy.intentAt = intentAt;
      copy.platformAhead = platformAhead;
      copy.wait = wait;
      copy.steps = steps;
      copy.failures = failures;
      copy.answer = answer;
      copy.amount = amount;
      copy.otherAmount = otherAmount;
      copy.decided = decided;
      copy.endsAt = endsAt;
      copy.shut = shut;
      copy.timeline = timeline;
      copy.app = app;
      copy.road = road;
      copy.late.addAll(late);
      copy.expedited = expedited;
      return copy;
    }
  }

  /** A string that ends some time. */
  record Mark(String text, long endsAt) {}

  /** All that a failover could bring back. */
  public static final class Snapshot {
    private final Map<PaymentId, Row> rows = map();
    private final Map<String, Mark> marks = new TreeMap<>();
    private final Map<PaymentId, Long> due = map();
    private final Map<PaymentId, Long> attention = map();
    private final List<OutcomeLine> journal = new ArrayList<>();
    private final Map<PaymentId, List<NoticeLine>> notices = map();
    private final Map<PaymentId, Long> outbox = map();

    Map<PaymentId, Row> rows() {
      return rows;
    }

    Map<PaymentId, Long> attention() {
      return attention;
    }

    private Snapshot copy() {
      Snapshot copy = new Snapshot();
      rows.forEach((id, row) -> copy.rows.put(id, row.copy()));
      copy.marks.putAll(marks);
      copy.due.putAll(due);
      copy.attention.putAll(attention);
      copy.journal.addAll(journal);
      notices.forEach((id, answered) -> copy.notices.put(id, new ArrayList<>(answered)));
      copy.outbox.putAll(outbox);
      return copy;
    }
  }

  private final LongSupplier clock;
  private Snapshot data = new Snapshot();
  private Function<String, Mishap> mishaps = move -> Mishap.NONE;
  private Set<String> torn = Set.of();
  private PaymentId tornRecord;
  private Abilities abilities = Abilities.ALL;

  /** {@code clock}: ms, the ledger's own. */
  public FakeStore(LongSupplier clock) {
    this.clock = clock;
  }

  private static <T> Map<PaymentId, T> map() {
    return new TreeMap<>(java.util.Comparator.comparing(PaymentId::toString));
  }

  public long now() {
    long now = clock.getAsLong();
    latestMillis = Math.max(latestMillis, now);
    return now;
  }

  /** From now on asked before each move, by its name: {@code begin}, {@code settle} … */
  public void onMove(Function<String, Mishap> newMishaps) {
    mishaps = newMishaps;
  }

  /** From now on the moves of these names find records that cannot be read. */
  public void tear(String... moves) {
    torn = Set.of(moves);
  }

  /** From now on the record of this payment cannot be read by whoever looks for it. */
  public void tear(PaymentId id) {
    tornRecord = id;
  }

  boolean isTorn(PaymentId id) {
    return id.equals(tornRecord);
  }

  boolean isTorn(String move) {
    return torn.contains(move);
  }

  Mishap mishap(String move) {
    return mishaps.apply(move);
  }

  Row row(PaymentId id) {
    Row row = data.rows.get(id);
    if (row != null && row.endsAt <= now()) {
      data.rows.remove(id);
      return null;
    }
    return row;
  }

  void put(PaymentId id, Row row) {
    data.rows.put(id, row);
  }

  /** Null when there is none, or none any more. */
  String mark(String key) {
    Mark mark = data.marks.get(key);
    return mark == null || mark.endsAt <= now() ? null : mark.text;
  }

  void mark(String key, String text, long lastsMillis) {
    data.marks.put(
        key, new Mark(text, lastsMillis == Long.MAX_VALUE ? lastsMillis : now() + lastsMillis));
  }

  /** As if the record had been lost, and nothing else. */
  public void lose(PaymentId id) {
    data.rows.remove(id);
  }

  /** All that stand at keys which begin so. */
  List<String> marksAt(String start) {
    return data.marks.keySet().stream()
        .filter(key -> key.startsWith(start))
        .map(this::mark)
        .filter(java.util.Objects::nonNull)
        .toList();
  }

  /** What the pods on this store can; from now on. */
  public void abilities(Abilities newAbilities) {
    abilities = newAbilities;
  }

  Abilities abilities() {
    return abilities;
  }

  void unmark(String key) {
    data.marks.remove(key);
  }

  Map<PaymentId, Long> due() {
    return data.due;
  }

  /** When a pod must look at an unsettled payment, by the ledger's clock; null when never. */
  public Long dueAt(PaymentId id) {
    return data.due.get(id);
  }

  /** Payments that need review. */
  public Map<PaymentId, Long> attention() {
    return data.attention;
  }

  /** How payments ended, in the order in which it was written. */
  public List<OutcomeLine> journal() {
    return data.journal;
  }

  /** What callers are to be notified of, of each payment in its order. */
  public Map<PaymentId, List<NoticeLine>> notices() {
    return data.notices;
  }

  /** When that is tried next. */
  public Map<PaymentId, Long> outbox() {
    return data.outbox;
  }

  /** The records as they are, expired ones too. */
  Map<PaymentId, Row> records() {
    return data.rows;
  }

  /** An order that is held by a payment which is not unsettled; null when there is none. */
  String strayLock() {
    for (Map.Entry<String, Mark> entry : data.marks.entrySet()) {
      String text = entry.getValue().text;
      if (text.startsWith("held:") && mark(entry.getKey()) != null) {
        String key = entry.getKey();
        String merchant = key.substring(key.indexOf("order:") + 6, key.indexOf('/'));
        Row row = row(new PaymentId(merchant, OrderStanding.read(text).holder()));
        if (row == null || row.outcome != null) {
          return key + " is " + text + ", which is not unsettled";
        }
      }
    }
    return null;
  }

  /** A copy of everything as it stands. */
  public Snapshot snapshot() {
    return data.copy();
  }

  /** A failover to a replica that has seen no more than this. */
  public void restore(Snapshot snapshot) {
    data = snapshot.copy();
  }
}
