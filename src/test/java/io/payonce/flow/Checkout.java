package io.payonce.flow;

import io.payonce.codes.Remedy;
import io.payonce.json.EnvelopeScan;
import io.payonce.json.Malformed;
import io.payonce.json.RequestScan;
import io.payonce.model.Answer;
import io.payonce.model.Intent;
import io.payonce.model.Operation;
import io.payonce.model.Operations;
import io.payonce.model.Reply;
import io.payonce.model.RequestFields;
import io.payonce.platform.Platform;
import io.payonce.platform.PlatformRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A platform without guards: it charges whatever it is sent, and keeps the books of what is left.
 */
final class Checkout implements Platform {
  /** What becomes of the next send of an id. */
  enum Mood {
    AT_ONCE,
    /** It is executed, and its answer is lost. */
    LOST,
    /** It comes in when the test says so; its answer goes nowhere. */
    LATE,
    /** It stays P until the test says otherwise. */
    PROCESSING,
    DECLINED
  }

  static final class Entry {
    final String number;
    final String requestId;
    final Operation operation;
    final String order;
    final long amount;
    final Entry original;
    char status;
    boolean voided;

    private Entry(
        String number, RequestFields said, Operation operation, Entry original, char status) {
      this.number = number;
      this.requestId = said.transactionRequestId();
      this.operation = operation;
      this.order = said.referenceOrderId();
      this.amount = said.amount().orderAmount() == null ? 0 : said.amount().orderAmount();
      this.original = original;
      this.status = status;
    }
  }

  final List<Entry> entries = new ArrayList<>();
  final Map<String, Mood> moods = new HashMap<>();
  final List<Runnable> onTheWay = new ArrayList<>();
  final Map<String, Integer> sends = new HashMap<>();
  int questions;

  /** Questions get no answer. */
  boolean silent;

  /** Questions show no relation yet. */
  boolean lagging;

  boolean hangs;
  Runnable beforeNext = () -> {};

  /** Sales that are paid, and of which something is left. */
  List<Entry> kept() {
    return entries.stream()
        .filter(each -> each.operation.pays() && each.status == 'S' && !each.voided)
        .filter(each -> refunded(each) < each.amount)
        .toList();
  }

  Entry named(String requestId) {
    return entries.stream()
        .filter(each -> each.requestId.equals(requestId))
        .findFirst()
        .orElse(null);
  }

  /** What was being worked on is done. */
  void succeed(Entry open) {
    open.status = 'S';
    if (open.operation == Operation.VOID) {
      cancel(open.original);
    }
  }

  /** What a void had taken back stands again once that void is void. */
  private static void cancel(Entry done) {
    done.voided = true;
    if (done.operation == Operation.VOID) {
      done.original.voided = false;
    }
  }

  private long refunded(Entry sale) {
    return entries.stream()
        .filter(each -> each.original == sale && each.operation.refunds())
        .filter(each -> each.status == 'S' && !each.voided)
        .mapToLong(each -> each.amount)
        .sum();
  }

  private String relation(Entry entry) {
    long refunded = refunded(entry);
    return entry.voided
        ? "VOIDED"
        : refunded == 0 ? null : refunded < entry.amount ? "PART_REFUNDED" : "REFUNDED";
  }

  @Override
  public Future<Answer> send(Intent intent, PlatformRequest message) {
    Operation operation = Operations.KNOWN.at(message.target());
    RequestFields said = fields(message);
    String id = said.transactionRequestId();
    sends.merge(id, 1, Integer::sum);
    Mood mood = moods.getOrDefault(id, Mood.AT_ONCE);
    moods.remove(id);
    Runnable before = beforeNext;
    beforeNext = () -> {};
    before.run();
    if (mood == Mood.LATE) {
      onTheWay.add(() -> run(operation, said, 'S'));
      return Future.succeededFuture(new Answer.Silent("late"));
    }
    char status = mood == Mood.PROCESSING ? 'P' : mood == Mood.DECLINED ? 'F' : 'S';
    Answer answer = run(operation, said, status);
    return Future.succeededFuture(mood == Mood.LOST ? new Answer.Silent("lost") : answer);
  }

  private Answer run(Operation operation, RequestFields said, char status) {
    Entry known = named(said.transactionRequestId());
    if (known != null) {
      return shown(known);
    }
    Entry original = original(said);
    if (operation.follows() && (original != null || said.referenceOrderId() == null)) {
      String refusal = refusal(operation, said, original);
      if (refusal != null) {
        return code(refusal);
      }
    }
    Entry made = new Entry("T" + (entries.size() + 1), said, operation, original, status);
    entries.add(made);
    if (operation == Operation.VOID && status == 'S') {
      cancel(original);
    }
    return shown(made);
  }

  private String refusal(Operation operation, RequestFields said, Entry original) {
    if (original == null) {
      return "C12";
    }
    if (original.status != 'S' || original.voided) {
      return "C24";
    }
    boolean tooMuch =
        operation.refunds() && refunded(original) + said.amount().orderAmount() > original.amount;
    return tooMuch ? "C15" : null;
  }

  private Entry original(RequestFields said) {
    return entries.stream()
        .filter(each -> said.originalTransactionId() != null
            ? each.number.equals(said.originalTransactionId())
            : each.requestId.equals(said.originalTransactionRequestId()))
        .findFirst()
        .orElse(null);
  }

  @Override
  public Future<Answer> call(PlatformRequest question) {
    questions++;
    if (silent) {
      return Future.succeededFuture(new Answer.Silent("timeout"));
    }
    if (hangs) {
      return Promise.<Answer>promise().future();
    }
    Map<String, String> asked = new HashMap<>();
    for (String part : URI.create(question.target()).getQuery().split("&")) {
      asked.put(part.substring(0, part.indexOf('=')), part.substring(part.indexOf('=') + 1));
    }
    return Future.succeededFuture(entries.stream()
        .filter(each -> each.requestId.equals(asked.get("transactionRequestId"))
            || each.number.equals(asked.get("transactionId")))
        .findFirst()
        .map(this::shown)
        .orElseGet(() -> code("C12")));
  }

  @Override
  public Future<Boolean> remedy(Remedy remedy, long signedAtMillis) {
    return Future.succeededFuture(false);
  }

  private Answer shown(Entry entry) {
    String order = entry.order == null ? "" : ",\"referenceOrderId\":\"" + entry.order + '"';
    String relation = relation(entry) == null || lagging
        ? ""
        : ",\"relatedTransactionStatus\":\"" + relation(entry) + '"';
    String reason = entry.status == 'F' ? ",\"transactionResultCode\":\"51\"" : "";
    return spoken("{\"code\":\"0\",\"data\":{\"transactionId\":\"" + entry.number
        + "\",\"transactionRequestId\":\"" + entry.requestId + "\",\"transactionStatus\":\""
        + entry.status + '"' + order + relation + reason + "}}");
  }

  private static Answer code(String code) {
    return spoken("{\"code\":\"" + code + "\",\"msg\":\"no\"}");
  }

  private static Answer spoken(String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return new Answer.Spoken(Reply.json(body), EnvelopeScan.scan(body), -1);
  }

  private static RequestFields fields(PlatformRequest message) {
    try {
      return RequestScan.scan(Operation.SALE, message.body());
    } catch (Malformed e) {
      throw new IllegalStateException(Arrays.toString(message.body()), e);
    }
  }
}
