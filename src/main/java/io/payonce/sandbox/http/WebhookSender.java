package io.payonce.sandbox.http;

import io.payonce.sandbox.bank.EndedTransaction;
import io.payonce.sandbox.bank.RecentLog;
import io.payonce.sandbox.bank.SimAnswer;
import io.payonce.sandbox.request.Json;
import io.payonce.sandbox.request.SandboxSettings;
import io.payonce.sandbox.script.SimStatus;
import io.payonce.sandbox.script.WebhookFault;
import io.payonce.sandbox.script.WebhookStep;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Reports each transaction's end to its notifyUrl, as the script and the settings say: repeated
 * until answered with exactly HTTP 200 or given up. The pauses between repeats are our assumption,
 * the platform documents none. Used on one event loop only; the log may be read from any thread.
 */
final class WebhookSender {

  /** A second notification of the order that has not come by then does not come any more. */
  private static final long REORDER_MILLIS = 10_000;

  private static final long STALE_MILLIS = 3_600_000;

  /** About 30 MB when full. */
  private static final int MAX_LOG = 50_000;

  private final Vertx vertx;
  private final LongSupplier clock;
  private final Supplier<SandboxSettings> settings;
  private final FaultScripts scripts;
  private final WebhookWire wire;
  private final RecentLog<SentWebhook> log = new RecentLog<>(MAX_LOG);
  private final Map<String, Future<Void>> early = new HashMap<>();
  private final Map<String, List<Promise<Void>>> heldBack = new HashMap<>();
  private long number;
  private int era;

  WebhookSender(
      Vertx vertx,
      LongSupplier clock,
      Supplier<SandboxSettings> settings,
      FaultScripts scripts,
      WebhookWire wire) {
    this.vertx = vertx;
    this.clock = clock;
    this.settings = settings;
    this.scripts = scripts;
    this.wire = wire;
  }

  List<SentWebhook> log() {
    return log.all();
  }

  /** Nothing that was begun goes on. */
  void reset() {
    era++;
    number = 0;
    log.clear();
    early.clear();
    heldBack.clear();
  }

  void report(EndedTransaction ended) {
    WebhookStep step = scripts.webhookStep(ended);
    if (step.is(WebhookFault.LOST)) {
      note(ended, step, 0, null, "lost");
      return;
    }
    Notice notice = new Notice(ended, step, era);
    if (step.is(WebhookFault.EARLY)) {
      notice.deliver();
      early.put(ended.transactionId(), notice.delivered());
      notice.delivered().onComplete(x -> early.remove(ended.transactionId()));
    } else {
      pause(step.lateMillis() + settings.get().webhooks().delayMillis())
          .compose(late -> turn(ended, step))
          .compose(free -> notice.deliver())
          .onComplete(reported -> free(ended));
    }
  }

  /** Completes when what must arrive before this transaction's answer has arrived. */
  Future<Void> beforeAnswer(String transactionId) {
    Future<Void> delivered = early.isEmpty() ? null : early.remove(transactionId);
    return delivered == null ? Future.succeededFuture() : delivered;
  }

  /** A reordered one waits until another of its order was reported. */
  private Future<Void> turn(EndedTransaction ended, WebhookStep step) {
    String order = ended.call().merchantId() + '/' + ended.order();
    if (!step.is(WebhookFault.REORDERED) || heldBack.containsKey(order)) {
      return Future.succeededFuture();
    }
    Promise<Void> turn = Promise.promise();
    heldBack.computeIfAbsent(order, any -> new ArrayList<>()).add(turn);
    vertx.setTimer(REORDER_MILLIS, rang -> turn.tryComplete());
    return turn.future();
  }

  private void free(EndedTransaction reported) {
    List<Promise<Void>> waiting =
        heldBack.remove(reported.call().merchantId() + '/' + reported.order());
    if (waiting != null) {
      waiting.forEach(Promise::tryComplete);
    }
  }

  private Future<Void> pause(long millis) {
    return millis == 0 ? Future.succeededFuture() : vertx.timer(millis).mapEmpty();
  }

  private void note(
      EndedTransaction ended, WebhookStep step, int attempt, String requestId, String answer) {
    log.add(new SentWebhook(
        ++number,
        clock.getAsLong(),
        ended.call().merchantId(),
        ended.order(),
        ended.call().requestId(),
        ended.transactionId(),
        ended.status().name(),
        attempt,
        requestId,
        ended.notifyUrl(),
        step.words(),
        answer));
  }

  /** One end of one transaction on its way. */
  private final class Notice {
    private final EndedTransaction ended;
    private final WebhookStep step;
    private final int bornIn;
    private final byte[] body;
    private final Promise<Void> delivered = Promise.promise();

    private Notice(EndedTransaction ended, WebhookStep step, int era) {
      this.ended = ended;
      this.step = step;
      this.bornIn = era;
      this.body = body();
    }

    private byte[] body() {
      if (step.is(WebhookFault.GARBAGE)) {
        return "<html><body>Bad day</body></html>".getBytes(StandardCharsets.UTF_8);
      }
      return Json.bytes(
          step.is(WebhookFault.WRONG_ORDER) ? SimAnswer.ofAnother(ended.shown()) : ended.shown());
    }

    /** Completes with the first attempt, whatever came of it. */
    private Future<Void> delivered() {
      return delivered.future();
    }

    /** Completes when it was acknowledged or given up; never fails. */
    private Future<Void> deliver() {
      if (!wire.mayGoTo(ended.notifyUrl())) {
        note(ended, step, 0, null, "not sent: only loopback addresses are notified");
        delivered.complete();
        return Future.succeededFuture();
      }
      Future<Void> forged = step.is(WebhookFault.FORGED) ? forge() : Future.<Void>succeededFuture();
      return forged.compose(delivered -> step.is(WebhookFault.TWICE)
          ? Future.join(attempt(1, newId()), attempt(1, newId())).mapEmpty()
          : attempt(1, newId()));
    }

    private Future<Void> attempt(int attempt, String requestId) {
      return send(body, settings.get().webhooks().secret(), requestId).compose(answer -> {
        delivered.tryComplete();
        if (bornIn != era) {
          return Future.succeededFuture();
        }
        note(ended, step, attempt, requestId, answer);
        SandboxSettings current = settings.get();
        if (answer.equals("200") || attempt >= current.webhooks().attempts()) {
          return Future.succeededFuture();
        }
        return pause(current.webhooks().retryMillis() << attempt - 1)
            .compose(rested -> bornIn == era
                ? attempt(attempt + 1, current.webhooks().newIds() ? newId() : requestId)
                : Future.succeededFuture());
      });
    }

    private Future<Void> forge() {
      SimStatus opposite = ended.status() == SimStatus.S ? SimStatus.F : SimStatus.S;
      byte[] lie = Json.bytes(ended.shown().deepCopy().put("transactionStatus", opposite.name()));
      String requestId = newId();
      return send(lie, "not-" + settings.get().webhooks().secret(), requestId).map(answer -> {
        note(ended, step, 0, requestId, answer);
        return null;
      });
    }

    private Future<String> send(byte[] message, String secret, String requestId) {
      SandboxSettings current = settings.get();
      long age = step.is(WebhookFault.STALE) ? STALE_MILLIS : 0;
      String signature = step.is(WebhookFault.UNSIGNED)
          ? null
          : WebhookSignature.of(message, secret, current.webhooks().signature());
      long timestamp = clock.getAsLong() + current.pace().clockOffsetMillis() - age;
      return wire.post(ended.notifyUrl(), message, requestId, timestamp, signature);
    }

    private static String newId() {
      return UUID.randomUUID().toString();
    }
  }
}
