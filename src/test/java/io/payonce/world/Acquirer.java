package io.payonce.world;

import static io.payonce.world.Fault.ANSWER_LOST;
import static io.payonce.world.Fault.CLOSED;
import static io.payonce.world.Fault.DECLINED;
import static io.payonce.world.Fault.FAILED;
import static io.payonce.world.Fault.HELD;
import static io.payonce.world.Fault.HIDDEN_RESULT;
import static io.payonce.world.Fault.MIXED_UP;
import static io.payonce.world.Fault.OTHER_AMOUNT;
import static io.payonce.world.Fault.QUERY_LAG;
import static io.payonce.world.Fault.QUERY_LOST;
import static io.payonce.world.Fault.REFUSAL;
import static io.payonce.world.Fault.UNKNOWN_CODE;

import io.payonce.model.Amount;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Operation;
import io.payonce.model.Reply;
import io.payonce.model.TransactionStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The platform behind the wire: runs sends, answers truly, falsely only where its documents admit
 * it, and reports every charge to the witness.
 */
final class Acquirer {
  /** S02: it takes no timestamp further from its own clock than this. */
  static final long TIMESTAMP_MILLIS = 600_000;

  /** After the window of its last send, a query is behind by no more than this. */
  private static final int LATE_LAG_MILLIS = 15_000;

  private static final long FRESH_MILLIS = TIMESTAMP_MILLIS + 20_000;
  private static final int LONGEST_LAG_MILLIS = 700_000;

  private static final String[] REFUSALS = {
    "C14", "S04", "C08", "C26", "S02", "S07", "S03", "C03", "M04", "C06?"
  };
  private static final String[] DOUBTS = {
    "E02", "P01", "E01", "E03", "E04", "996", "ZZ9", "S11", null
  };

  /** One transaction; F with an issuer's reason is D here. */
  private static final class Transaction {
    final String number;
    final String platformId;
    final String order;
    final Amount asked;
    final Amount amount;
    final long createdAtMillis;
    final long stampMillis;
    WorldSend by;
    char status;
    char before;
    long changedAtMillis;

    Transaction(
        String number,
        String platformId,
        String order,
        Amount asked,
        Amount amount,
        long now,
        long stamp) {
      this.number = number;
      this.platformId = platformId;
      this.order = order;
      this.asked = asked;
      this.amount = amount;
      this.createdAtMillis = now;
      this.stampMillis = stamp;
    }

    boolean isOpen() {
      return status == 'I' || status == 'P';
    }

    char statusAt(long millis) {
      return millis >= changedAtMillis ? status : before;
    }
  }

  private static final String STRANGE_ORDER = "order-9";

  private final World world;
  private final Map<String, List<Transaction>> byId = new HashMap<>();
  private final Map<String, Integer> flying = new HashMap<>();
  private String paidBy;
  private int numbers;

  Acquirer(World world) {
    this.world = world;
    if (world.setup.foreign()) {
      strange("A", STRANGE_ORDER, 777);
    }
    if (world.setup.othersPaid()) {
      strange("Z", Requests.ORDER, 1000);
      paidBy = "Z";
    }
  }

  private void strange(String id, String order, long amount) {
    long now = world.agenda.nowMillis();
    Transaction other = new Transaction(
        "T" + ++numbers,
        id,
        order,
        new Amount(amount, "USD"),
        new Amount(amount, "USD"),
        now,
        now - 700_000);
    other.status = 'S';
    other.before = 'S';
    byId.computeIfAbsent(id, absent -> new ArrayList<>()).add(other);
  }

  void leaves(WorldSend send) {
    flying.merge(send.platformId(), 1, Integer::sum);
  }

  void lands(WorldSend send) {
    flying.merge(send.platformId(), -1, Integer::sum);
  }

  /** Null, or why a successor of this id may not be used yet. */
  String isNotOver(String platformId) {
    // What another caller once had under this id is not our attempt.
    List<Transaction> all = byId.getOrDefault(platformId, List.of()).stream()
        .filter(each -> !STRANGE_ORDER.equals(each.order))
        .toList();
    if (all.isEmpty()) {
      return platformId + " never ended";
    }
    for (Transaction each : all) {
      if (each.status == 'S' || each.isOpen()) {
        return platformId + " is " + each.status;
      }
    }
    boolean runsAgain = world.setup.dedup() == Setup.Dedup.RERUNS_FAILED
        || world.setup.dedup() == Setup.Dedup.EVERY_SEND_RUNS;
    return runsAgain && flying.getOrDefault(platformId, 0) > 0
        ? "a copy of " + platformId + " may still run"
        : null;
  }

  /** A send has come in: the answer, or null when it gives none. */
  Answer arrive(WorldSend send) {
    if (Math.abs(world.agenda.nowMillis() - send.stampMillis()) > TIMESTAMP_MILLIS) {
      return code("S02");
    }
    if (world.is(REFUSAL)) {
      return refusal(send);
    }
    if (world.is(UNKNOWN_CODE)) {
      return doubt();
    }
    Answer answer = run(send);
    if (world.is(MIXED_UP)) {
      return ofAnother(send.platformId(), answer);
    }
    return world.is(HIDDEN_RESULT) ? doubt() : world.is(ANSWER_LOST) ? null : answer;
  }

  private Answer refusal(WorldSend send) {
    String code = REFUSALS[world.chance.below(REFUSALS.length)];
    boolean seen = byId.containsKey(send.platformId());
    return switch (code) {
      case "C06?" -> seen ? code("C06") : code("C14");
      default -> code(code);
    };
  }

  private Answer doubt() {
    String code = DOUBTS[world.chance.below(DOUBTS.length)];
    return code == null ? null : code(code);
  }

  private Answer run(WorldSend send) {
    if (world.setup.operation() == Operation.TIP_ADJUST) {
      world.witness.effect(send);
      return code("0");
    }
    Transaction last = last(send.platformId());
    if (last != null && !isForgotten(last)) {
      if (!last.asked.equals(send.amount())) {
        return code("C06");
      }
      boolean over = "FDC".indexOf(last.status) >= 0;
      switch (world.setup.dedup()) {
        case SAYS_C06:
          return code("C06");
        case FIRST_RESULT:
          return answered(last);
        case RERUNS_FAILED:
          if (!over) {
            return answered(last);
          }
          break;
        case EVERY_SEND_RUNS:
          break;
      }
    }
    return guarded(send);
  }

  private Answer guarded(WorldSend send) {
    if (world.setup.guards() && world.setup.operation().pays()) {
      if (paidBy != null && !paidBy.equals(send.platformId())) {
        return code("C10");
      }
      if (byId.values().stream()
          .flatMap(List::stream)
          .anyMatch(each -> each.isOpen() && !each.platformId.equals(send.platformId()))) {
        return code("C08");
      }
    }
    return book(send);
  }

  private Answer book(WorldSend send) {
    Transaction made = new Transaction(
        "T" + ++numbers,
        send.platformId(),
        send.order(),
        send.amount(),
        moved(send.amount()),
        world.agenda.nowMillis(),
        send.stampMillis());
    made.by = send;
    byId.computeIfAbsent(send.platformId(), absent -> new ArrayList<>()).add(made);
    char drawn = ending();
    if (world.is(HELD)) {
      char open = world.chance.oneIn(2) ? 'I' : 'P';
      made.before = open;
      become(made, open, send);
      int longest = world.chance.oneIn(3) ? 72_000_000 : world.chance.oneIn(2) ? 900_000 : 20_000;
      world.agenda.in(1 + world.chance.below(longest), () -> close(made, drawn, send));
    } else {
      made.before = drawn;
      become(made, drawn, send);
    }
    return answered(made);
  }

  private Amount moved(Amount asked) {
    if (asked.orderAmount() == null || !world.is(OTHER_AMOUNT)) {
      return asked;
    }
    long part = asked.orderAmount() - 400;
    return switch (world.chance.below(4)) {
      case 0 -> new Amount(part, "USD");
      case 1 -> new Amount(asked.orderAmount(), "USD", part);
      case 2 -> new Amount(asked.orderAmount(), "EUR");
      default -> new Amount(asked.orderAmount(), "USD", asked.orderAmount() + 150); // a tip
    };
  }

  private void close(Transaction open, char status, WorldSend send) {
    if (open.isOpen()) {
      open.before = open.status;
      become(open, status, send);
    }
  }

  private char ending() {
    return world.is(CLOSED) ? 'C' : world.is(DECLINED) ? 'D' : world.is(FAILED) ? 'F' : 'S';
  }

  private void become(Transaction transaction, char status, WorldSend send) {
    transaction.status = status;
    transaction.changedAtMillis = world.agenda.nowMillis();
    world.tell(() ->
        "  platform: " + transaction.number + " of " + transaction.platformId + " is " + status);
    if (!transaction.isOpen()) {
      world.notifications.ended(send, spoken(transaction, status));
    }
    if (status == 'S') {
      paidBy = transaction.platformId;
      world.witness.charged(send, transaction.amount.agreesWith(transaction.asked));
    }
  }

  /** Of a request id, or the one that has this transactionId. */
  private List<Transaction> named(String name) {
    return byId.values().stream()
        .flatMap(List::stream)
        .filter(each -> each.number.equals(name))
        .findFirst()
        .map(List::of)
        .orElseGet(() -> byId.getOrDefault(name, List.of()));
  }

  /** How some other transaction stands; refusals name none, so those cannot be distinguished. */
  private Answer ofAnother(String name, Answer own) {
    List<Transaction> others = byId.values().stream()
        .flatMap(List::stream)
        .filter(each -> !each.number.equals(name) && !each.platformId.equals(name))
        .toList();
    if (others.isEmpty() || world.setup.operation() == Operation.TIP_ADJUST) {
      return own;
    }
    Transaction other = others.get(world.chance.below(others.size()));
    return spoken(other, other.status);
  }

  /** How an id stands, as a question is answered; null when it gives no answer. */
  Answer query(String name) {
    Answer own = answer(name);
    return world.is(MIXED_UP) ? ofAnother(name, own) : own;
  }

  private Answer answer(String name) {
    if (world.is(QUERY_LOST)) {
      return world.chance.oneIn(2) ? null : code("E02");
    }
    long now = world.agenda.nowMillis();
    int lag = world.is(QUERY_LAG) ? world.chance.below(LONGEST_LAG_MILLIS) : 0;
    Transaction seen = null;
    long viewed = now;
    for (Transaction each : named(name)) {
      long view =
          now - (now < each.stampMillis + FRESH_MILLIS ? lag : Math.min(lag, LATE_LAG_MILLIS));
      boolean any = world.setup.dedup() == Setup.Dedup.EVERY_SEND_RUNS && world.chance.oneIn(2);
      if (each.createdAtMillis <= view && !(seen != null && any)) {
        seen = each;
        viewed = view;
      }
    }
    return seen == null ? code("C12") : spoken(seen, seen.statusAt(viewed));
  }

  /** Stops what is still open. */
  Answer abort(String name) {
    if (world.is(QUERY_LOST)) {
      return null;
    }
    List<Transaction> all = named(name);
    if (all.isEmpty()) {
      return code("C12");
    }
    Transaction last = all.get(all.size() - 1);
    if (!last.isOpen()) {
      return code("C24");
    }
    last.before = last.status;
    last.status = 'C';
    last.changedAtMillis = world.agenda.nowMillis();
    world.notifications.ended(last.by, spoken(last, 'C'));
    return code("0");
  }

  private Transaction last(String platformId) {
    List<Transaction> all = byId.get(platformId);
    return all == null ? null : all.get(all.size() - 1);
  }

  private boolean isForgotten(Transaction transaction) {
    return world.setup.kind().forgets()
        && world.agenda.nowMillis() - transaction.createdAtMillis > Setup.FORGETS_MILLIS;
  }

  private Answer code(String code) {
    return new Answer.Spoken(
        Reply.json(bytes("{\"code\":\"" + code + "\",\"msg\":\"m\"}")),
        new Envelope(code, null, null, null, null, null, null, Amount.UNSAID),
        -1,
        date());
  }

  /** Of what is done at once, not each answer says how it stands. */
  private Answer answered(Transaction transaction) {
    boolean silent =
        world.setup.operation().hasResult() && transaction.status == 'S' && world.chance.oneIn(2);
    return silent ? done(transaction) : spoken(transaction, transaction.status);
  }

  private Answer done(Transaction transaction) {
    Amount amount = transaction.amount;
    String json = "{\"code\":\"0\",\"data\":{\"transactionRequestId\":\"" + transaction.platformId
        + '"' + (amount.isUnsaid() ? "" : said(amount)) + "}}";
    return new Answer.Spoken(
        Reply.json(bytes(json)),
        new Envelope("0", null, null, null, transaction.platformId, null, null, amount),
        -1,
        date());
  }

  private Answer.Spoken spoken(Transaction transaction, char status) {
    char letter = status == 'D' ? 'F' : status;
    String reason = status == 'D' ? "51" : null;
    boolean named = world.setup.operation().pays();
    // What will move is not known before it has.
    Amount amount = status == 'S' ? transaction.amount : transaction.asked;
    String json = "{\"code\":\"0\",\"data\":{\"transactionStatus\":\"" + letter
        + "\",\"transactionId\":\"" + transaction.number + "\",\"transactionRequestId\":\""
        + transaction.platformId + '"'
        + (named ? ",\"referenceOrderId\":\"" + transaction.order + '"' : "")
        + (reason == null ? "" : ",\"transactionResultCode\":\"" + reason + '"')
        + (amount.isUnsaid() ? "" : said(amount))
        + "},\"at\":\"" + world.agenda.nowMillis() + "\"}";
    return new Answer.Spoken(
        Reply.json(bytes(json)),
        new Envelope(
            "0",
            null,
            TransactionStatus.parse(String.valueOf(letter)),
            transaction.number,
            transaction.platformId,
            named ? transaction.order : null,
            reason,
            amount),
        -1,
        date());
  }

  private static String said(Amount amount) {
    return ",\"amount\":{\"orderAmount\":" + amount.orderAmount() + ",\"priceCurrency\":\""
        + amount.currency() + '"'
        + (amount.transAmount() == null ? "" : ",\"transAmount\":" + amount.transAmount()) + '}';
  }

  /** Its own clock, where its answers have a Date. */
  private long date() {
    return world.setup.dated() ? world.agenda.nowMillis() : Answer.Spoken.NO_DATE;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
