package io.payonce.ledger;

import io.payonce.model.Event;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import io.payonce.rule.History;
import io.payonce.rule.Stage;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;

/** The words in which tests talk about ledgers. */
abstract class LedgerWords {
  /** Longer than any test. */
  static final long LEASE = 3_600_000;

  static final long KEEP = 86_400_000;
  static final String BODY = "{\"orderAmount\":100}";
  static final Reply ANSWER = Reply.json(bytes("{\"code\":\"0\"}"));

  private static final AtomicInteger MERCHANTS = new AtomicInteger();

  /** Leases outlast the test. */
  Ledger ledger;

  /** The same ledger seen by a pod whose leases are over as soon as they are given. */
  Ledger expired;

  /** A pod's view of the one ledger of this test class. */
  abstract Ledger ledger(LedgerSettings settings);

  /** Lets time pass until {@code condition} holds. */
  abstract void eventually(BooleanSupplier condition);

  @BeforeEach
  void ledgers() {
    ledger = ledger(settings(LEASE, KEEP, KEEP, true));
    expired = ledger(settings(-1, KEEP, KEEP, true));
  }

  static LedgerSettings settings(long lease, long retention, long tombstone, boolean onePayment) {
    return new LedgerSettings(
        lease, retention, tombstone, onePayment, 0, Duration.ofMillis(100), 2000);
  }

  static <T> T await(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(20, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** A payment of a merchant that nobody else has. */
  static PaymentId fresh() {
    return new PaymentId("merchant" + MERCHANTS.incrementAndGet(), "request");
  }

  static NewPayment sale(PaymentId id, String order) {
    return payment(id, Operation.SALE, order, BODY);
  }

  static NewPayment payment(PaymentId id, Operation operation, String order, String body) {
    return new NewPayment(
        id, operation, order, bytes(body), bytes(body), 20_000, operation + "-" + body.hashCode());
  }

  static Begin.Begun begun(Ledger ledger, NewPayment payment) {
    return (Begin.Begun) await(ledger.begin(payment));
  }

  static Settlement paid(String transactionId) {
    return new Settlement(
        Outcome.PAID, ANSWER, History.FIRST, transactionId, "platform-id", true, "paid");
  }

  static Settlement unpaid() {
    return new Settlement(
        Outcome.UNPAID, ANSWER, History.FIRST, null, "platform-id", false, "unpaid");
  }

  static Settlement refused() {
    return new Settlement(
        Outcome.REFUSED, ANSWER, History.FIRST, null, "platform-id", false, "refused");
  }

  static Settlement released() {
    return new Settlement(
        Outcome.RELEASED, ANSWER, History.FIRST, null, "platform-id", false, "busy");
  }

  static Deferral deferral(String stage, long pauseMillis) {
    return new Deferral(Stage.read(stage, "1.1.1."), pauseMillis, null, 1, "deferred");
  }

  /** A payment's timeline without its times. */
  static List<String> events(Payment payment) {
    return payment
        .timeline()
        .lines()
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .map(line -> Event.isEncoded(line) ? Event.decode(line).flat() : line)
        .toList();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
